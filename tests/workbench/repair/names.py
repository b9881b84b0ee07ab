"""Rules of defined names, and of the spelling that tables share with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .book import Book, DefinedName
from .problem import Code, RepairProblem

MAX_NAME = 255

_LEGAL = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_LIKE_CELL = re.compile(r"[A-Z]{1,3}\d{1,7}|R\d*C\d*|[RC]\d*", re.IGNORECASE)


def check(book: Book) -> Iterator[RepairProblem]:
    """Find names that Excel rejects, and names outside ASCII, which not every engine reads."""
    for name in book.names:
        yield from _scope(name, len(book.sheet_names))
        if not name.built_in:
            yield from _spelling(name.name)
    yield from _duplicates(book)
    yield from _shared_with_tables(book)


def is_legal(name: str) -> bool:
    """Tell whether the characters and the length suit a defined name or a table."""
    return len(name) <= MAX_NAME and _LEGAL.fullmatch(name) is not None


def is_like_cell(name: str) -> bool:
    """Tell whether Excel would read the name as a cell, in A1 or R1C1 notation."""
    return _LIKE_CELL.fullmatch(name) is not None


def _spelling(name: str) -> Iterator[RepairProblem]:
    place = f"name {name}"
    if not is_legal(name):
        message = f"a name has letters, digits, _ . ? \\ and at most {MAX_NAME} of them"
        yield RepairProblem(Code.NAME_ILLEGAL, place, message)
    if is_like_cell(name):
        yield RepairProblem(Code.NAME_LIKE_CELL, place, "reads as a cell reference")
    if not name.isascii():
        yield RepairProblem(Code.NAME_NOT_ASCII, place, "only ASCII suits every engine")


def _scope(name: DefinedName, sheets: int) -> Iterator[RepairProblem]:
    if name.scope is not None and name.scope >= sheets:
        message = f"belongs to sheet number {name.scope}, which is absent"
        yield RepairProblem(Code.NAME_SCOPE, f"name {name.name}", message)


def _duplicates(book: Book) -> Iterator[RepairProblem]:
    counts = Counter((name.name.lower(), name.scope) for name in book.names)
    for (name, _), count in counts.items():
        if count > 1:
            message = f"defined {count} times in one scope"
            yield RepairProblem(Code.NAME_DUPLICATE, f"name {name}", message)


def _shared_with_tables(book: Book) -> Iterator[RepairProblem]:
    tables = {table.name.lower() for table in book.tables}
    for name in book.names:
        if name.name.lower() in tables:
            yield RepairProblem(Code.NAME_LIKE_TABLE, f"name {name.name}", "a table has this name")
