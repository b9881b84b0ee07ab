"""What is written with a password: LibreOffice opens it with that and not without."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from tests.workbench.office import Office, OfficeError
from xladdin.ooxml import passwords
from xladdin.ooxml.opening import is_protected
from xladdin.ooxml.sealing import (
    SMALLEST,
    UNSEALED,
    Sealing,
    UnknownPasswordError,
    encrypted,
    plain,
)

from .sealed import BOOK, WORD, agile


def test_a_second_reader_opens_it_with_the_password_alone(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(encrypted(BOOK, WORD))
    with office.open(path, WORD) as document:
        assert document.get("名册", "B2") == "甲"
    for word in ("", WORD.lower()):
        with pytest.raises(OfficeError), office.open(path, word):
            pass


def test_how_it_is_encrypted() -> None:
    data = encrypted(BOOK, WORD)
    info = OOXMLFile(io.BytesIO(data)).file.openstream("EncryptionInfo").read().decode("latin-1")
    for said in ('cipherAlgorithm="AES"', 'keyBits="256"', 'hashAlgorithm="SHA512"'):
        assert info.count(said) == 2
    assert 'spinCount="100000"' in info
    assert BOOK[30:60] not in data
    assert encrypted(BOOK, WORD) != data


@pytest.mark.parametrize("size", [SMALLEST, 4097, 4607, 65_536, 6_994_944, 7_150_001])
def test_whatever_its_size_it_comes_back_whole(size: int) -> None:
    """Around the sizes at which the container gets further tables."""
    content = random.Random(size).randbytes(size)
    file = OOXMLFile(io.BytesIO(agile(content, rounds=1)))
    told = file.info
    names = ("passwordSalt", "passwordHashAlgorithm", "encryptedKeyValue")
    key = ECMA376Agile.makekey_from_password(
        WORD, *(told[name] for name in (*names, "spinValue", "passwordKeyBits"))
    )
    with file.file.openstream("EncryptedPackage") as stream:
        how = (told["keyDataSalt"], told["keyDataHashAlgorithm"])
        assert ECMA376Agile.decrypt(key, *how, stream) == content


def test_what_is_no_whole_workbook_is_refused() -> None:
    with pytest.raises(ValueError, match="4095"):
        encrypted(bytes(SMALLEST - 1), WORD)


def test_what_is_there_is_seen_through_a_known_password() -> None:
    assert plain(BOOK) == BOOK
    for words in ([], ["falsch"]):
        with passwords.tried(words), pytest.raises(UnknownPasswordError):
            plain(agile())
    with passwords.tried(["falsch", WORD]):
        assert plain(agile()) == BOOK


def test_whether_a_file_is_as_it_is_to_be() -> None:
    sealing = Sealing(WORD)
    with passwords.tried([WORD, "another-word"]):
        assert sealing.holds(agile(), BOOK)
        assert UNSEALED.holds(BOOK, BOOK)
        for there in (None, BOOK, agile(BOOK[:-1]), agile(BOOK, "another-word")):
            assert not sealing.holds(there, BOOK)
        assert not UNSEALED.holds(agile(), BOOK)
    assert not sealing.holds(agile(), BOOK)
    assert is_protected(sealing.sealed(BOOK))
    assert UNSEALED.sealed(BOOK) == BOOK
    assert [UNSEALED.loses(there) for there in (None, BOOK, agile())] == [False, False, True]
    assert not sealing.loses(agile())
