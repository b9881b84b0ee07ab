"""By how much an indicator's targets grow from month to month, and what they grow from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeAlias

from xladdin.domain.quantities import Unit, facts


class Base(StrEnum):
    """What a new target is worked out from."""

    LAST_TARGET = "last_target"
    LAST_ACTUAL = "last_actual"
    YEAR_TARGET = "year_target"
    YEAR_ACTUAL = "year_actual"

    @property
    def months(self) -> int:
        """How many months before the new one it lies."""
        return 12 if self in (Base.YEAR_TARGET, Base.YEAR_ACTUAL) else 1

    @property
    def reached(self) -> bool:
        """Whether it is what was reached, and not what was to be."""
        return self in (Base.LAST_ACTUAL, Base.YEAR_ACTUAL)


BASES: Mapping[Base, str] = {
    Base.LAST_TARGET: "上月目标",
    Base.LAST_ACTUAL: "上月实际",
    Base.YEAR_TARGET: "去年同月目标",
    Base.YEAR_ACTUAL: "去年同月实际",
}
USUAL_BASE = Base.LAST_TARGET


@dataclass(frozen=True, slots=True)
class Growth:
    """A rate, as a fraction (0.03 is 3%, below 0 shrinks), and what it is of."""

    rate: Decimal
    base: Base = USUAL_BASE

    def of(self, value: Decimal, unit: Unit) -> Decimal:
        """The value after one step, with as many decimals as figures of the unit are shown with:
        a percentage is rounded to a hundredth of a point, a count to a whole number.
        """
        decimals = facts(unit).decimals + (2 if unit is Unit.PERCENT else 0)
        return (value * (1 + self.rate)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


Growths: TypeAlias = Mapping[tuple[str, str], Growth]
"""Ids of scheme and indicator -> the growth that a company has noted."""
