"""Nodes over ranges of cells as functions; ``compiled`` tells what such a function is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import Protocol, TypeAlias, assert_never

from .arithmetic import (
    RELATIONS,
    Cells,
    Env,
    NotANumberError,
    Value,
    sum_of,
    text_of,
)
from .nodes import (
    NAMES_SEPARATOR,
    CellOf,
    Condition,
    CountWhere,
    Differs,
    Either,
    Expr,
    Filled,
    FirstMatch,
    Lists,
    Median,
    NthFilled,
    PickWhere,
    PlaceWhere,
    Range,
    RangeExpr,
    Rel,
    Related,
    Rising,
    Same,
    SumWhere,
)
from .walk import ranges_in

Program: TypeAlias = Callable[[Env], Value]
"""Gives the value of an expression where variables and ranges hold what ``env`` says."""
Compile: TypeAlias = Callable[[Expr], Program]
Holds: TypeAlias = Callable[[int], bool]
"""Whether something is so in a row (from 0)."""
Tests: TypeAlias = tuple[Condition, ...]


class Rows(Protocol):
    """The rows (from 0) in which conditions hold."""

    def __call__(self, env: Env, above: Value = None, *, last: bool = False) -> Iterator[int]:
        """``above`` a row (from 1) where one is told; ``last``: the last of them comes first."""


def range_program(expr: RangeExpr, compiled: Compile) -> Program:
    """A node over ranges; ``compiled`` makes a function of an expression in it."""
    match expr:
        case CountWhere(tests):
            rows = _rows(tests, compiled)
            return lambda env: Decimal(sum(1 for _ in rows(env)))
        case SumWhere(of, tests):
            return _sum(of, _rows(tests, compiled))
        case PickWhere(of, tests):
            return _pick(of, _rows(tests, compiled))
        case FirstMatch(sought, within):
            return _first_match(compiled(sought), within)
        case NthFilled(of, n):
            return _nth_filled(of, compiled(n))
        case PlaceWhere(tests, last, above):
            upper = None if above is None else compiled(above)
            return _place(_rows(tests, compiled), upper, last=last)
        case CellOf(of, n, text):
            return _nth(of, compiled(n), text=text)
        case Rising(of):
            return lambda env: _rises(_cells(of, env))
        case Median(of):
            return lambda env: _middle(_cells(of, env))
        case _:
            assert_never(expr)


def _middle(cells: Cells) -> Value:
    known = sorted(cell for cell in cells if isinstance(cell, Decimal))
    return median(known) if known else ""


def _sum(of: Range, rows: Rows) -> Program:
    def program(env: Env) -> Value:
        cells = _cells(of, env)
        return sum_of(cells[row] for row in rows(env))

    return program


def _pick(of: Range, rows: Rows) -> Program:
    def program(env: Env) -> Value:
        row = next(rows(env), None)
        return "" if row is None else text_of(_cells(of, env)[row])

    return program


def _first_match(of: Program, within: Range) -> Program:
    def program(env: Env) -> Value:
        sought = text_of(of(env)).casefold()
        return Decimal(_cells(within, env).first_places.get(sought, 0))

    return program


def _place(rows: Rows, above: Program | None, *, last: bool) -> Program:
    def program(env: Env) -> Value:
        upper = None if above is None else above(env)
        return Decimal(next(rows(env, upper, last=last), -1) + 1)

    return program


def _cells(of: Range, env: Env) -> Cells:
    cells = env[of.name]
    if isinstance(cells, Cells):
        return cells
    if not isinstance(cells, tuple):
        raise TypeError(f"{of.name} is no range")
    return Cells(cells)


def _rows(tests: Tests, compiled: Compile) -> Rows:
    """Where a text is sought, only the rows are looked at in which it stands."""
    sought = [(test.of, compiled(test.value)) for test in tests if isinstance(test, Same)]
    asked = [_asked(test, compiled) for test in tests if not isinstance(test, Same)]
    (measured, *_) = ranges_in(tests)

    def rows(env: Env, above: Value = None, *, last: bool = False) -> Iterator[int]:
        holding = [holds(env) for holds in asked]
        found = [(_cells(of, env), text_of(value(env)).casefold()) for of, value in sought]
        looked_at: Sequence[int] = range(len(_cells(measured, env)))
        if found:
            found.sort(key=_how_often)
            (cells, text), *others = found
            looked_at = cells.rows.get(text, ())
            holding += [_says(*other) for other in others]
        end = len(looked_at)
        if isinstance(above, Decimal):
            end = bisect_left(looked_at, int(above) - 1)
        order = range(end - 1, -1, -1) if last else range(end)
        return (looked_at[i] for i in order if all(is_so(looked_at[i]) for is_so in holding))

    return rows


def _how_often(found: tuple[Cells, str]) -> int:
    cells, text = found
    return len(cells.rows.get(text, ()))


def _says(cells: Cells, text: str) -> Holds:
    return lambda row: cells.texts[row] == text


def _asked(test: Condition, compiled: Compile) -> Callable[[Env], Holds]:
    """A condition as a question about one row; its value is worked out once."""
    match test:
        case Same(of, value):
            same = compiled(value)
            return lambda env: _says(_cells(of, env), text_of(same(env)).casefold())
        case Differs(of, value):
            other = compiled(value)
            return lambda env: _denies(_cells(of, env), text_of(other(env)).casefold())
        case Filled(of):
            return lambda env: _denies(_cells(of, env), "")
        case Lists(of, value):
            name = compiled(value)
            return lambda env: _among(_cells(of, env), _fenced(text_of(name(env)).casefold()))
        case Related(of, rel, value):
            bound = compiled(value)
            return lambda env: _related(_cells(of, env), rel, bound(env))
        case Either(inner):
            several = [_asked(one, compiled) for one in inner]
            return lambda env: _either([holds(env) for holds in several])
        case _:
            assert_never(test)


def _denies(cells: Cells, text: str) -> Holds:
    return lambda row: cells.texts[row] != text


def _related(cells: Cells, rel: Rel, bound: Value) -> Holds:
    if not isinstance(bound, Decimal):
        raise NotANumberError(f"{bound!r} compared with numbers of a range")
    related = RELATIONS[rel]

    def holds(row: int) -> bool:
        cell = cells[row]
        return isinstance(cell, Decimal) and related(cell, bound)

    return holds


def _either(several: Sequence[Holds]) -> Holds:
    return lambda row: any(holds(row) for holds in several)


def _among(cells: Cells, sought: str) -> Holds:
    return lambda row: sought in _fenced(cells.texts[row])


def _fenced(text: str) -> str:
    return NAMES_SEPARATOR + text + NAMES_SEPARATOR


def _nth_filled(of: Range, nth: Program) -> Program:
    def program(env: Env) -> Value:
        n = nth(env)
        filled = [shown for cell in _cells(of, env) if (shown := text_of(cell))]
        return filled[int(n) - 1] if isinstance(n, Decimal) and 1 <= n <= len(filled) else ""

    return program


def _nth(of: Range, nth: Program, *, text: bool) -> Program:
    def program(env: Env) -> Value:
        cells, n = _cells(of, env), nth(env)
        value = cells[int(n) - 1] if isinstance(n, Decimal) and 1 <= n <= len(cells) else None
        return text_of(value) if text else value

    return program


def _rises(cells: Cells) -> bool:
    """Whether each number is greater than what stands right above it."""
    return all(
        not isinstance(cell, Decimal) or (isinstance(above, Decimal) and cell > above)
        for cell, above in zip(cells[1:], cells, strict=False)
    )
