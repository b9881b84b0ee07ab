"""The settings file as VBA reads it, byte by byte."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.addin.windows import conf

PYTHON = r"C:\程序\python.exe"
OURS = f'"INTERPRETER_WIN","{PYTHON}"\r\n'.encode("cp936")
CONSOLE = b'"SHOW CONSOLE","True"\r\n'


def with_ours(content: bytes, python: str = PYTHON) -> bytes:
    return conf.with_interpreter(content, python, "cp936")


ITEM = re.compile(r'[ \t]*(?:"([^"]*)"?[^,\r\n]*|([^,\r\n]*))(?:,|\r\n|\n|\r|$)')


def vba(content: bytes, name: str) -> str | None:
    """As GetConfigFromFile of xlwings' VBA: value after value, two for a setting."""
    text = content.decode("cp936", "replace")
    items = [match[1] or match[2] or "" for match in ITEM.finditer(text)]
    found = (value for key, value in pairwise(items) if key.lower() == name.lower())
    return next(found, None)


def pairwise(items: list[str]) -> Iterator[tuple[str, str]]:
    return zip(items[::2], items[1::2], strict=False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", OURS),
        (OURS, OURS),
        (CONSOLE, OURS + CONSOLE),
        (CONSOLE.rstrip(), OURS + CONSOLE.rstrip()),
        (CONSOLE + b'"interpreter_win","C:\\old.exe"\r\n', OURS + CONSOLE),
        (b"INTERPRETER_WIN , C:\\old.exe\n" + CONSOLE, OURS + CONSOLE),
        (OURS + CONSOLE + OURS, OURS + CONSOLE),
        (b"\r\nnonsense\r\n" + CONSOLE, OURS + b"\r\nnonsense\r\n" + CONSOLE),
        (codecs.BOM_UTF8 + OURS.decode("cp936").encode() + CONSOLE, OURS + CONSOLE),
        (
            '﻿"TEMP DIR","D:\\临时"'.encode("utf-16-le"),
            OURS + '"TEMP DIR","D:\\临时"'.encode("cp936"),
        ),
        (codecs.BOM_UTF8 + '"A","é"'.encode(), OURS + '"A","é"'.encode("cp936")),
        (codecs.BOM_UTF8 + '"A","😀"'.encode(), OURS + '"A","😀"'.encode()),
        (codecs.BOM_UTF8 + b'"A","\xff"', OURS + b'"A","\xff"'),
        (OURS.decode("cp936").encode() + CONSOLE, OURS + CONSOLE),
    ],
)
def test_our_line_comes_first_and_others_are_kept(before: bytes, after: bytes) -> None:
    assert with_ours(before) == after
    assert with_ours(after) == after
    assert vba(after, "interpreter_win") == PYTHON == conf.interpreter(after, "cp936")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        CONSOLE,
        b"INTERPRETER_WIN",
        b'"INTERPRETER_WIN","a","b"',
        codecs.BOM_UTF8 + CONSOLE,
        '"A","é"'.encode(),
    ],
)
def test_a_file_without_our_line_stays_as_it_is(content: bytes) -> None:
    assert conf.without_interpreter(content, "cp936") == content
    assert conf.interpreter(content, "cp936") is None


def test_the_first_setting_of_the_name_counts() -> None:
    twice = b'"INTERPRETER_WIN","first"\r\n"INTERPRETER_WIN","second"\r\n'
    assert conf.interpreter(twice, "cp936") == vba(twice, "INTERPRETER_WIN") == "first"


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (b"", []),
        (CONSOLE + b"a,b\n" + b'"",""', []),
        (CONSOLE + b"\r\n" + CONSOLE, [2]),
        (b'one\r\n"a","b"\r\n"a","b","c"\r\n"a"b","c"', [1, 3, 4]),
    ],
)
def test_lines_that_are_not_two_values(content: bytes, numbers: list[int]) -> None:
    assert conf.broken_lines(content) == numbers


@pytest.mark.parametrize(
    ("text", "code_page", "letters"),
    [
        ("C:\\程序\\张三", "cp936", ""),
        ("C:\\程序\\程", "cp1252", "程序"),
        ("C:\\é", "cp1252", ""),
        ("C:\\😀", "cp936", "😀"),
        ("C:\\😀程", "cp65001", ""),
    ],
)
def test_letters_that_a_code_page_lacks(text: str, code_page: str, letters: str) -> None:
    assert conf.inexpressible(text, code_page) == letters


LINES = st.lists(
    st.sampled_from(
        [
            CONSOLE,
            b"\r\n",
            b"broken\n",
            b"a,b,c\r\n",
            b"PYTHONPATH,D:\\x\n",
            '"A","张,三"\n'.encode("cp936"),
        ]
    )
)


@given(LINES, st.binary(max_size=8))
def test_put_in_and_taken_out_leaves_every_byte(lines: list[bytes], tail: bytes) -> None:
    content = b"".join(lines) + tail
    if not conf.is_marked(content):
        after = with_ours(content)
        assert vba(after, "INTERPRETER_WIN") == PYTHON
        assert with_ours(after) == after
        assert conf.without_interpreter(after, "cp936") == content
