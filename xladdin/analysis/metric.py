"""What a metric is: its name, its definition in words, and how its figure comes out of many lines.

The one expression over the columns of a table stands in the metric.  How lines become a figure is one of
few kinds, so that a ratio is always one of sums, never a mean of ratios, and a percentile never comes out
of percentiles (source: convention, as 口径 prints it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, TypeAlias, assert_never

from . import service_records as records
from .service_records import Source

Table: TypeAlias = Any
"""A table expression of Ibis, which brings no types."""
Condition: TypeAlias = Callable[[Table], Any]
"""Whether a line meets it, as an expression over the table's columns."""
Measure: TypeAlias = Callable[[Table], Any]
"""A whole number of a line, likewise."""


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "越高越好"
    LOWER = "越低越好"
    NEITHER = "不分好坏"


@dataclass(frozen=True, slots=True)
class Scale:
    """In which unit a figure is shown, and with how many places."""

    name: str
    per: int = 1
    """So many of the table's own unit make one."""
    places: int = 0

    @property
    def percent(self) -> bool:
        """Whether figures are shares of 1, whose changes are counted in 百分点."""
        return self.name == "%"

    def shown(self, value: Decimal) -> Decimal:
        """A value of the table's own unit in this one, rounded as it is shown: 62.5 -> 1.0 分钟."""
        places = self.places + 2 if self.percent else self.places
        step = Decimal(1).scaleb(-places)
        return (value / self.per).quantize(step, rounding=ROUND_HALF_UP)


PIECES = Scale("条")
PEOPLE = Scale("人")
PER_DAY = Scale("条/天", places=1)
SECONDS = Scale("秒", records.SECOND, 1)
MINUTES = Scale("分钟", records.MINUTE, 1)
HOURS = Scale("小时", records.HOUR, 1)
STARS = Scale("分", 100, 2)
MARKS = Scale("分", places=2)
"""Points of an appraisal."""
PERCENT = Scale("%", places=1)
YUAN = Scale("元", 100, 2)


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines meet a condition; all, where there is none.

    Nobody knows, and it is not 0, where no line says whether it meets the condition.
    """

    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Different:
    """How many different entries a column has; empty ones count for nothing."""

    of: Callable[[Table], Any]


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column; lines without a value count for nothing."""

    of: Measure


@dataclass(frozen=True, slots=True)
class Share:
    """The lines that meet a condition, out of those that meet another one."""

    of: Condition
    among: Condition | None = None


@dataclass(frozen=True, slots=True)
class Mean:
    """A column's sum divided by how many lines have a value."""

    of: Measure


@dataclass(frozen=True, slots=True)
class Each:
    """A column's sum divided by how many different entries another column has: yuan a buyer."""

    of: Measure
    over: Callable[[Table], Any]


@dataclass(frozen=True, slots=True)
class Percentile:
    """The value below which this part of the lines lies, between two values by straight line."""

    of: Measure
    at: str
    """0.5 for the median, 0.9: the text of a decimal number."""


@dataclass(frozen=True, slots=True)
class PerDay:
    """How many lines for each service day; which days those are is a setting of the report."""


Aggregation: TypeAlias = Count | Different | Sum | Share | Mean | Each | Percentile | PerDay


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of the reports."""

    id: str
    name: str
    definition: str
    """In one sentence: what is counted, out of what, and what is left out."""
    scale: Scale
    direction: Direction
    source: Source
    figure: Aggregation
    lines: Callable[[Table, Sequence[str]], Table] | None = None
    """Other lines than the table's own, made of it for a grouping: one for each customer."""

    @property
    def additive(self) -> bool:
        """Whether parts may be added up to the whole."""
        return isinstance(self.figure, (Count, Sum))


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric's figure for a group of lines."""

    value: Decimal | None
    """In the metric's unit, rounded as shown; None where no line says anything."""
    basis: int
    """How many lines it is made of: what a share is out of, what a mean is over."""
    above: int | None = None
    """Of a share or a count under a condition: the lines that meet it."""


NOTHING = Reading(None, 0)


@dataclass(frozen=True, slots=True)
class Level:
    """A percentile before it is asked for: all those of one column are taken from its values at once."""

    of: Any
    """The column, as an expression."""
    at: float


def _count(condition: Any) -> Any:
    """How many lines meet it.  Spark does not read what Ibis prints for a count under a condition."""
    return condition.ifelse(1, None).count()


def parts(figure: Aggregation, table: Table) -> Mapping[str, Any]:
    """What an engine has to work out: whole numbers, but for percentiles, each a ``Level``."""
    match figure:
        case Count(where) if where is not None:
            return {"above": _count(where(table)), "n": where(table).count()}
        case Count() | PerDay():
            return {"n": table.count()}
        case Different(of):
            return {"n": of(table).nunique()}
        case Sum(of):
            return {"sum": of(table).sum(), "n": of(table).count()}
        case Share(of, among):
            both = of(table) if among is None else of(table) & among(table)
            every = table.count() if among is None else _count(among(table))
            return {"above": _count(both), "n": every}
        case Mean(of):
            return {"sum": of(table).sum(), "n": of(table).count()}
        case Each(of, over):
            return {"sum": of(table).sum(), "n": over(table).nunique()}
        case Percentile(of, at):
            return {"at": Level(of(table), float(at)), "n": of(table).count()}
        case _:
            assert_never(figure)


def reading(metric: Metric, found: Mapping[str, Any], service_days: int) -> Reading:
    """The figure out of what an engine worked out; ``service_days`` is 0 where nobody knows them."""
    basis = int(found["n"] or 0)
    value: Decimal | None
    above = None
    match metric.figure:
        case Count(where) if where is not None:
            above = int(found["above"] or 0)
            value = Decimal(above) if basis else None
        case Count() | Different():
            value = Decimal(basis)
        case Sum():
            value = Decimal(int(found["sum"])) if basis else None
        case Mean() | Each():
            value = Decimal(int(found["sum"])) / basis if basis else None
        case Share():
            above = int(found["above"] or 0)
            value = Decimal(above) / basis if basis else None
        case Percentile():
            # An engine's fraction of a microsecond is noise.
            value = Decimal(round(found["at"])) if basis else None
        case PerDay():
            value = Decimal(basis) / service_days if service_days else None
        case _:
            assert_never(metric.figure)
    return Reading(None if value is None else metric.scale.shown(value), basis, above)
