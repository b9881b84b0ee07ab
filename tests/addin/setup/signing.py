"""Programs and catalogues that are signed as Windows' are, by authorities of the tests' own."""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from dataclasses import dataclass
from functools import cache

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

BEGAN, ENDED = dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1)
HEADER, ENTRY = 64, 64 + 24 + 112 + 32


@dataclass(frozen=True)
class Authority:
    """Somebody who issues certificates, or has been issued one."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def print(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


@cache
def authority(name: str = "Test CA", organisation: str = "Authority") -> Authority:
    return _issued(name, organisation, None, is_authority=True)


@cache
def signer(organisation: str, *, for_programs: bool = True) -> Authority:
    return _issued(organisation, organisation, authority(), for_programs=for_programs)


def _issued(
    name: str,
    organisation: str,
    by: Authority | None,
    *,
    is_authority: bool = False,
    for_programs: bool = True,
) -> Authority:
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    usage = ExtendedKeyUsageOID.CODE_SIGNING if for_programs else ExtendedKeyUsageOID.SERVER_AUTH
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGAN)
        .not_valid_after(ENDED)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    )
    return Authority(made.sign(by.key if by else key, hashes.SHA256()), key)


def program(body: bytes = b"body", by: Authority | None = None) -> bytes:
    """A 64-bit program: as much of one as says where its signature is."""
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", HEADER) + b"PE\0\0".ljust(24, b"\0")
    head += struct.pack("<H", 0x20B).ljust(112 + 16 * 8, b"\0")
    if by is None:
        return head + body
    digest = hashlib.sha256(head[: 64 + 24 + 64] + head[64 + 24 + 68 : ENTRY])
    digest.update(head[ENTRY + 8 :] + body)
    signed = message(digest.digest(), by)
    entry = struct.pack("<IHH", len(signed) + 8, 0x200, 2) + signed
    start = len(head) + len(body)
    head = head[:ENTRY] + struct.pack("<II", start, len(entry)) + head[ENTRY + 8 :]
    return head + body + entry


def message(content: bytes, by: Authority) -> bytes:
    """A PKCS #7 message over a content: a catalogue is nothing else."""
    told = core.OctetString(content)
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["1.3.6.1.4.1.311.2.1.4"]},
            {"type": "message_digest", "values": [hashlib.sha256(told.contents).digest()]},
        ]
    )
    signature = by.key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
    der = [each.certificate.public_bytes(serialization.Encoding.DER) for each in (by, authority())]
    own, issuer = map(asn1_x509.Certificate.load, der)
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {"issuer": own.issuer, "serial_number": own.serial_number},
            ),
            "digest_algorithm": sha256,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
            "signature": signature,
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {
                "content_type": "1.3.6.1.4.1.311.2.1.4",
                "content": core.OctetString(content, explicit=0),
            },
            "certificates": [own, issuer],
            "signer_infos": [info],
        }
    )
    found: bytes = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()
    return found
