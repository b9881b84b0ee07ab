"""Questions about a row of the master workbook, as expressions in short."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xladdin.formula.nodes import (
    CellOf,
    Compare,
    Expr,
    FirstMatch,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Not,
    Range,
    Rel,
    Round,
    Same,
    Text,
    Var,
    add,
    one_of,
)
from xladdin.formula.questions import (
    NEVER,
    NOTHING,
    both,
    either,
    equal,
    none,
    related,
    some,
)
from xladdin.layout.tables.table import HEAD_ROW, NUMBER

__all__ = [
    "NEVER",
    "NOTHING",
    "both",
    "cell",
    "either",
    "equal",
    "figure",
    "filled",
    "first",
    "is_number",
    "key_of",
    "none",
    "related",
    "repeats",
    "same",
    "shown_number",
    "some",
    "text",
    "told",
    "with_row",
    "word",
]


def text(key: str) -> Var:
    """A column of the row, read as text."""
    return Var(key, text=True)


def filled(key: str) -> Expr:
    """Something stands in the row's cell."""
    return Not(IsEmpty(Var(key)))


def is_number(key: str) -> Expr:
    """A number stands in the cell."""
    return IsNumber(Var(key))


def word(key: str, *words: str) -> Expr:
    """One of the words stands in the row's cell."""
    return one_of(tuple(equal(text(key), Text(one)) for one in words))


def same(of: str, key: str) -> Same:
    """A row of another column that says what this row says in ``key``."""
    return Same(Range(of), text(key))


def first(of: str, *keys: str) -> Expr:
    """In which row of a column of texts these columns stand, joined; 0: in none."""
    sought = text(keys[0]) if len(keys) == 1 else Join(tuple(_barred(keys)))
    return FirstMatch(sought, Range(of))


def cell(of: str, place: str) -> Expr:
    """The text in a column's row."""
    return CellOf(Range(of), Var(place))


def figure(of: str, place: str) -> Expr:
    """What stands in a column's row, a number as a number; nothing where there is no row."""
    return CellOf(Range(of), Var(place), text=False)


def told(*parts: Expr | str) -> Expr:
    """A sentence out of texts and expressions."""
    return Join(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def shown_number(key: str) -> Expr:
    """A number inside a sentence: engines write long fractions differently."""
    return Round(Var(key), 4)


def key_of(*keys: str, blank: Collection[str] = ()) -> Expr:
    """Columns joined; empty as long as one of them is (but those that may be ``blank``)."""
    empty = tuple(IsEmpty(Var(key)) for key in keys if key not in blank)
    joined = text(keys[0]) if len(keys) == 1 else Join(tuple(_barred(keys)))
    return If(one_of(empty), NOTHING, joined)


def _barred(keys: tuple[str, ...]) -> Iterator[Expr]:
    for i, key in enumerate(keys):
        yield from (text(key),) if i == 0 else (Text("|"), text(key))


def repeats(once: str, sheet: str) -> Expr:
    """An earlier row has the same key."""
    place = FirstMatch(text(once), Range(f"{sheet}.{once}"))
    return both(some(place), Compare(Rel.LT, place, Var(NUMBER)))


def with_row(before: str, place: Expr) -> Expr:
    """A sentence that names the sheet row of a table's row."""
    return told(before, add(place, Var(HEAD_ROW)), "行重复")
