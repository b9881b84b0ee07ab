"""Workbooks that open with a password: read with the right one, a reason for everything else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.intake.test_legacy import XLS
from tests.workbench.office import Office
from xladdin.ooxml import decrypting, passwords
from xladdin.ooxml.decrypting import MOST_ROUNDS, decrypted
from xladdin.ooxml.opening import OLE, open_file
from xladdin.ooxml.refused import RefusedError, TooLargeError

from .sealed import BOOK, WORD, agile, described, mutated, standard, with_rounds

KNOWN = {"file_corrupt", "file_too_large", "file_password_wrong", "file_password_odd"}


def code(data: bytes, *words: str) -> str:
    with pytest.raises(RefusedError) as found:
        decrypted(data, words or (WORD,))
    assert WORD not in found.value.message
    return found.value.code


@pytest.mark.parametrize("data", [agile(), standard()], ids=["agile", "standard"])
def test_the_right_one_of_several_opens_it(data: bytes) -> None:
    found = decrypted(data, ("falsch", WORD, "another"))
    assert (found.content, found.password) == (BOOK, WORD)
    assert WORD not in repr(found)
    assert code(data, "falsch") == "file_password_wrong"


def test_how_many_are_tried_is_told() -> None:
    words = tuple(f"falsch{number}" for number in range(passwords.MOST))
    with pytest.raises(RefusedError, match="给出的6个密码都打不开它（只试了前5个）"):
        decrypted(agile(), (*words, WORD))


@pytest.mark.parametrize("rounds", [MOST_ROUNDS + 1, 10_000_000, 10_000_001, 2**40, -1])
def test_absurd_rounds_are_refused_before_anything_is_worked_out(rounds: int) -> None:
    assert code(with_rounds(rounds)) == "file_password_odd"


def test_what_an_office_program_writes_is_read(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(agile())
    with office.open(path, WORD) as document:
        document.set("名册", "B3", "乙")
        document.save()
    with passwords.tried([WORD]):
        file = open_file(path)
    assert (file.problems, file.password) == ((), WORD)
    assert file.on_disk == path.read_bytes() != agile()
    assert "乙" in file.archive.within(10**6).read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (agile()[:3000], {"file_corrupt"}),
        (OLE + bytes(3000), {"file_corrupt"}),
        (XLS, {"file_corrupt"}),
        (described(b'hashAlgorithm="SHA512"', b'hashAlgorithm="SHA999"'), {"file_corrupt"}),
        (described(b'keyBits="256"', b'keyBits="-81"'), {"file_corrupt", "file_password_wrong"}),
        (described(b"\x04\x00\x04\x00@", b"\x04\x00\x03\x00@"), {"file_password_odd"}),
        (described(b"<?xml", b"<!DOCTYPE a><a>"), {"file_corrupt"}),
    ],
    ids=["cut off", "nothing", "an old workbook", "no hash", "no key", "another kind", "no xml"],
)
def test_what_cannot_be_read_says_why(data: bytes, told: set[str]) -> None:
    assert code(data) in told


def test_a_changed_byte_of_the_content_is_noticed() -> None:
    data = bytearray(agile())
    data[-600] ^= 1
    assert code(bytes(data)) == "file_corrupt"


@pytest.mark.parametrize("seed", range(12))
def test_a_mutated_file_is_read_or_named(seed: int) -> None:
    assert outcome(mutated(seed)) in {*KNOWN, "read"}


def outcome(data: bytes) -> str:
    try:
        found = decrypted(data, (WORD,))
    except RefusedError as error:
        return error.code
    return "read" if found.content == BOOK else "read as something else"


def test_a_process_that_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: subprocess.CompletedProcess[bytes] = subprocess.CompletedProcess([], -9, b"", b"")
    monkeypatch.setattr(decrypting, "run_limited", lambda *_, **__: killed)
    with pytest.raises(TooLargeError):
        decrypted(agile(rounds=1001), (WORD,))


def test_a_password_is_no_argument_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    run = subprocess.run

    def watched(command: list[str], **options: object) -> object:
        seen.extend([*command, str(options.get("env"))])
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watched)
    assert decrypted(agile(rounds=1002), (WORD,)).content == BOOK
    assert seen
    assert not any(WORD in each for each in seen)
