"""Rules of what formulas mention: sheets, tables, columns and names must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..package import unescape
from .book import Book
from .problem import Code
from .tokens import Kind, Token, tokens

PARAMETER = "_xlpm."

_COLUMN = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_QUOTED = re.compile(r"'(.)")
_CONSTANTS = frozenset({"true", "false"})


class Mentions:
    """The sheets, tables and names of a workbook, against which formulas are checked."""

    def __init__(self, book: Book) -> None:
        self.sheets = {name.lower() for name in book.sheet_names}
        self.names = {name.name.lower() for name in book.names}
        self.tables = {
            table.name.lower(): {unescape(column).lower() for column in table.columns}
            for table in book.tables
        }

    def check(self, formula: str) -> Iterator[tuple[Code, str]]:
        """Find references to things that the workbook does not have."""
        for token in tokens(formula):
            match token.kind:
                case Kind.SHEET if _sheet_name(token.text) not in self.sheets:
                    yield Code.FORMULA_SHEET, f"no sheet {token.text[:-1]}"
                case Kind.NAME if not self._is_known(token.text.lower()):
                    yield Code.FORMULA_NAME, f"no name {token.text}"
                case Kind.TABLE:
                    yield from self._table(token)

    def _is_known(self, name: str) -> bool:
        known = name in self.names or name in self.tables or name in _CONSTANTS
        return known or name.startswith(PARAMETER)

    def _table(self, token: Token) -> Iterator[tuple[Code, str]]:
        name, _, rest = token.text.partition("[")
        if name.lower() not in self.tables:
            yield Code.FORMULA_TABLE, f"no table {name}"
            return
        for column in _columns("[" + rest):
            if column.lower() not in self.tables[name.lower()]:
                yield Code.FORMULA_COLUMN, f"table {name} has no column {column}"


def _sheet_name(token: str) -> str:
    return token[:-1].removeprefix("'").removesuffix("'").replace("''", "'").lower()


def _columns(brackets: str) -> list[str]:
    """List the columns in `[a]` or `[[#This Row],[a]:[b]]`, their quoting undone."""
    items = [item for item in _COLUMN.findall(brackets) if item and not item.startswith("#")]
    return [unescape(_QUOTED.sub(r"\1", item)) for item in items]
