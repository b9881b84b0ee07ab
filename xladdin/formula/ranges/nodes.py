"""Nodes over ranges: counting, adding and finding among the cells of a table's columns.

A range is a named run of cells, such as a column of a table, empty cells included; placement says
where it stands.  Cells are compared by their text: 1001 and "1001" are the same, letter case
does not matter, an empty cell is an empty text, and ``*``, ``?`` and ``>`` are plain characters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

if TYPE_CHECKING:
    from ..nodes import Expr

NAMES_SEPARATOR = "、"


@dataclass(frozen=True, slots=True)
class Range:
    """A run of cells: a column of a table (``roster.id``), or a row's own entries."""

    name: str


@dataclass(frozen=True, slots=True)
class Same:
    """The cell's text is that of a value."""

    of: Range
    value: Expr


@dataclass(frozen=True, slots=True)
class Differs:
    """The cell's text is not that of a value."""

    of: Range
    value: Expr


@dataclass(frozen=True, slots=True)
class Filled:
    """The cell is not empty."""

    of: Range


@dataclass(frozen=True, slots=True)
class Lists:
    """The cell holds names separated by 、, and the value is one of them (letter case matters)."""

    of: Range
    value: Expr


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the conditions holds in this row."""

    tests: tuple[Condition, ...]


Condition: TypeAlias = Same | Differs | Filled | Lists | Either
"""What is asked of each row of one or several ranges of equal length."""


@dataclass(frozen=True, slots=True)
class CountWhere:
    """In how many rows all conditions hold."""

    tests: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class SumWhere:
    """The sum of the numbers of a range in the rows where all conditions hold."""

    of: Range
    tests: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class PickWhere:
    """The text of a range in the first row where all conditions hold; empty where none does."""

    of: Range
    tests: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class FirstMatch:
    """Which cell (from 1) is the first that holds this text; 0 where none does.

    For ranges of texts: engines differ on numbers in them.  An empty text is never found.  Fast,
    also over thousands of cells.
    """

    of: Expr
    within: Range


@dataclass(frozen=True, slots=True)
class NthFilled:
    """The text of a range's n-th cell that is not empty; empty where there are fewer."""

    of: Range
    n: Expr


RangeExpr: TypeAlias = CountWhere | SumWhere | PickWhere | FirstMatch | NthFilled


def values_in(tests: tuple[Condition, ...]) -> tuple[Expr, ...]:
    """The expressions with which the conditions compare."""
    found: list[Expr] = []
    for test in tests:
        match test:
            case Same(_, value) | Differs(_, value) | Lists(_, value):
                found.append(value)
            case Either(inner):
                found += values_in(inner)
            case Filled():
                pass
            case _:
                assert_never(test)
    return tuple(found)


def ranges_in(tests: tuple[Condition, ...]) -> tuple[Range, ...]:
    """The ranges whose rows the conditions look at."""
    found: list[Range] = []
    for test in tests:
        found += ranges_in(test.tests) if isinstance(test, Either) else [test.of]
    return tuple(found)


def with_values(
    tests: tuple[Condition, ...], change: Callable[[Expr], Expr]
) -> tuple[Condition, ...]:
    """The same conditions with their expressions changed."""

    def changed(test: Condition) -> Condition:
        match test:
            case Same(of, value):
                return Same(of, change(value))
            case Differs(of, value):
                return Differs(of, change(value))
            case Lists(of, value):
                return Lists(of, change(value))
            case Filled():
                return test
            case Either(inner):
                return Either(with_values(inner, change))
            case _:
                assert_never(test)

    return tuple(changed(test) for test in tests)
