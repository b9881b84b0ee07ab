"""Who signed a file of Windows, and whether it is still what was signed.

Microsoft's "Windows Authenticode Portable Executable Signature Format": a program ends with a PKCS #7
message over its digest, which leaves out its checksum, the entry that tells where the message is, and
the message.  A catalogue is such a message over a list of other files' digests.

The chain of certificates has to end at one that the caller trusts.  When they were valid is not asked:
that would need a clock's word, and the files that count are pinned by their hashes beside this.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
"""What counts; SHA-1 and MD5 do not."""
CHECKSUM, ENTRY = 64, 4 * 8
"""Where they are in the optional header, and the entry's place among the directories."""
DIRECTORIES = {0x10B: 96, 0x20B: 112}
"""Where directories begin, by the kind of optional header: 32 and 64 bit."""
PKCS7 = 2
LONGEST_CHAIN = 6


class SignatureFault(Exception):
    """A file is not signed, or not as it should be."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a sound signature says: who signed, who issued the last certificate, and the message."""

    organisation: str
    root: str
    """SHA-256 of the certificate at which the chain ends."""
    content: bytes


def signed_program(data: bytes, roots: Sequence[str]) -> Signed:
    """Of an exe, dll or pyd.  Raises SignatureFault."""
    try:
        checksum, entry, start, end = _places(data)
    except (struct.error, IndexError, KeyError) as error:
        raise SignatureFault("no program of Windows") from error
    if not start:
        raise SignatureFault("not signed")
    length, _, kind = struct.unpack_from("<IHH", data, start)
    # What stands behind the message is signed by nobody.
    if kind != PKCS7 or start + length > end or end != len(data):
        raise SignatureFault("no message at its end")
    found = signed_message(data[start + 8 : start + length], roots)
    parts = (data[:checksum], data[checksum + 4 : entry], data[entry + 8 : start])
    if not any(_digest(name, parts) in found.content for name in HASHES):
        raise SignatureFault("changed since it was signed")
    return found


def _places(data: bytes) -> tuple[int, int, int, int]:
    """Of the checksum, the entry, the message and its end."""
    if data[:2] != b"MZ":
        raise IndexError
    (header,) = struct.unpack_from("<I", data, 0x3C)
    if data[header : header + 4] != b"PE\0\0":
        raise IndexError
    optional = header + 24
    (magic,) = struct.unpack_from("<H", data, optional)
    entry = optional + DIRECTORIES[magic] + ENTRY
    start, size = struct.unpack_from("<II", data, entry)
    return optional + CHECKSUM, entry, start, start + size


def _digest(name: str, parts: Sequence[bytes]) -> bytes:
    found = hashlib.new(name)
    for part in parts:
        found.update(part)
    return found.digest()


def signed_message(message: bytes, roots: Sequence[str]) -> Signed:
    """Of a catalogue, or of what a program ends with.  Raises SignatureFault."""
    try:
        info = cms.ContentInfo.load(message)
        data = info["content"]
        (signer,) = data["signer_infos"]
        content = data["encap_content_info"]["content"].parsed.contents
        certificates = [
            x509.load_der_x509_certificate(each.chosen.dump()) for each in data["certificates"]
        ]
        serial = signer["sid"].chosen["serial_number"].native
        own = next(each for each in certificates if each.serial_number == serial)
        _check(signer, own, content)
        root = _root(own, certificates, roots)
    except SignatureFault:
        raise
    # The parsers raise whatever they stumble over.
    except Exception as error:
        raise SignatureFault(f"a message that cannot be read: {type(error).__name__}") from error
    return Signed(_organisation(own), root, content)


def _check(signer: cms.SignerInfo, own: x509.Certificate, content: bytes) -> None:
    """That the message is over this content, and was made by the certificate's owner."""
    name = signer["digest_algorithm"]["algorithm"].native
    if name not in HASHES:
        raise SignatureFault(f"signed with {name}")
    attributes = {each["type"].native: each["values"] for each in signer["signed_attrs"]}
    if attributes["message_digest"][0].native != hashlib.new(name, content).digest():
        raise SignatureFault("changed since it was signed")
    usage = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if ExtendedKeyUsageOID.CODE_SIGNING not in usage:
        raise SignatureFault("a certificate that is not for programs")
    key = own.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise SignatureFault("an unknown kind of key")
    try:
        # As a set of its own: in the message it has the tag of a field.
        signed = signer["signed_attrs"].untag().dump(force=True)
        key.verify(signer["signature"].native, signed, padding.PKCS1v15(), HASHES[name])
    except InvalidSignature as error:
        raise SignatureFault("signed with another key") from error


def _root(
    own: x509.Certificate, certificates: Sequence[x509.Certificate], roots: Sequence[str]
) -> str:
    """The trusted certificate at which the chain ends."""
    found = own
    for _ in range(LONGEST_CHAIN):
        print_ = found.fingerprint(hashes.SHA256()).hex()
        if print_ in roots:
            return print_
        issuer = next((each for each in certificates if _issued(each, found)), None)
        if issuer is None:
            break
        found = issuer
    raise SignatureFault(f"a chain that ends at {found.issuer.rfc4514_string()}")


def _issued(issuer: x509.Certificate, issued: x509.Certificate) -> bool:
    if issuer.subject != issued.issuer or issuer == issued:
        return False
    try:
        issued.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    basic = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    return basic.ca


def _organisation(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(names[0].value) if names else ""
