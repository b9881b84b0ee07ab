"""Metrics worked out over groups of lines: by month, agent, type, or weekday and hour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from .engines import Engine, table
from .metric import Condition, Metric, Reading, parts, reading

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
    is not there; without ``by`` there is the one group of all, even over no lines.
    """
    found: Found = {}
    for _, some in groupby(sorted(metrics, key=_lines), key=_lines):
        _add(found, engine, tuple(some), by, where, service_days)
    return found


def _lines(metric: Metric) -> tuple[str, int]:
    return str(metric.source), 0 if metric.lines is None else id(metric.lines)


def _add(
    found: Found,
    engine: Engine,
    metrics: Sequence[Metric],
    by: Sequence[str],
    where: Condition | None,
    service_days: Callable[[Group], int],
) -> None:
    """One query for metrics over the same lines."""
    lines = table(metrics[0].source)
    if where is not None:
        lines = lines.filter(where(lines))
    if metrics[0].lines is not None:
        lines = metrics[0].lines(lines, by)
    asked = [(metric, parts(metric.figure, lines)) for metric in metrics]
    values = {f"{metric.id}_{name}": each for metric, of in asked for name, each in of.items()}
    rows = engine.rows(
        lines.group_by(list(by)).aggregate(**values) if by else lines.aggregate(**values)
    )
    for row in rows:
        group, worked_out = tuple(row[: len(by)]), iter(row[len(by) :])
        into = found.setdefault(group, {})
        for metric, of in asked:
            named: Mapping[str, Any] = {name: next(worked_out) for name in of}
            into[metric.id] = reading(metric, named, service_days(group))
