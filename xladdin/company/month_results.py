"""What a month came to, as plain values: what the summary workbook and feedback slips are made from.

``app.month_scores`` fills it in, from a ledger of what was returned and the master's figures.  A person's values are those of the score model, by its keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.scoring import keys

from .appealing import Corrected
from .calibrated import Calibrated
from .team_budgets import TeamBudgets

MONTHS = 12
"""So many months of a trend, the current one included."""


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One person's month."""

    employee: Employee
    scheme: Scheme
    values: Mapping[str, Value]
    """Inputs and results of the scheme's score model by key, item by item."""
    missing: tuple[str, ...] = ()
    """What the total lacks, by name."""
    note: str = ""
    """What else is known of the form: 未交, 有待定."""
    provisional: int = 0
    """How many of its figures may still change."""
    calibrated: Calibrated | None = None
    """The grade that managers have decided, which ``values`` then have."""
    corrected: tuple[Corrected, ...] = ()
    """The figures that were corrected after an appeal, as ``values`` have them."""

    @property
    def total(self) -> Decimal | None:
        """Points; None where something is missing."""
        value = self.values.get(keys.TOTAL)
        return value if isinstance(value, Decimal) else None

    @property
    def base(self) -> Decimal | None:
        """奖金基数 in yuan: the person's own, else that of the scheme."""
        own = self.employee.bonus_base
        return self.scheme.bonus_rule.base if own is None else own

    @property
    def unsettled(self) -> str:
        """That figures may still change, in words; empty where none does."""
        return f"数据暂定 {self.provisional} 项" if self.provisional else ""

    def part(self, period: Period) -> str:
        """Which days somebody was there, where they are not the whole month."""
        return presence(self.employee, period).part


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody of the roster of whom there is no result, and why."""

    employee: Employee
    why: str


@dataclass(frozen=True, slots=True)
class Lean:
    """How a rater's ratings lie beside those of all raters of the same people or items."""

    rater: str
    source: str
    """What they rate as, in words: 主管评, 同事评, 考核表主观项."""
    ratings: int
    people: int
    lean: Decimal
    """How far the mean of the ratings lies above (or below) the general one, in ``unit``."""
    limit: Decimal
    """From how much on it is pointed out."""
    unit: str = "分"


@dataclass(frozen=True, slots=True)
class PairOfRatings:
    """On one element of competency: one's own rating beside the superior's, in points."""

    own: Decimal | None = None
    superior: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CompetencyResult:
    """What one person's ratings of competency come to; for HR, since anonymous ones are in it."""

    employee: Employee
    scheme: CompetencyScheme
    total: Decimal | None
    """The weighted mean in points of the scheme's levels; None where something is missing."""
    level: str = ""
    missing: str = ""
    """Which ratings the total lacks, in words."""
    pairs: Mapping[str, PairOfRatings] = field(default_factory=dict)
    """By element's id."""


@dataclass(frozen=True)
class MonthResults:
    """A month of a company."""

    company: str
    period: Period
    people: tuple[PersonResult, ...]
    left_out: tuple[LeftOut, ...] = ()
    history: Mapping[str, Mapping[Period, Decimal]] = field(default_factory=dict)
    """Employee's id -> totals of earlier months."""
    leans: tuple[Lean, ...] = ()
    budget: Decimal | None = None
    """What may be paid as bonus in all, in yuan."""
    origin: str = ""
    """Where the results come from, in words, where that is not the master alone."""
    teams: TeamBudgets = field(default_factory=TeamBudgets)
    """What departments may pay, and how bonuses are scaled to that."""
    rated: tuple[CompetencyResult, ...] = ()
    """Whoever's competency was rated in the month."""

    def with_schemes_apart(self) -> MonthResults:
        """The same month, in which two versions of a scheme have ids and names of their own.

        Whoever handed a form in before a scheme was changed was appraised by the earlier one.
        """
        names: dict[Scheme, Scheme] = {}
        ids: Counter[str] = Counter()
        for scheme in dict.fromkeys(one.scheme for one in self.people):
            ids[scheme.id] += 1
            if (number := ids[scheme.id]) > 1:
                told = {"id": f"{scheme.id}_{number}", "name": f"{scheme.name}（第{number}版）"}
                names[scheme] = scheme.model_copy(update=told)
        people = tuple(
            replace(one, scheme=names.get(one.scheme, one.scheme)) for one in self.people
        )
        return replace(self, people=people) if names else self

    @property
    def competencies(self) -> tuple[CompetencyScheme, ...]:
        """The schemes by which somebody's competency was rated, each once."""
        return tuple({one.scheme.id: one.scheme for one in self.rated}.values())

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes by which somebody was appraised, each once."""
        return tuple({one.scheme.id: one.scheme for one in self.people}.values())

    @property
    def unsettled(self) -> str:
        """That figures may still change, in a sentence; empty where none does."""
        count = sum(bool(one.provisional) for one in self.people)
        if not count:
            return ""
        return f"{count} 人有暂定的数据（见备注），数据定稿以后请重新汇总。"

    @property
    def calibrated(self) -> str:
        """How many have another grade than that of their score, in a sentence; empty where nobody has."""
        count = sum(bool(one.calibrated and one.calibrated.is_changed) for one in self.people)
        return f"{count} 人的等级是校准后的（见备注）。" if count else ""

    @property
    def corrected(self) -> str:
        """How many have figures that were corrected after an appeal, in a sentence; empty where nobody has."""
        count = sum(bool(one.corrected) for one in self.people)
        return f"{count} 人有申诉后更正的数（见备注）。" if count else ""

    @property
    def months(self) -> tuple[Period, ...]:
        """The months of the trend, the current one last."""
        return months_until(self.period)


def month_after(period: Period) -> Period:
    """The next month."""
    number = period.year * 12 + period.month
    return Period(f"{number // 12}-{number % 12 + 1:02d}")


def months_between(first: Period, last: Period) -> Iterator[Period]:
    """From one month to another, both included; none where the first lies after the last."""
    while first <= last:
        yield first
        first = month_after(first)


def months_until(period: Period, count: int = MONTHS) -> tuple[Period, ...]:
    """So many months in a row, this one last."""
    last = period.year * 12 + period.month - 1
    numbers = range(last - count + 1, last + 1)
    return tuple(Period(f"{number // 12}-{number % 12 + 1:02d}") for number in numbers)
