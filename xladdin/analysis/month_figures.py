"""What a monthly report is made from, as plain values; ``measuring_month`` fills it in.

Thirteen months, so that the last one stands beside the one before and beside the same month a year
earlier.  A figure that nobody knows is None, never 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from xladdin.company.month_results import months_until
from xladdin.domain.people import Employee, Period

from .metric import NOTHING, Metric, Reading
from .metrics import opinions, workload
from .record_lines import MonthLines
from .service_records import Source

MONTHS = 13
CHANNELS = ("在线", "电话", "邮件", "工单")
UNKNOWN_TYPE, UNKNOWN_CHANNEL, UNKNOWN_AGENT = "没有分类", "没有写渠道", "没有写客服"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
HOURS = 24

MAIN: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.OPEN,
    *workload.REPLY,
    *workload.WAIT,
    *workload.SOLVE,
    workload.SOLVED,
    workload.SOLVED_AT_ONCE,
    workload.REOPENED,
    opinions.SCORE,
    opinions.ANSWERED,
    opinions.SATISFIED_SHARE,
    opinions.MIDDLING_SHARE,
    opinions.DISSATISFIED_SHARE,
    opinions.COMPLAINTS,
    opinions.COMPLAINT_SHARE,
    opinions.SUGGESTIONS,
    opinions.WORDS,
)
"""What is worked out for each month."""
OF_TYPES: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.SOLVE[0],
    workload.SOLVED_AT_ONCE,
    workload.REOPENED,
)
OF_AGENTS: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.REPLY[0],
    workload.SOLVE[0],
    workload.SOLVED,
    opinions.SATISFIED_SHARE,
    opinions.COMPLAINTS,
)
OF_HOURS: tuple[Metric, ...] = (workload.REQUESTS, workload.REPLY[0])

Readings: TypeAlias = Mapping[str, Reading]
"""A metric's figure by its id."""


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one type of request, of this month and the one before."""

    name: str
    now: Readings
    before: Readings = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgentFigures:
    """One member of the team."""

    name: str
    """As on the roster; as the records call them where the roster does not know them."""
    employee: Employee | None
    now: Readings
    channels: Mapping[str, int] = field(default_factory=dict)
    """Requests of this month by the way they came."""
    called: str | None = None
    """What the records call them."""


@dataclass(frozen=True, slots=True)
class Team:
    """How many people a team has, by the roster; None where the roster does not say."""

    size: int | None = None
    before: int | None = None
    year: int | None = None
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    """Whose people are counted: those of the agents who stand in the records."""


@dataclass(frozen=True, slots=True)
class QualityNote:
    """One kind of thing that a reader should know about the data."""

    table: str
    what: str
    done: str
    """What was done with those lines."""
    count: int | None = None
    examples: str = ""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month of a team's service, and the twelve before it."""

    company: str
    period: Period
    main: Mapping[Period, Readings] = field(default_factory=dict)
    types: tuple[Group, ...] = ()
    """The most frequent first; what has no type stands among them, so that they make the whole."""
    channels: Mapping[str, tuple[int | None, int | None, int | None]] = field(default_factory=dict)
    """Requests by the way they came: this month, the one before, a year before."""
    agents: tuple[AgentFigures, ...] = ()
    team: Team = Team()
    hours: Mapping[tuple[int, int], Readings] = field(default_factory=dict)
    """(weekday from 1 for Monday, hour) -> figures of this month."""
    by_hour: Mapping[int, Readings] = field(default_factory=dict)
    """Hour of the day -> figures of this month: a mean is none of means."""
    words: tuple[tuple[str, int], ...] = ()
    """What customers wrote most: a word, in how many comments."""
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    """Metric id -> what is to be reached, in the metric's unit."""
    days: Mapping[Period, int] = field(default_factory=dict)
    """Service days of a month, as far as there are records of it."""
    first: dt.date | None = None
    last: dt.date | None = None
    """The days between which there are records."""
    quality: tuple[QualityNote, ...] = ()
    files: tuple[tuple[str, str, int], ...] = ()
    """What was read: a file's name, its table, its lines."""
    lines: MonthLines = field(default_factory=MonthLines)
    """What this month's figures were counted from."""
    serving: str = ""
    """When customers are served, and how durations are counted."""
    spans: Mapping[Source, tuple[dt.date, dt.date]] = field(default_factory=dict)
    """The first and last day of single tables, where these are not all as long."""

    @property
    def months(self) -> tuple[Period, ...]:
        """The thirteen months, this one last."""
        return months_until(self.period, MONTHS)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Those of the report's months."""
        return (*MAIN, workload.REQUESTS_A_DAY)

    def reading(self, metric: Metric, month: Period) -> Reading:
        """A metric's figure of a month."""
        return self.main.get(month, {}).get(metric.id, NOTHING)

    def reading_of(self, metric: Metric) -> Reading:
        """A metric's figure of this month; of requests a day that of the requests."""
        own = workload.REQUESTS if metric is workload.REQUESTS_A_DAY else metric
        return self.reading(own, self.period)

    def part(self, month: Period, source: Source | None = None) -> str:
        """Which days of a month there are records of, where it is not the whole; else nothing."""
        first, last = self.first, self.last
        if source is not None:
            first, last = self.spans.get(source, (first, last))
        if first is None or last is None or last < month.first_day or month.last_day < first:
            return ""
        begin, end = max(first, month.first_day), min(last, month.last_day)
        if (begin, end) == (month.first_day, month.last_day):
            return ""
        return f"{begin.month}月{begin.day}日至{end.month}月{end.day}日"

    def has(self, month: Period) -> bool:
        """Whether any day of a month lies between the first and the last record."""
        if self.first is None or self.last is None:
            return False
        return self.first <= month.last_day and month.first_day <= self.last
