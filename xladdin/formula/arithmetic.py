"""Values, and how they are calculated with: numbers, texts, truth values, nothing, ranges of cells.

Number policy (DESIGN 2): Decimal arithmetic, half-up, and every argument of a rounding or of a
comparison is first rounded to 6 places; the formula back-end prints the same snap.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, InvalidOperation
from functools import cached_property
from typing import TypeAlias

from .nodes import Rel, Rounding

Value: TypeAlias = Decimal | str | bool | None


class Cells(tuple[Value, ...]):
    """What stands in a range; its texts and where each stands are worked out once."""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each cell as texts are compared: without regard to case."""
        return tuple(text_of(cell).casefold() for cell in self)

    @cached_property
    def types(self) -> frozenset[type]:
        """What kinds of values stand there."""
        return frozenset(map(type, self))

    @cached_property
    def rows(self) -> Mapping[str, Sequence[int]]:
        """Each different text, and the rows (from 0) in which it stands."""
        found = defaultdict(list)
        for row, text in enumerate(self.texts):
            found[text].append(row)
        return dict(found)

    @cached_property
    def first_places(self) -> dict[str, int]:
        """Each different text, and in which cell (from 1) it stands first."""
        found: dict[str, int] = {}
        for place, cell in enumerate(self, start=1):
            if isinstance(cell, str) and cell:
                found.setdefault(cell.casefold(), place)
        return found


Env: TypeAlias = Mapping[str, Value | tuple[Value, ...]]
"""Variables and ranges by name."""

SNAP_DIGITS = 6
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP)
WIDE = Context(prec=60)
"""Rounding must not itself run out of digits."""
GRAINS = {digits: Decimal(1).scaleb(-digits) for digits in range(10)}
MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.UP: ROUND_UP,
    Rounding.DOWN: ROUND_DOWN,
}
RELATIONS: dict[Rel, Callable[[Decimal, Decimal], bool]] = {
    Rel.GE: operator.ge,
    Rel.GT: operator.gt,
    Rel.LE: operator.le,
    Rel.LT: operator.lt,
    Rel.EQ: operator.eq,
}


class NotANumberError(Exception):
    """A rule used a missing value or a text as a number without asking first: a bug in the rule."""


def snap(value: Decimal) -> Decimal:
    """A number rounded half-up to 6 places, without a negative zero."""
    return rounded(value, SNAP_DIGITS, Rounding.HALF_UP)


def rounded(value: Decimal, digits: int, mode: Rounding) -> Decimal:
    """A number rounded to so many places."""
    grain = GRAINS.get(digits) or Decimal(1).scaleb(-digits)
    try:
        result = value.quantize(grain, MODES[mode], WIDE)
    except InvalidOperation:
        return value  # so large that it has no such places
    return result if result else abs(result)


def sum_of(values: Iterable[Value]) -> Decimal:
    """The sum of those values that are numbers."""
    found = Decimal(0)
    for value in values:
        if isinstance(value, Decimal):
            found = ARITHMETIC.add(found, value)
    return found


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
