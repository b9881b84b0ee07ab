"""What the cells of the monthly report are called, and the figures of metrics as sentences see them."""

from __future__ import annotations

from collections.abc import Sequence

from xladdin.analysis.metric import Count, Direction, Mean, Metric, Percentile, Share
from xladdin.analysis.metrics import opinions, platforms, shop, workload
from xladdin.analysis.month_figures import MAIN, MONTHS, MonthFigures
from xladdin.analysis.service_records import Source
from xladdin.analysis.shop_figures import SHOP_MAIN
from xladdin.domain.people import Period
from xladdin.formula.nodes import Var

from .report_sentences import LAST_MONTH, LAST_YEAR, Subject

NOW, BEFORE, YEAR = MONTHS - 1, MONTHS - 2, 0
METRICS = {metric.id: metric for metric in (*MAIN, workload.REQUESTS_A_DAY)}
EVERY = METRICS | {metric.id: metric for metric in SHOP_MAIN}
"""Of the monthly report, and of the shop's beside."""
REQUESTS = workload.REQUESTS.id
CLASSES = (opinions.SATISFIED_SHARE, opinions.MIDDLING_SHARE, opinions.DISSATISFIED_SHARE)
COUNTED = {
    opinions.COMPLAINT_SHARE.id: opinions.COMPLAINTS.id,
    shop.RECEIVED_SHARE.id: shop.RECEIVED.id,
    shop.ASKED_SHARE.id: shop.ASKED.id,
    shop.CONVERTED.id: shop.PAID.id,
}
"""Shares whose lines are a metric themselves."""
OUT_OF = {
    opinions.ANSWERED.id: REQUESTS,
    shop.RECEIVED_SHARE.id: shop.CONSULTED.id,
    shop.ASKED_SHARE.id: shop.RECEIVED.id,
    shop.CONVERTED_SOON.id: shop.ASKED.id,
    shop.CONVERTED.id: shop.ASKED.id,
    shop.REPLIED.id: platforms.CHATS.id,
    platforms.JINGDONG_MESSAGES.id: platforms.CHATS.id,
}
"""Shares out of the lines of another metric."""
AGENTS = "agents"
"""The table of agents."""
MOST_TYPES = 20


def value(metric: str, month: int = NOW) -> str:
    """A metric's figure of a month, counted from the first of the thirteen."""
    return f"m.{metric}.{month}"


def above(metric: str, month: int = NOW) -> str:
    """The lines that a share counts: a metric of its own, or a cell of their own."""
    own = COUNTED.get(metric)
    return value(own, month) if own else f"m.{metric}.above.{month}"


def basis(metric: str, month: int = NOW) -> str:
    """The lines that a share is out of, or that a mean is over."""
    own = OUT_OF.get(metric)
    return value(own, month) if own else f"m.{basis_of(metric)}.n.{month}"


def basis_of(metric: str) -> str:
    """Metrics over the same lines have one cell for their number: mean, median, P90 of a time."""
    if metric in {one.id for one in CLASSES}:
        return "rated"
    if metric in {platforms.FEIGE_SOON.id, platforms.FEIGE_UNSERVED.id}:
        return "feige"
    head, _, kind = metric.rpartition("_")
    return head if kind in {"mean", "median", "p90", "within"} else metric


def days(month: int = NOW) -> str:
    """Service days of a month."""
    return f"m.days.{month}"


def month_label(month: int = NOW) -> str:
    """What a month is called on charts."""
    return f"m.label.{month}"


def target(metric: str) -> str:
    """What is to be reached this month."""
    return f"target.{metric}"


def next_target(metric: str) -> str:
    """What is to be reached next month."""
    return f"next.{metric}"


def of_type(number: int, what: str) -> str:
    """A cell of a type of request: name, count, before, share, cumulative, mean, once, reopened."""
    return f"type.{number}.{what}"


def of_hour(weekday: int, hour: int) -> str:
    """Requests of an hour of a weekday (from 1 for Monday)."""
    return f"hour.{weekday}.{hour}"


def of_day(hour: int, what: str) -> str:
    """Requests of an hour of the day in all (``total``), their share, their mean reply."""
    return f"hours.{hour}.{what}"


ALL_HOURS = "hours.all"


def of_team(what: str) -> str:
    """Size, before, year, joined, left."""
    return f"team.{what}"


def of_channel(number: int, what: str) -> str:
    """Requests by the way they came: name, now, before, year, share."""
    return f"channel.{number}.{what}"


def has_target(metric: Metric) -> bool:
    """Whether there can be a target: something must be better than something else."""
    return metric.direction is not Direction.NEITHER


def month_text(period: Period) -> str:
    """``25年10月``: short enough for a head over a column."""
    return f"{period.year % 100}年{period.month}月"


def month_on_charts(period: Period, figures: MonthFigures) -> str:
    """The same with a star where the month is no whole one."""
    return f"{month_text(period)}{'*' if figures.part(period) else ''}"


def basis_var(metric: Metric, month: int = NOW) -> Var | None:
    """The cell of how many lines a share or mean is made of."""
    if isinstance(metric.figure, (Share, Mean, Percentile)):
        return Var(basis(metric.id, month))
    return None


def least_var(metric: Metric) -> Var:
    """What must be large enough to be pointed out: the lines of a share, a count itself."""
    own = Var(value(metric.id))
    return own if isinstance(metric.figure, Count) else basis_var(metric) or own


def comparable(metric: Metric, figures: MonthFigures) -> frozenset[int]:
    """The months that may be compared with each other: for sums only the whole ones."""
    return frozenset(
        i
        for i, month in enumerate(figures.months)
        if not (metric.additive and figures.part(month, metric.source))
    )


def months_var(metric: str) -> tuple[Var, ...]:
    """The metric's thirteen figures."""
    return tuple(Var(value(metric, month)) for month in range(MONTHS))


def subject(metric: Metric, figures: MonthFigures) -> Subject:
    """A metric as sentences see it; parts of months are told where they matter."""
    return Subject(
        metric,
        Var(value(metric.id)),
        Var(value(metric.id, BEFORE)),
        Var(value(metric.id, YEAR)),
        basis_var(metric),
        Var(target(metric.id)) if has_target(metric) else None,
        *_parts(figures, metric.source),
    )


def _parts(figures: MonthFigures, source: Source) -> Sequence[str]:
    """What is said where this month, the one before, or that of a year before is no whole one."""
    months = figures.months
    named = (("本月", months[NOW]), (LAST_MONTH, months[BEFORE]), (LAST_YEAR, months[YEAR]))
    found = ((name, figures.part(month, source)) for name, month in named)
    return [f"{name}只有{part}的数据" if part else "" for name, part in found]
