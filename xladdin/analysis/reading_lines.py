"""Lines out of an engine's tables: those that a view of the month lists, or that meet conditions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import reduce
from operator import or_
from typing import Any

from xladdin.domain.people import Period

from .engines import Engine, numbered, table
from .masking import masked_id, masked_text
from .metric import Condition, Table
from .record_lines import (
    COMPLAINED,
    MOST_LINES,
    SUGGESTED,
    GroupKey,
    LineGroup,
    MonthLines,
    RecordLine,
    View,
    fair_share,
)
from .service_records import Source

GROUPED_BY: Mapping[View, Sequence[str]] = {
    View.TYPE: ("type",),
    View.AGENT: ("agent",),
    View.HOUR: ("hour", "weekday"),
    View.OPINION: ("satisfaction",),
}
MARKED = {COMPLAINED: "complaint", SUGGESTED: "suggestion"}
"""Groups of opinions whose lines may stand in another one, too."""
ORDER = ("opened", "day", "file", "line", "id")
"""The first that was asked stands first."""
COLUMNS = tuple(one.name for one in fields(RecordLine))


def lines_of(
    engine: Engine, where: Condition | None = None, most: int | None = None
) -> list[RecordLine]:
    """The lines that meet a condition, in the order of time; the first ``most`` of them."""
    lines = _table(engine)
    if lines is None:
        return []
    return _read(engine, lines if where is None else lines.filter(where(lines)), most)


def count_lines(engine: Engine, where: Condition | None = None) -> int:
    """How many lines meet a condition."""
    lines = _table(engine)
    if lines is None:
        return 0
    met = lines if where is None else lines.filter(where(lines))
    ((count,),) = engine.rows(met.aggregate(n=met.count()))
    return int(count)


def month_lines(engine: Engine, period: Period, most: int = MOST_LINES) -> MonthLines:
    """A month's lines in every view, of each about ``most``; of a larger month the first of each group."""
    lines = _table(engine)
    if lines is None or "month" not in engine.have(Source.REQUESTS):
        return MonthLines()
    asked = lines.filter(lines.month == str(period))
    counts = {view: dict(_counts(engine, asked, view)) for view in View}
    shares = {view: fair_share([*of.values()], most) for view, of in counts.items()}
    found = _read(engine, _listed(engine, asked, shares, counts), None)
    views = {}
    for view, groups in counts.items():
        kept: dict[GroupKey, list[RecordLine]] = defaultdict(list)
        for line in found:
            for key in _keys(view, line):
                if key in groups and len(kept[key]) < shares[view]:
                    kept[key].append(line)
        views[view] = tuple(
            LineGroup(key, count, tuple(kept[key])) for key, count in groups.items()
        )
    return MonthLines(views)


def _table(engine: Engine) -> Table | None:
    have = engine.have(Source.REQUESTS)
    return table(Source.REQUESTS, have) if have else None


def _read(engine: Engine, lines: Table, most: int | None) -> list[RecordLine]:
    there = [name for name in COLUMNS if name in lines.columns]
    asked = lines.order_by(_order(lines)).select(there)
    rows = engine.rows(asked if most is None else asked.limit(most))
    return [_masked(RecordLine(**dict(zip(there, row, strict=True)))) for row in rows]


def _order(lines: Table) -> list[str]:
    return [name for name in ORDER if name in lines.columns]


def _masked(line: RecordLine) -> RecordLine:
    if line.customer is None and line.words is None:
        return line
    return replace(
        line,
        customer=None if line.customer is None else masked_id(line.customer),
        words=None if line.words is None else masked_text(line.words),
    )


def _keys(view: View, line: RecordLine) -> Iterable[GroupKey]:
    """In which groups of a view a line stands."""
    if view is not View.OPINION:
        yield _key([getattr(line, name) for name in GROUPED_BY[view]])
        return
    if line.satisfaction is not None:
        yield line.satisfaction
    yield from (name for name, column in MARKED.items() if getattr(line, column))


def _key(values: Sequence[Any]) -> GroupKey:
    return values[0] if len(values) == 1 else tuple(values)


def _counts(engine: Engine, lines: Table, view: View) -> Iterable[tuple[GroupKey, int]]:
    """Every group with how many lines it has, the groups in the order of their keys."""
    by = [name for name in GROUPED_BY[view] if name in lines.columns]
    found: dict[GroupKey, int] = {}
    if len(by) == len(GROUPED_BY[view]):
        rows = engine.rows(lines.group_by(by).aggregate(n=lines.count()))
        found = {_key(row[:-1]): int(row[-1]) for row in rows}
    if view is View.OPINION:
        found.pop(None, None)
        for name, column in MARKED.items():
            if column in lines.columns:
                met = lines.filter(lines[column])
                ((count,),) = engine.rows(met.aggregate(n=met.count()))
                found |= {name: int(count)} if count else {}
    yield from sorted(found.items(), key=lambda one: _last_if_unknown(one[0]))


def _last_if_unknown(key: GroupKey) -> Any:
    parts = key if isinstance(key, tuple) else (key,)
    return [(part is None, part or 0 if not isinstance(part, str) else part) for part in parts]


def _listed(
    engine: Engine,
    lines: Table,
    shares: Mapping[View, int],
    counts: Mapping[View, Mapping[GroupKey, int]],
) -> Table:
    """The lines that stand in some view: all of a small month; else the first of each group."""
    cut = {view: by for view, by in GROUPED_BY.items() if _is_cut(counts[view], shares[view])}
    if not cut:
        return lines
    order = _order(lines)
    by_view = {
        view: [name for name in by if name in lines.columns] for view, by in GROUPED_BY.items()
    }
    marked = [column for column in MARKED.values() if column in lines.columns]
    places = {_place(view): numbered(by, order) for view, by in by_view.items() if by}
    places |= {_place(column): numbered([column], order) for column in marked}
    counted = lines.mutate(**places)
    met = [counted[_place(view)] < shares[view] for view, by in by_view.items() if by]
    met += [
        counted[column].fill_null(False) & (counted[_place(column)] < shares[View.OPINION])
        for column in marked
    ]
    return counted.filter(reduce(or_, met))


def _place(of: str) -> str:
    return f"place_{of}"


def _is_cut(counts: Mapping[GroupKey, int], share: int) -> bool:
    return any(count > share for count in counts.values())
