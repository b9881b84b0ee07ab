"""Splitting a formula as it is stored in the file into tokens. Never fails."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ..addresses import Area, BadReference


class Kind(Enum):
    """What a token is; `OTHER` is a character that no formula holds outside of quotes."""

    TEXT = "text"
    EXTERNAL = "external"
    SHEET = "sheet"
    ERROR = "error"
    TABLE = "table"
    BRACKET = "bracket"
    ARRAY = "array"
    FUNCTION = "function"
    COLUMNS = "columns"
    ROWS = "rows"
    NUMBER = "number"
    CELL = "cell"
    NAME = "name"
    OPERATOR = "operator"
    SPACE = "space"
    OTHER = "other"


REFERENCES = frozenset({Kind.CELL, Kind.NAME, Kind.TABLE, Kind.COLUMNS, Kind.ROWS})
"""What may stand for cells; a blank between two of them is Excel's intersection."""


@dataclass(frozen=True)
class Token:
    """A piece of a formula; the texts of all tokens put together are the formula."""

    kind: Kind
    text: str


# Brackets nest once in a table reference; an apostrophe quotes the character behind it.
_BRACKET = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
_WORD = r"[^\W\d][\w.]*"

# Order matters: what comes first wins, for example A1 is a cell and not a name.
_TOKEN = re.compile(
    rf"""
      (?P<text>"(?:[^"]|"")*")
    | (?P<external>'?\[\d+\])
    | (?P<sheet>(?:'(?:[^']|'')+'|{_WORD})!)
    | (?P<error>\#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!))
    | (?P<table>{_WORD}{_BRACKET})
    | (?P<bracket>{_BRACKET})
    | (?P<array>\{{(?:"(?:[^"]|"")*"|[^{{}}"])*\}})
    | (?P<function>{_WORD}(?=\())
    | (?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}(?![\w.(\[!]))
    | (?P<rows>\$?\d+:\$?\d+(?![\w.]))
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\w))
    | (?P<cell>\$?[A-Za-z]{{1,3}}\$?\d{{1,7}}(?![\w.(]))
    | (?P<name>(?:[^\W\d]|\\)[\w.?\\]*)
    | (?P<operator><>|<=|>=|[-+*/^&=<>%:,;()@\#])
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=4096)
def tokens(formula: str) -> tuple[Token, ...]:
    """Split a formula, without its leading equals sign, into tokens."""
    return tuple(_token(match) for match in _TOKEN.finditer(formula))


def _token(match: re.Match[str]) -> Token:
    token = Token(Kind(match.lastgroup), match[0])
    # XFE1 is one column outside of the sheet, and so a name.
    outside = token.kind is Kind.CELL and not _inside_sheet(token.text)
    return Token(Kind.NAME, token.text) if outside else token


def _inside_sheet(text: str) -> bool:
    try:
        Area.parse(text)
    except BadReference:
        return False
    return True


def names_cells_only(formula: str) -> bool:
    """Tell whether a formula has neither table references nor array constants.

    Excel admits neither in validations and conditional formats.
    """
    forbidden = {Kind.TABLE, Kind.BRACKET, Kind.ARRAY}
    return not any(token.kind in forbidden for token in tokens(formula))
