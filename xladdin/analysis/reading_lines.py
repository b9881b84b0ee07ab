"""Lines out of an engine's tables: those that a view of the month lists, or that meet conditions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from xladdin.domain.people import Period

from .engines import Engine, numbered, table
from .masking import masked_id, masked_text
from .metric import Table
from .record_lines import (
    COMPLAINED,
    LINES,
    MOMENTS,
    MOST_LINES,
    OF_MONTH,
    SUGGESTED,
    UNSOLVED,
    WRITTEN,
    GroupKey,
    Line,
    LineGroup,
    MonthLines,
    RecordLine,
    View,
    fair_share,
)
from .service_records import Source
from .shop_line_steps import with_steps

Pick: TypeAlias = Callable[[Table], Table]
"""Which lines of a table are asked for, with whatever is worked out for each."""
MARKS: Mapping[str, str] = {
    COMPLAINED: "complaint",
    SUGGESTED: "suggestion",
    WRITTEN: "words",
    UNSOLVED: "open",
}
"""Groups whose lines may stand in another one, too: by a column that says yes, or anything."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """How a view puts lines together."""

    by: tuple[str, ...]
    marks: tuple[str, ...] = ()
    needed: bool = True
    """Whether there is no view without the columns of ``by``."""
    unknown: bool = True
    """Whether lines that do not say are a group, too."""
    counted_by: tuple[str, ...] = ()
    """Columns within which a customer counts once."""


GROUPED: Mapping[View, Grouping] = {
    View.ALL: Grouping(("channel",), (UNSOLVED,), needed=False),
    View.TYPE: Grouping(("type",)),
    View.OPINION: Grouping(
        ("satisfaction",), (COMPLAINED, SUGGESTED, WRITTEN), needed=False, unknown=False
    ),
    View.HOUR: Grouping(("hour", "weekday")),
    View.WEEKDAY: Grouping(("weekday", "hour")),
    View.AGENT: Grouping(("agent",)),
    View.STAGE: Grouping(("stage",), needed=False),
    View.CHATTER: Grouping(("agent",), counted_by=("agent",)),
    View.ORDER: Grouping(("state", "agent"), needed=False),
}
ORDER = ("day", "file", "line", "id")
"""The first that was asked stands first; this is what comes after the time."""


def lines_of(
    engine: Engine,
    pick: Pick | None = None,
    most: int | None = None,
    source: Source = Source.REQUESTS,
) -> list[Line]:
    """The lines that are picked, in the order of time; the first ``most`` of them."""
    lines = _table(engine, source)
    if lines is None:
        return []
    return _read(engine, lines if pick is None else pick(lines), most, source)


def count_lines(engine: Engine, pick: Pick | None = None, source: Source = Source.REQUESTS) -> int:
    """How many lines are picked."""
    lines = _table(engine, source)
    return 0 if lines is None else _count(engine, lines if pick is None else pick(lines))


def _count(engine: Engine, lines: Table) -> int:
    ((count,),) = engine.rows(lines.aggregate(n=lines.count()))
    return int(count)


def month_lines(
    engine: Engine,
    period: Period,
    most: int = MOST_LINES,
    views: Sequence[View] = OF_MONTH,
) -> MonthLines:
    """A month's lines in every view, of each about ``most``; of a larger month the first of each group."""
    found, known = {}, _Known(engine, period)
    for view in views:
        lines = known.lines(view)
        if lines is not None:
            found[view] = tuple(_groups(engine, lines, view, most, known))
    return MonthLines(found)


@dataclass(slots=True)
class _Known:
    """A month's lines as the views need them; what was read for one is not read again for another."""

    engine: Engine
    period: Period
    read: dict[tuple[Source, tuple[str, ...]], list[Line]] = field(default_factory=dict)
    counted: dict[Source, int] = field(default_factory=dict)

    def lines(self, view: View) -> Table | None:
        """None where nothing says of which month lines are."""
        lines = _table(self.engine, view.source)
        if lines is None or "month" not in lines.columns:
            return None
        asked = lines.filter(lines.month == str(self.period))
        return with_steps(view.source, asked, GROUPED[view].counted_by)

    def many(self, lines: Table, view: View, most: int) -> bool:
        """Whether a month has more lines than are to be read at once."""
        if view.source not in self.counted:
            self.counted[view.source] = _count(self.engine, lines)
        return self.counted[view.source] > most

    def all(self, lines: Table, view: View) -> list[Line]:
        """All lines of a small month."""
        kind = view.source, GROUPED[view].counted_by
        if kind not in self.read:
            self.read[kind] = _read(self.engine, lines, None, view.source)
        return self.read[kind]


