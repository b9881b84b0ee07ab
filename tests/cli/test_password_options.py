"""Passwords as they are given to a command: typed in secret or in a file, and never shown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from tests.app.command import xladdin
from xladdin.cli import password_options
from xladdin.cli.password_options import opens_files, seals_files
from xladdin.ooxml import passwords
from xladdin.ooxml.sealing import UNSEALED, Sealing

WORD = "口令 Aa-123456"


class Keyboard:
    """Somebody who types one password after the other; a terminal of theirs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
        self.words, self.asked = iter(words), list[str]()
        monkeypatch.setattr("sys.stdin", self)
        monkeypatch.setattr(password_options.getpass, "getpass", self.answer)

    def isatty(self) -> bool:
        return True

    def answer(self, question: str) -> str:
        self.asked.append(question)
        word = next(self.words, None)
        if word is None:
            raise EOFError
        return word


def given(options: dict[str, Any], *, sealing: bool = False) -> tuple[tuple[str, ...], str]:
    """What a command may try on files, and what it writes them with."""

    @opens_files
    def reading() -> tuple[tuple[str, ...], str]:
        return passwords.known(), ""

    @seals_files
    def writing(sealing: Sealing = UNSEALED) -> tuple[tuple[str, ...], str]:
        return passwords.known(), sealing.password

    command = writing if sealing else reading
    found: tuple[tuple[str, ...], str] = command(
        **{"password": 0, "password_file": None, **options}
    )
    assert passwords.known() == ()
    return found


def secret(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "密码.txt"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_none_is_asked_for_unless_told() -> None:
    assert given({}) == ((), "")
    assert given({}, sealing=True) == ((), "")


def test_one_that_is_to_be_set_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    keyboard = Keyboard(monkeypatch, WORD, WORD)
    assert given({"password": 1}, sealing=True) == ((WORD,), WORD)
    assert keyboard.asked == ["密码：", "再输入一遍："]
    keyboard = Keyboard(monkeypatch, WORD, WORD, "another-one")
    assert given({"password": 2}, sealing=True) == ((WORD, "another-one"), WORD)
    assert keyboard.asked == ["密码（第1个）：", "再输入一遍：", "密码（第2个）："]
    keyboard = Keyboard(monkeypatch, "another-one", WORD)
    assert given({"password": 2}) == (("another-one", WORD), "")
    assert keyboard.asked == ["密码（第1个）：", "密码（第2个）："]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\nnote\n"])
def test_one_in_a_file_stands_on_its_first_line(end: bytes, tmp_path: Path) -> None:
    path = secret(tmp_path, b"\xef\xbb\xbf" + WORD.encode() + end)
    assert given({"password_file": [path]}, sealing=True) == ((WORD,), WORD)
    assert given({"password_file": [path]}) == ((WORD,), "")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([WORD, WORD.lower()], "两次输入的密码不一样，什么也没有写"),
        ([""], "密码是空的"),
        (["a" * 256], "密码太长，Excel 最多255个字符"),
        (["😀" * 128], "密码太长，Excel 最多255个字符"),
        (["a\tb-123456"], "密码里有看不见的或不能用的字符"),
        (["a\udcffb-123456"], "密码里有看不见的或不能用的字符"),
        ([], "没有输入密码"),
    ],
)
def test_what_is_no_password_is_wrong_usage(
    typed: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Keyboard(monkeypatch, *typed)
    done = xladdin("feedback", "a.xlsx", "--period", "2026-10", "--out", "b", "--password")
    assert (done.code, f"--password：{told}" in done.err) == (2, True), done.err
    assert not any(word in done.out + done.err for word in typed if word)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "密码是空的"), (b"\xff\xfe\x41", "应为 UTF-8"), (b"\n" + WORD.encode(), "在第一行")],
)
def test_what_is_no_file_of_a_password_is_wrong_usage(
    content: bytes, told: str, tmp_path: Path
) -> None:
    done = xladdin("check", "a.xlsx", "--password-file", secret(tmp_path, content))
    assert (done.code, told in done.err) == (2, True), done.err
    done = xladdin("check", "a.xlsx", "--password-file", tmp_path)
    assert (done.code, "密码文件读不了" in done.err) == (2, True), done.err


def test_who_has_no_terminal_is_told_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (io.StringIO(WORD), None):
        monkeypatch.setattr("sys.stdin", stream)
        done = xladdin("check", "a.xlsx", "--password")
        assert (done.code, "请改用 --password-file" in done.err) == (2, True)


def test_more_than_are_tried_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    Keyboard(monkeypatch, *(f"word-{number}-xxx" for number in range(6)))
    done = xladdin("check", "a.xlsx", *["--password"] * 6)
    assert (done.code, "最多给出5个密码" in done.err) == (2, True)


def test_what_is_risky_is_told_and_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Keyboard(monkeypatch, "1234567", "1234567")
    assert given({"password": 1}, sealing=True)[1] == "1234567"
    told = capsys.readouterr().err
    assert "忘记了谁也打不开" in told
    assert "密码少于8个字符" in told
    assert given({"password_file": [secret(tmp_path, WORD.encode(), 0o644)]})[0] == (WORD,)
    told = capsys.readouterr().err
    assert "别人也能读这个密码文件" in told
    assert "忘记了" not in told
    assert WORD not in told
