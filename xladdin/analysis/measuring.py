"""Metrics worked out over groups of lines: by month, agent, type, or weekday and hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from .engines import NO_SUCH_COLUMN, Engine, table
from .metric import NOTHING, Condition, Level, Metric, Reading, Table, parts, reading

Group: TypeAlias = tuple[Any, ...]
Found: TypeAlias = dict[Group, dict[str, Reading]]


def measure(
    engine: Engine,
    metrics: Sequence[Metric],
    by: Sequence[str] = (),
    *,
    where: Condition | None = None,
    service_days: Callable[[Group], int] = lambda group: 0,
) -> Found:
    """For each group (in the order of ``by``) each metric's figure by its id.

    Metrics over the same lines are worked out together, in one pass.  A group of which none has a line
    is not there; without ``by`` there is the one group of all, even over no lines.  Of a metric that
    needs a column which nobody handed in, ``NOTHING`` is known: it is not 0.
    """
    found: Found = {}
    for _, some in groupby(sorted(metrics, key=_lines), key=_lines):
        _add(found, engine, tuple(some), by, where, service_days)
    for figures in found.values():
        for metric in metrics:
            figures.setdefault(metric.id, NOTHING)
    return found


def known(metric: Metric, have: Collection[str]) -> bool:
    """Whether a metric can be worked out from these columns of its table."""
    return _asked(metric, _lines_of(metric, have, (), None)) is not None


def _lines(metric: Metric) -> tuple[str, int]:
    return str(metric.source), 0 if metric.lines is None else id(metric.lines)


def _lines_of(
    metric: Metric, have: Collection[str], by: Sequence[str], where: Condition | None
) -> Table | None:
    """What a metric is worked out over; None where these columns do not suffice."""
    if not have:
        return None
    lines = table(metric.source, have)
    try:
        if where is not None:
            lines = lines.filter(where(lines))
        return lines if metric.lines is None else metric.lines(lines, by)
    except NO_SUCH_COLUMN:
        return None


def _asked(metric: Metric, lines: Table | None) -> Mapping[str, Any] | None:
    """What an engine is to work out for a metric; None where columns are missing."""
    if lines is None:
        return None
    try:
        return parts(metric.figure, lines)
    except NO_SUCH_COLUMN:
        return None


def _add(
    found: Found,
    engine: Engine,
    metrics: Sequence[Metric],
    by: Sequence[str],
    where: Condition | None,
    service_days: Callable[[Group], int],
) -> None:
    """One query for metrics over the same lines."""
    lines = _lines_of(metrics[0], engine.have(metrics[0].source), by, where)
    asked = [(metric, of) for metric in metrics if (of := _asked(metric, lines)) is not None]
    if lines is None or not asked:
        return
    query = _Query(each for _, of in asked for each in of.values())
    rows = engine.rows(
        lines.group_by(list(by)).aggregate(**query.columns)
        if by
        else lines.aggregate(**query.columns)
    )
    places = [
        (metric, {name: query.place(each) for name, each in of.items()}) for metric, of in asked
    ]
    for row in rows:
        group, worked_out = tuple(row[: len(by)]), row[len(by) :]
        into = found.setdefault(group, {})
        for metric, of in places:
            named = {name: place(worked_out) for name, place in of.items()}
            into[metric.id] = reading(metric, named, service_days(group))


class _Query:
    """What an engine is asked for: each expression once, and all percentiles of a column as one list.

    For each of its lists an engine keeps all values of the column.
    """

    def __init__(self, values: Iterable[Any]) -> None:
        self._levels: dict[Any, list[float]] = defaultdict(list)
        asked: dict[Any, Any] = {}
        for each in values:
            if isinstance(each, Level):
                self._levels[each.of.op()].append(each.at)
            else:
                asked[each.op()] = each
        asked |= {of: of.to_expr().quantile(levels) for of, levels in self._levels.items()}
        self._places = {key: place for place, key in enumerate(asked)}
        self.columns = {f"value{place}": each for place, each in enumerate(asked.values())}

    def place(self, value: Any) -> Callable[[Sequence[Any]], Any]:
        """How a value is taken out of a row of these columns."""
        if not isinstance(value, Level):
            return itemgetter(self._places[value.op()])
        of = value.of.op()
        column, level = self._places[of], self._levels[of].index(value.at)
        return lambda row: None if row[column] is None else row[column][level]
