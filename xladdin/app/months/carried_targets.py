"""The target that a new month begins with: carried over, grown, or the scheme's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from xladdin.company.company import Company
from xladdin.company.month_results import months_until
from xladdin.company.target_growth import Growth
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.schemes import Indicator, Scheme

MEMORY = 13
"""Months that are looked back: the same month of the year before is the first of them."""
HUNDRED_PERCENT = Decimal(1)


class Origin(StrEnum):
    """Where a target is from, as it is told."""

    LAST = "沿用上月"
    EARLIER = "沿用更早的月份"
    GROWN = "按增长率"
    DEFAULT = "方案默认"
    NONE = "空"
    UNUSED = "不用目标"


@dataclass(frozen=True, slots=True)
class Target:
    """A target, or that there is none."""

    value: Decimal | None
    origin: Origin
    baseless: bool = False
    """Whether it was to grow, and what from is not there."""


@dataclass(frozen=True)
class CarriedTargets:
    """The targets of one month.

    A growth that was asked for by the indicator's name or id counts before the one that the company has
    noted, that one before one for all.  Without growth the target of the last month that has one stays,
    of twelve at most; else the scheme's own default.
    """

    company: Company
    period: Period
    asked: Mapping[str, Decimal] = field(default_factory=dict)
    """Name or id -> rate; under the empty name, of all."""

    def of(self, employee: Employee, scheme: Scheme, item: Indicator) -> Target:
        """The target of one person on one indicator."""
        if not item.uses_target:
            return Target(None, Origin.UNUSED)
        before = self._before.get((employee.id, item.id), {})
        growth = self._growth(scheme, item)
        if growth is not None:
            of = before.get(self._earlier[-1 - growth.base.months])
            value = (of.actual if growth.base.reached else of.target) if of else None
            if value is not None:
                return Target(growth.of(value, item.unit), Origin.GROWN)
        return self._carried(before, item, baseless=growth is not None)

    def _carried(
        self, before: Mapping[Period, Actual], item: Indicator, *, baseless: bool
    ) -> Target:
        for back, month in enumerate(reversed(self._earlier[:-1]), start=1):
            line = before.get(month)
            if line is not None and line.target is not None:
                origin = Origin.LAST if back == 1 else Origin.EARLIER
                return Target(line.target, origin, baseless)
        if item.target is not None:
            return Target(item.target, Origin.DEFAULT, baseless)
        return Target(None, Origin.NONE, baseless)

    def _growth(self, scheme: Scheme, item: Indicator) -> Growth | None:
        noted = self.company.growths.get((scheme.id, item.id))
        for name in (item.name, item.id):
            if name in self.asked:
                return Growth(self.asked[name], noted.base) if noted else Growth(self.asked[name])
        return noted or (Growth(self.asked[""]) if "" in self.asked else None)

    @cached_property
    def _earlier(self) -> tuple[Period, ...]:
        """The months from a year before to the one itself."""
        return months_until(self.period, MEMORY)

    @cached_property
    def _before(self) -> Mapping[tuple[str, str], Mapping[Period, Actual]]:
        """Employee and indicator -> what is known of these months."""
        found: dict[tuple[str, str], dict[Period, Actual]] = defaultdict(dict)
        near = frozenset(self._earlier[:-1])
        for figure in self.company.figures:
            line = figure.actual
            if line.period in near:
                found[line.employee, line.indicator][line.period] = line
        return found
