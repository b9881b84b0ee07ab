"""Encrypted workbooks, sound and odd, made for the tests."""

from __future__ import annotations

import functools
import hashlib
import io
import random
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from msoffcrypto.method.ecma376_standard import ECMA376Standard

from tests.hostile.makers import HEAD, book, row, sheet, text

WORD = "口令 Aa-123456"
PERSON = {"A2": "1001", "B2": "甲", "C2": "客服部", "D2": "网销客服"}
PEOPLE = row(2, *(text(at, said) for at, said in PERSON.items()))
BOOK = book(sheet(HEAD + PEOPLE), {"xl/media/noise.bin": random.Random(0).randbytes(5000)})


@functools.cache
def agile(content: bytes = BOOK, password: str = WORD, rounds: int = 1000) -> bytes:
    """Encrypted as we do it, but quickly."""
    return bytes(ECMA376Agile.encrypt(password, io.BytesIO(content), spin_count=rounds))


def with_rounds(rounds: int) -> bytes:
    """One that says of itself that a password is to be hashed so often."""
    return described(b'spinCount="1000"', f'spinCount="{rounds}"'.encode())


def described(old: bytes, new: bytes) -> bytes:
    """The description of how it is encrypted, changed."""
    info, package = streams(agile())
    assert old in info
    return container(info.replace(old, new), package)


def container(info: bytes, package: bytes) -> bytes:
    made = io.BytesIO()
    ECMA376Encrypted(package, info).write_to(made)
    return made.getvalue()


def streams(data: bytes) -> tuple[bytes, bytes]:
    """How it is encrypted, and what."""
    ole = OOXMLFile(io.BytesIO(data)).file
    return ole.openstream("EncryptionInfo").read(), ole.openstream("EncryptedPackage").read()


def standard(content: bytes = BOOK, password: str = WORD) -> bytes:
    """Encrypted as Excel 2007 did it: AES-128 by blocks, SHA-1 50,000 times."""
    salt, verifier = bytes(range(16)), bytes(range(100, 116))
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 0x18, 128, 16, salt)

    def aes(data: bytes) -> bytes:
        whole = data + bytes(-len(data) % 16)
        made = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - as the format wants
        return bytes(made.update(whole) + made.finalize())

    name = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + name
    checked = hashlib.sha1(verifier, usedforsecurity=False).digest()
    told = struct.pack("<I", 16) + salt + aes(verifier) + struct.pack("<I", 20) + aes(checked)
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header + told
    return container(info, struct.pack("<Q", len(content)) + aes(content))


def mutated(seed: int) -> bytes:
    """A sound one with some bytes changed, cut off or doubled."""
    chance = random.Random(seed)
    data = bytearray(agile())
    match seed % 4:
        case 0:  # the tables of the container
            for _ in range(6):
                data[chance.randrange(8, 1536)] = chance.choice((0, 1, 0x7F, 0xFE, 0xFF))
        case 1:
            del data[chance.randrange(600, len(data)) :]
        case 2:
            for _ in range(30):
                data[chance.randrange(512, len(data))] = chance.randrange(256)
        case _:
            begin = data.index(b"<?xml")
            for _ in range(8):
                data[chance.randrange(begin, begin + 1200)] = chance.choice(b'0 9"<>&/=a\xff')
    return bytes(data)
