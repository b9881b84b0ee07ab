"""What the engine takes for a text, an id, or nothing: the quick look and the careful one say the same."""

from __future__ import annotations

import re
from functools import cache

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.analysis.record_intake.staging import MISSING, key_of, text_of

BLANKS = " \t\r\n\u00a0\u3000\ufeff"
PIECES = st.sampled_from(
    [
        *MISSING,
        *BLANKS,
        "=",
        '"',
        "'",
        ".0",
        "0",
        "10",
        "工单",
        "~",
        "{",
        "z",
        "A-7",
        "：",
        "'0",
        "😀",
    ]
)
TEXTS = st.lists(PIECES, max_size=4).map("".join) | st.text(max_size=6)


@cache
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def read(expression: str, text: str) -> str | None:
    found = connection().execute(f"SELECT {expression} FROM (SELECT $1 AS c)", [text])  # noqa: S608
    row = found.fetchone()
    assert row is not None
    return None if row[0] is None else str(row[0])


def said(text: str) -> str | None:
    bare = text.strip(BLANKS)
    return None if not bare or bare in MISSING else bare


def id_said(text: str) -> str | None:
    if not text.startswith(("=", "'")) and not text.endswith(".0"):
        return said(text)
    inner = re.sub(r'^="([^\n]*)"$', r"\1", text) if not text.endswith("\n") else text
    return re.sub(r"^'|\.0\Z", "", inner) or None


@settings(max_examples=300, deadline=None)
@given(TEXTS.filter(lambda text: "\0" not in text))
def test_a_text_is_what_is_left_without_blanks_and_marks_of_what_is_missing(text: str) -> None:
    assert read(text_of("c"), text) == said(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS.filter(lambda text: "\0" not in text))
def test_an_id_is_the_same_however_a_spreadsheet_wrote_it(text: str) -> None:
    assert read(key_of("c"), text) == id_said(text)
