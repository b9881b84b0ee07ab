"""方案试算 as plain values: months as they were, beside what a changed scheme makes of them.

``app.results.simulating`` works it out; the workbook, the terminal and the ribbon tell it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from xladdin.domain.grades import Grade
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.scoring import keys

from .month_results import PersonResult

UP, DOWN, SAME = "升", "降", "不变"


class Compared(NamedTuple):
    """A sum before, after, and by how much it rises."""

    before: Decimal
    after: Decimal

    @property
    def gained(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Tried:
    """One person's month under both schemes, and its bonus in yuan where that can be told."""

    period: Period
    before: PersonResult
    after: PersonResult
    bonus_before: Decimal | None = None
    bonus_after: Decimal | None = None

    @property
    def grades(self) -> tuple[str, str]:
        """The grade before and after; empty where a scheme gives none."""
        before, after = self.before.values.get(keys.GRADE), self.after.values.get(keys.GRADE)
        return str(before or ""), str(after or "")

    @property
    def changes_grade(self) -> bool:
        """Whether the person has another grade than before."""
        return self.before.values.get(keys.GRADE) != self.after.values.get(keys.GRADE)

    @property
    def move(self) -> str:
        """Where the grade went: by the changed scheme's order where it has both, else by their bounds."""
        before, after = self.grades
        if before == after:
            return SAME
        order = [grade.name for grade in self.after.scheme.grades]
        if before in order and after in order:
            return UP if order.index(after) < order.index(before) else DOWN
        low, high = _lower(self.before, before), _lower(self.after, after)
        if low == high:
            return SAME
        return UP if high > low else DOWN

    @property
    def scores(self) -> Compared | None:
        """The totals."""
        return _compared(self.before.total, self.after.total)

    @property
    def scored(self) -> Decimal:
        """By how many points the total rises."""
        found = self.scores
        return Decimal(0) if found is None else found.gained

    @property
    def coefficients(self) -> Compared | None:
        """The bonus coefficients; None where a scheme gives none."""
        return _compared(
            self.before.values.get(keys.COEFFICIENT), self.after.values.get(keys.COEFFICIENT)
        )

    @property
    def coefficient_gained(self) -> Decimal | None:
        """By how much the bonus coefficient rises; None where a scheme gives none."""
        found = self.coefficients
        return None if found is None else found.gained

    @property
    def bonuses(self) -> Compared | None:
        """The bonuses in yuan; None where either cannot be told."""
        return _compared(self.bonus_before, self.bonus_after)

    @property
    def cost(self) -> Decimal | None:
        """By how many yuan the bonus rises; None where either cannot be told."""
        found = self.bonuses
        return None if found is None else found.gained


@dataclass(frozen=True, slots=True)
class NotTried:
    """A month that could not be scored again, and why."""

    period: Period
    employee: Employee
    why: str


class Untried(NamedTuple):
    """One person's months that could not be scored again for one reason."""

    employee: Employee
    periods: tuple[Period, ...]
    why: str

    @property
    def months(self) -> str:
        return "、".join(period.label for period in self.periods)


@dataclass(frozen=True)
class Simulation:
    """Everybody's months under the changed schemes."""

    tried: tuple[Tried, ...]
    not_tried: tuple[NotTried, ...]
    changes: tuple[str, ...] = ()
    """What is different between the schemes that makes figures count otherwise, each in a sentence."""
    company: str = ""
    months: tuple[Period, ...] = ()
    """The months that were asked for."""
    empty: tuple[Period, ...] = ()
    """Those of which nothing is kept."""
    origin: str = ""
    """Where the months come from, in words."""

    @property
    def cost(self) -> Decimal:
        """By how many yuan all bonuses rise that can be told under both schemes."""
        return self.bonuses.gained

    @cached_property
    def bonuses(self) -> Compared:
        """All bonuses that can be told under both schemes."""
        return _sum(one.bonuses for one in self.tried)

    @cached_property
    def coefficients(self) -> Compared:
        """All coefficients that both schemes give."""
        return _sum(one.coefficients for one in self.tried)

    @cached_property
    def worst_first(self) -> tuple[Tried, ...]:
        """Falls of the grade first, then rises, then those who keep theirs; the largest change first."""
        places = {DOWN: 0, UP: 1, SAME: 2}

        def order(one: Tried) -> tuple[int, Decimal, Period, str]:
            return places[one.move], -abs(one.scored), one.period, one.before.employee.id

        return tuple(sorted(self.tried, key=order))

    def moved(self, move: str) -> int:
        """How many months' grades went this way."""
        return sum(one.move == move for one in self.tried)

    @property
    def people(self) -> int:
        """How many people there are in what was tried."""
        return len({one.before.employee.id for one in self.tried})

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """The names of all grades that either scheme has, the best first."""
        lower: dict[str, Decimal] = {}
        for grade in _grades(self.tried):
            lower.setdefault(grade.name, _bound(grade))
        return tuple(sorted(lower, key=lambda name: -lower[name]))

    @property
    def distribution(self) -> Iterator[tuple[str, int, int]]:
        """Each grade, and how many months have it before and after."""
        before = Counter(one.grades[0] for one in self.tried)
        after = Counter(one.grades[1] for one in self.tried)
        return ((name, before[name], after[name]) for name in self.grades)

    @cached_property
    def untried(self) -> tuple[Untried, ...]:
        """What could not be tried, one entry per person and reason."""
        found: dict[tuple[str, str], list[NotTried]] = {}
        for one in self.not_tried:
            found.setdefault((one.employee.id, one.why), []).append(one)
        return tuple(
            Untried(same[0].employee, tuple(sorted(one.period for one in same)), why)
            for (_, why), same in found.items()
        )


def _grades(tried: Iterable[Tried]) -> Iterator[Grade]:
    """Those of the changed schemes first: a name that both have stands where these have it."""
    pairs = {(id(one.before.scheme), id(one.after.scheme)): one for one in tried}.values()
    for one in pairs:
        yield from one.after.scheme.grades
    for one in pairs:
        yield from one.before.scheme.grades


def _bound(grade: Grade) -> Decimal:
    return Decimal("-Infinity") if grade.lower is None else grade.lower


def _lower(result: PersonResult, name: str) -> Decimal:
    found = [_bound(grade) for grade in result.scheme.grades if grade.name == name]
    return found[0] if found else Decimal("-Infinity")


def _compared(before: Value, after: Value) -> Compared | None:
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return Compared(before, after)
    return None


def _sum(pairs: Iterable[Compared | None]) -> Compared:
    before, after = Decimal(0), Decimal(0)
    for pair in pairs:
        if pair is not None:
            before, after = before + pair.before, after + pair.after
    return Compared(before, after)
