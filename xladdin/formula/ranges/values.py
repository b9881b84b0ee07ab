"""The values of range nodes in Python, as spreadsheets work them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, assert_never

from ..nodes import Expr
from .nodes import (
    NAMES_SEPARATOR,
    Condition,
    CountWhere,
    Differs,
    Either,
    Filled,
    FirstMatch,
    Lists,
    NthFilled,
    PickWhere,
    Range,
    RangeExpr,
    Same,
    SumWhere,
    ranges_in,
)

Value: TypeAlias = Decimal | str | bool | None
Cells: TypeAlias = tuple[Value, ...]
Env: TypeAlias = Mapping[str, Value | Cells]
"""Variables and ranges by name."""
Read: TypeAlias = Callable[[Expr], Value]
"""Gives the value of an expression inside a condition."""


def range_value(expr: RangeExpr, env: Env, read: Read) -> Value:
    """The value of a node over ranges."""
    match expr:
        case CountWhere(tests):
            return Decimal(sum(1 for _ in _rows(tests, env, read)))
        case SumWhere(of, tests):
            cells = _cells(of, env)
            found = (cells[row] for row in _rows(tests, env, read))
            return sum((cell for cell in found if isinstance(cell, Decimal)), Decimal(0))
        case PickWhere(of, tests):
            row = next(_rows(tests, env, read), None)
            return "" if row is None else text_of(_cells(of, env)[row])
        case FirstMatch(of, within):
            sought = text_of(read(of)).casefold()
            return Decimal(_first_places(_cells(within, env)).get(sought, 0))
        case NthFilled(of, n):
            return _nth_filled(_cells(of, env), read(n))
        case _:
            assert_never(expr)


def text_of(value: Value) -> str:
    """What a cell's value is as text; numbers without exponent or trailing zeros."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            raise TypeError("engines write truth values differently")
        case Decimal():
            text = format(value or abs(value), "f")
            return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=8)
def _first_places(cells: Cells) -> dict[str, int]:
    """Each different text of the cells, and in which cell (from 1) it stands first."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells, start=1):
        if isinstance(cell, str) and cell:
            found.setdefault(cell.casefold(), place)
    return found


def _nth_filled(cells: Cells, n: Value) -> str:
    filled = [shown for cell in cells if (shown := text_of(cell))]
    return filled[int(n) - 1] if isinstance(n, Decimal) and 1 <= n <= len(filled) else ""


@lru_cache(maxsize=32)
def _texts(cells: Cells) -> tuple[str, ...]:
    return tuple(text_of(cell).casefold() for cell in cells)


def _cells(of: Range, env: Env) -> Cells:
    cells = env[of.name]
    if not isinstance(cells, tuple):
        raise TypeError(f"{of.name} is no range")
    return cells


def _rows(tests: tuple[Condition, ...], env: Env, read: Read) -> Iterator[int]:
    """The rows (from 0) in which all conditions hold."""
    asked = [_asked(test, env, read) for test in tests]
    count = len(_cells(ranges_in(tests)[0], env))
    return (row for row in range(count) if all(holds(row) for holds in asked))


def _asked(test: Condition, env: Env, read: Read) -> Callable[[int], bool]:
    """A condition as a question about one row; its value is worked out once."""
    match test:
        case Same(of, value):
            texts, sought = _texts(_cells(of, env)), text_of(read(value)).casefold()
            return lambda row: texts[row] == sought
        case Differs(of, value):
            texts, sought = _texts(_cells(of, env)), text_of(read(value)).casefold()
            return lambda row: texts[row] != sought
        case Filled(of):
            texts = _texts(_cells(of, env))
            return lambda row: texts[row] != ""
        case Lists(of, value):
            return _among(_cells(of, env), _fenced(text_of(read(value))))
        case Either(inner):
            asked = [_asked(one, env, read) for one in inner]
            return lambda row: any(holds(row) for holds in asked)
        case _:
            assert_never(test)


def _among(cells: Cells, sought: str) -> Callable[[int], bool]:
    return lambda row: sought in _fenced(text_of(cells[row]))


def _fenced(text: str) -> str:
    return NAMES_SEPARATOR + text + NAMES_SEPARATOR
