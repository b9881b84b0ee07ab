"""方案试算: results as they were, scored again by the schemes of a changed master.

What somebody did stays; the rules, weights and default targets are the changed scheme's.  A target that
the earlier scheme's default does not explain was the person's own and stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xladdin.app.generating.planning import named
from xladdin.company.company import Company
from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import plain
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.formula.solving import Solver
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults
from xladdin.scoring.scorer import scorer_of

_BONUS = "bonus"


@dataclass(frozen=True, slots=True)
class Tried:
    """One person's month under both schemes."""

    period: Period
    before: PersonResult
    after: PersonResult

    @property
    def changes_grade(self) -> bool:
        """Whether the person has another grade than before."""
        return self.before.values.get(keys.GRADE) != self.after.values.get(keys.GRADE)

    @property
    def coefficient_gained(self) -> Decimal | None:
        """By how much the bonus coefficient rises; None where a scheme gives none."""
        return _difference(
            self.before.values.get(keys.COEFFICIENT), self.after.values.get(keys.COEFFICIENT)
        )

    @property
    def cost(self) -> Decimal | None:
        """By how many yuan the bonus rises; None where either cannot be told."""
        return _difference(bonus_of(self.before), bonus_of(self.after))


@dataclass(frozen=True, slots=True)
class NotTried:
    """A result that could not be scored again, and why."""

    period: Period
    employee: Employee
    why: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """Everybody's months under the changed schemes."""

    tried: tuple[Tried, ...]
    not_tried: tuple[NotTried, ...]

    @property
    def cost(self) -> Decimal:
        """By how many yuan all bonuses rise that can be told under both schemes."""
        return sum((one.cost for one in self.tried if one.cost is not None), Decimal(0))


def simulated(months: Iterable[MonthResults], changed: Company) -> Simulation:
    """Every result of these months by the scheme of the same id in the ``changed`` company."""
    tried: list[Tried] = []
    not_tried: list[NotTried] = []
    for month in months:
        not_tried += (NotTried(month.period, one.employee, one.why) for one in month.left_out)
        for before in month.people:
            after = _tried(before, changed)
            if isinstance(after, str):
                not_tried.append(NotTried(month.period, before.employee, after))
            else:
                tried.append(Tried(month.period, before, after))
    return Simulation(tuple(tried), tuple(not_tried))


def bonus_of(one: PersonResult) -> Decimal | None:
    """The bonus in yuan by the rule of the scheme; None where there is no total, or no base."""
    asked = {
        "base": one.base,
        "score": one.total,
        "grade": one.values.get(keys.GRADE),
        "coefficient": one.values.get(keys.COEFFICIENT),
    }
    found = _bonus_rule(one.scheme).values(asked)[_BONUS]
    return found if isinstance(found, Decimal) else None


@lru_cache(maxsize=64)
def _bonus_rule(scheme: Scheme) -> Solver:
    """A scheme's bonus as a function, made once."""
    return Solver({_BONUS: scheme.bonus_expression})


def _tried(before: PersonResult, changed: Company) -> PersonResult | str:
    """The result by the changed scheme, else why there is none."""
    if before.employee.id not in changed.people:
        return "改过的总表的名册里没有此人（已离职或已删除）"
    scheme = changed.library.scheme(before.scheme.id)
    if scheme is None:
        return f"改过的总表里没有可用的考核方案「{before.scheme.name}」"
    if before.total is None:
        return (
            f"原来就没有总分，缺：{'、'.join(before.missing)}"
            if before.missing
            else "原来就没有总分"
        )
    if scheme == before.scheme:
        return PersonResult(before.employee, scheme, before.values, before.missing, before.note)
    again = scorer_of(before.scheme).results(_inputs(before, before.scheme))
    if again[keys.TOTAL] != before.total:
        return f"{_again(again[keys.TOTAL])}，与保留的总分 {plain(before.total)} 不同，不能照着试算"
    inputs = _inputs(before, scheme)
    had = input_defaults(before.scheme)
    lacking = [
        item.name
        for item in scheme.indicators
        if any(
            inputs[key] is None and key not in had
            for key in (keys.actual(item.id), keys.self_rating(item.id))
            if key in inputs
        )
    ]
    if lacking:
        return f"当月没有这些指标的数据：{'、'.join(lacking)}"
    values = scorer_of(scheme).values(inputs)
    if not isinstance(values[keys.TOTAL], Decimal):
        return f"{named(before.employee)}按改过的方案算不出总分"
    return PersonResult(before.employee, scheme, values)


def _inputs(before: PersonResult, scheme: Scheme) -> dict[str, Value]:
    """What the month says, for a scheme: its own weights, and its default targets where none was set."""
    found: dict[str, Value] = {**input_defaults(scheme)}
    defaults = input_defaults(before.scheme)
    for key in found:
        if key in defaults and before.values.get(key) != defaults[key]:
            found[key] = before.values.get(key)
    for item in scheme.indicators:
        found[keys.weight(item.id)] = item.weight / 100
    return found


def _again(total: Value) -> str:
    said = plain(total) if isinstance(total, Decimal) else "没有总分"
    return f"按当时的方案和现有的数据重算是 {said}"


def _difference(before: Value, after: Value) -> Decimal | None:
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return after - before
    return None
