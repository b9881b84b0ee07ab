"""What an annual debrief is made from, as plain values; ``measuring_debrief`` fills it in.

Two years, month by month, as sums that can be added up: a year's share is a ratio of sums and no mean of
the months'.  What nobody knows is not there, and is no 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import TypeAlias

from xladdin.domain.people import Employee, Period

from .metric import MARKS, MINUTES, PIECES, Direction, Mean, Metric, PerDay, Scale, Sum
from .metrics import opinions, workload
from .month_figures import QualityNote
from .service_records import Source

YEAR_MONTHS = 12
LEAST_PEOPLE = 5
"""Among fewer there is no median or mean: who knows his own figure could read off a colleague's.

Of exactly three, one who does not stand in the middle knows that the median is the figure of one of two
others; of five it is anybody's of four (own choice: what is told of four others is told of nobody).
"""

HANDLED = Metric(
    "minutes",
    "处理时间合计",
    "从提出到解决的时间的合计。",
    MINUTES,
    Direction.NEITHER,
    Source.REQUESTS,
    Sum(lambda t: t.solve),
)
HANDLING = replace(workload.SOLVE[0], name="平均处理时间")
COMPLAINTS_A_MONTH = Metric(
    "complaints_a_month",
    "每月投诉数",
    "投诉数 ÷ 有数据的整月数；不满一个月的月份不算。",
    Scale("次", places=1),
    Direction.LOWER,
    Source.REQUESTS,
    # Out of months, as others are out of days: no engine is asked for it.
    PerDay(),
)
APPRAISAL = Metric(
    "appraisal",
    "考核总分",
    "当月考核表的总分；一年的是各月总分的平均，没有总分的月份不算。",
    MARKS,
    Direction.HIGHER,
    Source.REQUESTS,
    # Out of the ledger: no engine is asked for it.
    Mean(lambda t: t.score),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A sum of a month from which measures are worked out."""

    id: str
    name: str
    scale: Scale = PIECES


REQUESTS = Item("requests", "服务请求数量")
SATISFIED, RATED = Item("satisfied", "评价为满意"), Item("rated", "有评价的请求")
COMPLAINTS = Item("complaints", "投诉数")
MINUTES_SPENT = Item("minutes", "处理时间合计", MINUTES)
TIMED = Item("timed", "有处理时间的请求")
SOLVED, KNOWN = Item("solved", "已经解决的请求"), Item("known", "知道解决没有的请求")
ITEMS = (REQUESTS, SATISFIED, RATED, COMPLAINTS, MINUTES_SPENT, TIMED, SOLVED, KNOWN)


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the measures of a debrief: a month's figure, and how a year's comes out of the months."""

    metric: Metric
    year: Metric
    above: Item
    below: Item | None
    """None: the year's figure is the sum out of whole months."""
    called: str
    """As the source form says."""

    @property
    def id(self) -> str:
        """The metric's."""
        return self.metric.id


SATISFACTION = Measure(
    opinions.SATISFIED_SHARE, opinions.SATISFIED_SHARE, SATISFIED, RATED, "客户满意度"
)
COMPLAINING = Measure(opinions.COMPLAINTS, COMPLAINTS_A_MONTH, COMPLAINTS, None, "客户投诉")
SPEED = Measure(HANDLING, HANDLING, MINUTES_SPENT, TIMED, "处理速度")
RESOLUTION = Measure(workload.SOLVED, workload.SOLVED, SOLVED, KNOWN, "问题解决")
MEASURES = (SATISFACTION, COMPLAINING, SPEED, RESOLUTION)
"""The fifth, what became of satisfaction after a training, is worked out by the workbook."""

Sums: TypeAlias = Mapping[str, Decimal]
"""An item's sum by its id."""
NO_SUMS: Sums = {}


@dataclass(frozen=True, slots=True)
class Middle:
    """A team's median: of so many people; no value among fewer than ``LEAST_PEOPLE``."""

    value: Decimal | None = None
    people: int = 0


@dataclass(frozen=True, slots=True)
class Appraised:
    """What the ledger says of a month: one's own total and grade, or a team's mean of so many."""

    total: Decimal | None = None
    grade: str = ""
    people: int = 0


@dataclass(frozen=True, slots=True)
class Training:
    """A training whose effect on satisfaction is looked at."""

    day: dt.date
    name: str = ""


@dataclass(frozen=True, slots=True)
class DebriefFigures:
    """Two years of one person, or of a department."""

    company: str
    year: int
    name: str
    """Whose debrief it is: a person's or a department's name."""
    employee: Employee | None = None
    """None: a department."""
    people: int = 1
    """Of a department: how many there are in it."""
    months: Mapping[Period, Sums] = field(default_factory=dict)
    parts: Mapping[Period, str] = field(default_factory=dict)
    """Which days of a month are known, where it is not the whole."""
    middles: Mapping[tuple[str, Period], Middle] = field(default_factory=dict)
    """By a measure's id (or that of ``APPRAISAL``) and month."""
    year_middles: Mapping[tuple[str, int], Middle] = field(default_factory=dict)
    until: int | None = None
    """The last month of the year of which something is known."""
    appraised: Mapping[Period, Appraised] = field(default_factory=dict)
    grades: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    """Of a department: year -> grade -> how often it was given; none of fewer than three people."""
    trainings: tuple[Training, ...] = ()
    quality: tuple[QualityNote, ...] = ()
    files: tuple[tuple[str, str, int], ...] = ()
    serving: str = ""

    @property
    def years(self) -> tuple[int, int]:
        """Last year, and this one."""
        return self.year - 1, self.year


def months_of(year: int) -> tuple[Period, ...]:
    """The twelve of a year."""
    return tuple(Period(f"{year}-{month:02d}") for month in range(1, YEAR_MONTHS + 1))


def added(several: Iterable[Sums]) -> Sums:
    """Sums of several people or months together; what none of them knows is not there."""
    found: dict[str, Decimal] = {}
    for sums in several:
        for item, value in sums.items():
            found[item] = found.get(item, Decimal(0)) + value
    return found


def month_figure(measure: Measure, sums: Sums) -> Decimal | None:
    """A month's figure as it is shown; None where it cannot be worked out."""
    above = sums.get(measure.above.id)
    if measure.below is None or above is None:
        return above
    below = sums.get(measure.below.id)
    return rounded(above / below, measure.metric.scale) if below else None


def year_figure(
    measure: Measure, months: Mapping[Period, Sums], parts: Mapping[Period, str]
) -> Decimal | None:
    """A figure over these months as it is shown; see ``Measure``."""
    known = [
        (month, sums)
        for month, sums in months.items()
        if measure.above.id in sums and (measure.below is None or measure.below.id in sums)
    ]
    if measure.below is None:
        whole = [sums[measure.above.id] for month, sums in known if not parts.get(month)]
        return rounded(sum(whole, Decimal(0)) / len(whole), measure.year.scale) if whole else None
    return month_figure(measure, added(sums for _, sums in known))


def rounded(value: Decimal, scale: Scale) -> Decimal:
    """A value in the unit of its scale, as it is shown."""
    places = scale.places + (2 if scale.percent else 0)
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def middle(values: Sequence[Decimal | None], scale: Scale) -> Middle:
    """The median of those who have a figure."""
    known = [value for value in values if value is not None]
    if len(known) < LEAST_PEOPLE:
        return Middle(None, len(known))
    return Middle(rounded(median(known), scale), len(known))