def _groups(
    engine: Engine, lines: Table, view: View, most: int, known: _Known
) -> Iterable[LineGroup]:
    grouping = GROUPED[view]
    by = [name for name in grouping.by if name in lines.columns]
    if grouping.needed and len(by) < len(grouping.by):
        return
    counts = dict(_counts(engine, lines, grouping, by))
    if not counts:
        return
    share = fair_share([*counts.values()], most)
    # Lines that no group has may be many, too.
    if any(count > share for count in counts.values()) or known.many(lines, view, most):
        read = _read(engine, _first(lines, grouping, by, share, view.source), None, view.source)
    else:
        read = known.all(lines, view)
    kept: dict[GroupKey, list[Line]] = defaultdict(list)
    for line in read:
        for key in _keys(grouping, by, line):
            if key in counts and len(kept[key]) < share:
                kept[key].append(line)
    yield from (LineGroup(key, count, tuple(kept[key])) for key, count in counts.items())


def _table(engine: Engine, source: Source) -> Table | None:
    have = engine.have(source)
    return table(source, have) if have else None


def _read(engine: Engine, lines: Table, most: int | None, source: Source) -> list[Line]:
    kind = LINES[source]
    there = [one.name for one in fields(kind) if one.name in lines.columns]
    asked = lines.order_by(_order(lines, source)).select(there)
    rows = engine.rows(asked if most is None else asked.limit(most))
    return [_masked(kind(**dict(zip(there, row, strict=True)))) for row in rows]


def _order(lines: Table, source: Source) -> list[str]:
    return [name for name in (MOMENTS[source][0], *ORDER) if name in lines.columns]


def _masked(line: Line) -> Line:
    if line.customer is not None:
        line = replace(line, customer=masked_id(line.customer))
    if isinstance(line, RecordLine) and line.words is not None:
        line = replace(line, words=masked_text(line.words))
    return line


def _keys(grouping: Grouping, by: Sequence[str], line: Line) -> Iterable[GroupKey]:
    """In which groups of a view a line stands."""
    if by or not grouping.needed:
        key = _key([getattr(line, name) for name in by])
        if key is not None or grouping.unknown:
            yield key
    for name in grouping.marks:
        said = getattr(line, MARKS[name])
        if said is not None and said is not False:
            yield name


def _key(values: Sequence[Any]) -> GroupKey:
    return (values[0] if values else None) if len(values) < 2 else tuple(values)


def _marked(lines: Table, name: str) -> Any:
    """Whether lines belong to a marked group; None where its column is not there."""
    column = MARKS[name]
    if column not in lines.columns:
        return None
    said = lines[column]
    return said.fill_null(False) if said.type().is_boolean() else said.notnull()


def _counts(
    engine: Engine, lines: Table, grouping: Grouping, by: Sequence[str]
) -> Iterable[tuple[GroupKey, int]]:
    """Every group with how many lines it has, the groups in the order of their keys."""
    found: dict[GroupKey, int] = {}
    if by:
        rows = engine.rows(lines.group_by(by).aggregate(n=lines.count()))
        found = {_key(row[:-1]): int(row[-1]) for row in rows}
    elif grouping.unknown:
        whole = _count(engine, lines)
        found = {None: whole} if whole else {}
    if not grouping.unknown:
        found.pop(None, None)
    for name in grouping.marks:
        met = _marked(lines, name)
        count = 0 if met is None else _count(engine, lines.filter(met))
        found |= {name: count} if count else {}
    yield from sorted(found.items(), key=lambda one: _last_if_unknown(one[0]))


def _last_if_unknown(key: GroupKey) -> Any:
    parts = key if isinstance(key, tuple) else (key,)
    return [(part is None, part or 0 if not isinstance(part, str) else part) for part in parts]


def _first(
    lines: Table, grouping: Grouping, by: Sequence[str], share: int, source: Source
) -> Table:
    """The first lines of each group."""
    order = _order(lines, source)
    marks = {name: met for name in grouping.marks if (met := _marked(lines, name)) is not None}
    # A place among those that are marked, and one among those of the group.
    counted = lines.mutate(**{f"is_{MARKS[name]}": met for name, met in marks.items()})
    columns = {name: f"is_{MARKS[name]}" for name in marks}
    places = {f"place_{column}": numbered([column], order) for column in columns.values()}
    counted = counted.mutate(place_in_group=numbered(by, order), **places)
    met = [counted.place_in_group < share]
    if not grouping.unknown and by:
        met = [met[0] & counted[by[0]].notnull()]
    elif not by and not grouping.unknown:
        met = []
    met += [counted[column] & (counted[f"place_{column}"] < share) for column in columns.values()]
    return counted.filter(reduce(or_, met))
