"""What a report counts of each session and order, worked out beside what was recorded of it.

The conditions are those of the metrics, so that lines and figures cannot part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from .engines import NO_SUCH_COLUMN, numbered
from .metric import Direction, Metric, Share, Table
from .metrics import platforms, shop
from .service_records import Source
from .shop_lines import (
    ASKED,
    NOT_ASKED,
    NOT_PAID,
    NOT_RECEIVED,
    PAID,
    PAID_SOON,
    UNKNOWN_CUSTOMER,
    WAS_NOT_PAID,
    WAS_PAID,
)

REACHED, MISSED, IS_ONE, IS_NONE = "达到", "没达到", "是", "不是"
MERGED = "同客户同日"
"""A session of a customer who was counted already that day."""
WAS: Mapping[str, str] = {
    name: f"was_{name}" for name in ("received", "asked", "paid_soon", "paid")
}
"""A step, and the column that says on one line of a customer's day that it was reached."""


def with_steps(source: Source, lines: Table, by: Sequence[str] = ()) -> Table:
    """A table's lines with what is worked out for each; within ``by`` a customer counts once a day.

    What needs a column that nobody handed in is not there.
    """
    match source:
        case Source.CHATS:
            return _chats(lines, by)
        case Source.ORDERS:
            return _orders(lines, by)
        case _:
            return lines


def any_column(step: str) -> str:
    """The column that says on every line of a customer's day whether the step was reached."""
    return f"any_{step}"


def outcomes(metric: Metric) -> tuple[str, str]:
    """What is written of a session that makes a platform's figure greater, and of one that does not."""
    return (IS_ONE, IS_NONE) if metric.direction is Direction.LOWER else (REACHED, MISSED)


def platform_words(metric: Metric) -> tuple[str, ...]:
    """All that may be written of a session in a platform's column."""
    merged = (MERGED,) if metric is platforms.KUAISHOU_SOON else ()
    return (*outcomes(metric), *platforms.LEFT_OUT[metric.id], *merged)


def _of_day(lines: Table, by: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys([*by, "day", "customer"]) if name in lines.columns]


def _order(lines: Table, first: str) -> list[str]:
    return [name for name in (first, "day", "file", "line", "id") if name in lines.columns]


def _chats(lines: Table, by: Sequence[str]) -> Table:
    keys = _of_day(lines, by)
    if {"day", "customer", "first", "asked"} <= set(lines.columns):
        steps = shop.reached(lines)
        anyone = {
            any_column(name): truth.cast("int64").max().over(group_by=keys) == 1
            for name, truth in steps.items()
        }
        place = numbered(keys, _order(lines, "started"))
        lines = lines.mutate(place_of_day=place, **anyone)
        is_first = lines.customer.notnull() & (lines.place_of_day == 0)
        marks = {WAS[name]: _one(is_first & lines[any_column(name)]) for name in steps}
        lines = lines.mutate(stage=_stage(lines), consulted=_one(is_first), **marks)
    made = {metric.id: of for metric in platforms.ALL for of in _platform(lines, metric)}
    lines = lines.mutate(**made) if made else lines
    return _kuaishou(lines, keys)


def _one(truth: Any) -> Any:
    return truth.ifelse(1, None)


def _stage(lines: Table) -> Any:
    """How far the customer came that day."""
    knows = any_column("paid") in lines.columns
    branches = [(lines.customer.isnull(), UNKNOWN_CUSTOMER)]
    if knows:
        branches += [(lines[any_column("paid_soon")], PAID_SOON), (lines[any_column("paid")], PAID)]
    branches += [
        (lines[any_column("asked")], NOT_PAID if knows else ASKED),
        (lines[any_column("received")], NOT_ASKED),
    ]
    return _cases(branches, NOT_RECEIVED)


def _cases(branches: Sequence[tuple[Any, str | None]], otherwise: Any) -> Any:
    return reduce(lambda rest, one: one[0].ifelse(one[1], rest), reversed(branches), otherwise)


def _platform(lines: Table, metric: Metric) -> Iterator[Any]:
    """What a platform makes of each session; nothing where columns are missing."""
    figure = metric.figure
    if metric.lines is not None or not isinstance(figure, Share):
        return
    good, bad = outcomes(metric)
    try:
        above = figure.of(lines).fill_null(False)
        left_out = [(each.figure.where(lines), why) for why, each in _left_out(metric)]
        among = figure.among
        # Not counted, and nobody can say why.
        unknown = [] if among is None else [(~among(lines).fill_null(False), None)]
    except NO_SUCH_COLUMN:
        return
    yield _cases([*left_out, *unknown, (above, good)], bad)


def _left_out(metric: Metric) -> list[tuple[str, Any]]:
    return list(platforms.LEFT_OUT[metric.id].items())


def _kuaishou(lines: Table, keys: Sequence[str]) -> Table:
    """By customers: one of a day's sessions stands for all."""
    metric = platforms.KUAISHOU_SOON
    good, bad = outcomes(metric)
    try:
        counted = platforms.counted_at_kuaishou(lines).fill_null(False)
        late = platforms.late_at_kuaishou(lines)
        left_out = [(each.figure.where(lines), why) for why, each in _left_out(metric)]
        order = _order(lines, "started")
        lines = lines.mutate(
            at_kuaishou=counted,
            late_there=(counted & late).cast("int64"),
            why_not=_cases(left_out, ""),
        )
    except NO_SUCH_COLUMN:
        return lines
    lines = lines.mutate(
        any_late=lines.late_there.max().over(group_by=list(keys)),
        place_there=numbered([*keys, "at_kuaishou"], order),
    )
    told = _cases(
        [
            (lines.why_not != "", lines.why_not),
            (lines.place_there > 0, MERGED),
            (lines.any_late == 1, bad),
        ],
        good,
    )
    return lines.mutate(**{metric.id: told})


def _orders(lines: Table, by: Sequence[str]) -> Table:
    if "paid" not in lines.columns:
        return lines
    lines = lines.mutate(
        state=lines.paid.notnull().ifelse(WAS_PAID, WAS_NOT_PAID),
        was_paid=lines.paid.notnull(),
    )
    if "customer" not in lines.columns:
        return lines
    keys = [*by, "customer"]
    lines = lines.mutate(
        place_there=numbered([*keys, "was_paid"], _order(lines, "ordered")),
        paid_there=lines.was_paid.cast("int64").sum().over(group_by=keys),
    )
    is_first = lines.was_paid & lines.customer.notnull() & (lines.place_there == 0)
    again = is_first & (lines.paid_there >= 2)
    return lines.mutate(buyer=_one(is_first), again=_one(again))
