"""What each column of an export stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xladdin.domain.quantities import Unit, facts
from xladdin.intake.grids import Grid
from xladdin.intake.headers import Headers, Wanted, header_key
from xladdin.intake.stated_figures import CONVERTED
from xladdin.intake.stated_units import convertible
from xladdin.intake.times import SECONDS
from xladdin.problems import Place, Problem, warning

from .mapping import COUNTS, EVENT, MONTH, PERSON, SPECIAL, TWO_COLUMNS, How, Mapping
from .pivot_heads import PREFIXES, without_function
from .row_conditions import condition_of
from .units import note_of, unit_named, without_note

_PLUS = re.compile(r"[+＋]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet, or several that are added up, and the indicators it may stand for."""

    field: str
    head: str
    targets: tuple[Mapping, ...]
    others: tuple[str, ...] = ()
    """The fields of further columns whose figures are added."""
    pivot: How | None = None
    """What a pivot table has worked out here."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet by what they are for."""

    people: tuple[tuple[str, str], ...]
    """工号, 姓名 or 昵称, and the field that holds it."""
    months: tuple[str, ...]
    figures: tuple[Column, ...]
    unknown: tuple[str, ...]
    """Heads that no mapping knows."""


def parts_of(column: str) -> list[str]:
    """The columns that a mapping adds up; one for most."""
    return [part.strip() for part in _PLUS.split(column) if part.strip()]


class Plan:
    """The mappings, as heads to look for."""

    def __init__(self, mappings: Sequence[Mapping]) -> None:
        self._targets: dict[str, list[Mapping]] = {}
        for mapping in mappings:
            found = self._targets.setdefault(header_key(mapping.column), [])
            if mapping.target not in [other.target for other in found]:
                found.append(mapping)
        self._helpers = {
            header_key(head): head
            for mapping in mappings
            if mapping.target not in SPECIAL
            for head in _helpers(mapping)
            if header_key(head) not in self._targets
        }
        self._pivots = {
            f"{how}:{key}": (how, key)
            for key, found in self._targets.items()
            if any(mapping.target not in SPECIAL for mapping in found)
            for how in PREFIXES
        }

    @property
    def wanted(self) -> Wanted:
        """Every head is a field of its own; with 平均响应时长（秒） goes 平均响应时长."""
        own = {key: self._accepted(found[0].column) for key, found in self._targets.items()}
        helping = {key: self._accepted(head) for key, head in self._helpers.items()}
        pivots = {
            field: tuple(f"{prefix}{head}" for prefix in PREFIXES[how] for head in own[key])
            for field, (how, key) in self._pivots.items()
        }
        # What is said of a head in so many words goes before all else.
        return pivots | helping | own

    def _accepted(self, column: str) -> tuple[str, ...]:
        bare = without_note(column)
        return (column,) if header_key(bare) in self._targets else (column, bare)

    def columns(self, grid: Grid, head: Headers) -> tuple[Columns, list[Problem]]:
        """What the columns of a sheet stand for, and why some are not read."""
        people: list[tuple[str, str]] = []
        months: list[str] = []
        events: list[str] = []
        for field in head.columns:
            for mapping in self._targets.get(field, ()):
                if mapping.target in PERSON:
                    people.append((mapping.target, field))
                elif mapping.target in (MONTH, EVENT):
                    (months if mapping.target == MONTH else events).append(field)
        people.sort(key=lambda each: PERSON.index(each[0]))
        event, problems = self._event(grid, head, events)
        figures = []
        for column in [*self._direct(head), *self._added(head)]:
            kept, faults = _usable(grid, head, column)
            problems += faults
            figures += [kept] if kept else []
        figures = _without_derived(figures)
        unknown = self._unknown(head, figures)
        return Columns(tuple(people), (*months, *event), tuple(figures), unknown), problems

    def _unknown(self, head: Headers, figures: Sequence[Column]) -> tuple[str, ...]:
        """Heads of which nothing came: nobody knows them, or what they help with is not here."""
        helping = {
            header_key(part) for c in figures for m in c.targets for part in _helpers(m)
        }  # fmt: skip
        known = {
            place
            for field, places in head.columns.items()
            if field not in self._helpers or field in helping
            for place in places
        }
        # What another column was preferred to is told by whoever reads the rows.
        known |= set(head.passed_over)
        return tuple(label for i, label in enumerate(head.labels) if label and i not in known)

    def _event(
        self, grid: Grid, head: Headers, fields: list[str]
    ) -> tuple[list[str], list[Problem]]:
        """Which of several times of a thing tells its month: the one that is mapped first."""
        order = list(self._targets)
        fields = sorted(fields, key=order.index)
        if len(fields) < 2:
            return fields, []
        heads = "、".join(f"「{head.label(field)}」" for field in fields)
        first = head.label(fields[0])
        message = (
            f"有{len(fields)}列时间：{heads}，按「{first}」算是哪一天、哪个月的；要按别的列，"
            f"请在“导入对照”表中把「{first}」写成 不导入"
        )
        place = grid.place(head.row, head.columns[fields[0]][0], first)
        return fields[:1], [warning("several_dates", message, place)]

    def _direct(self, head: Headers) -> Iterator[Column]:
        for field in head.columns:
            pivot, key = self._pivots.get(field, (None, field))
            targets = [m for m in self._targets.get(key, ()) if m.target not in SPECIAL]
            if targets:
                yield Column(field, head.label(field), tuple(targets), pivot=pivot)

    def _added(self, head: Headers) -> Iterator[Column]:
        """Mappings of several columns that are all there."""
        for key, found in self._targets.items():
            fields = [header_key(part) for part in parts_of(found[0].column)]
            if len(fields) > 1 and key not in head.columns and fields[0] in head.columns:
                targets = tuple(m for m in found if m.target not in SPECIAL)
                yield Column(fields[0], found[0].column, targets, tuple(fields[1:]))


def _helpers(mapping: Mapping) -> Iterator[str]:
    """Columns that a mapping needs beside its own."""
    parts = parts_of(mapping.column)
    yield from parts if len(parts) > 1 else ()
    yield from parts_of(mapping.by)
    condition = condition_of(mapping.condition) if mapping.condition else None
    if condition and condition.column:
        yield condition.column


def _usable(grid: Grid, head: Headers, column: Column) -> tuple[Column | None, list[Problem]]:
    """The column with those of its targets that can be worked out."""
    places = head.columns[column.field]
    fault = _double(grid, head, places) or _doubt(grid, head, column)
    if fault:
        return None, [fault]
    place = grid.place(head.row, places[0], head.label(column.field))
    targets, problems = [], [*_converted(column, place)]
    for mapping in column.targets:
        why = _lacks(head, column, mapping)
        if not why:
            targets.append(mapping)
        elif not mapping.assumed:
            problems.append(_lacking(column, mapping, why, place))
    return (replace(column, targets=tuple(targets)) if targets else None), problems


def _lacks(head: Headers, column: Column, mapping: Mapping) -> str:
    """What a mapping needs and the sheet has not; empty where nothing is lacking."""
    missing = [f for f in column.others if len(head.columns.get(f, ())) != 1]
    if missing:
        return f"还要有一列「{missing[0]}」"
    if mapping.by and mapping.how not in TWO_COLUMNS:
        return f"写了「{mapping.by}」，汇总方式要是加权平均或求和相除"
    if mapping.how is How.RATIO:
        missing = [p for p in parts_of(mapping.by) if len(head.columns.get(header_key(p), ())) != 1]
        if missing or not mapping.by:
            return f"求和相除要有一列{f'「{missing[0]}」' if missing else '除以的列'}"
    if mapping.how is How.SHARE and not mapping.condition:
        return "占比要写条件"
    if mapping.condition:
        condition = condition_of(mapping.condition)
        if condition is None:
            return f"条件「{mapping.condition}」看不懂（如 是、评价=满意、<=30）"
        if condition.column and len(head.columns.get(header_key(condition.column), ())) != 1:
            return f"条件要有一列「{condition.column}」"
    return ""


def _lacking(column: Column, mapping: Mapping, why: str, place: Place) -> Problem:
    message = f"「{column.head}」算不出指标「{mapping.target}」：{why}，没有导入"
    return Problem("column_lacking", message, place)


def _without_derived(figures: list[Column]) -> list[Column]:
    """A share that stands in the file itself goes before one that would be worked out."""
    stated = {m.target for c in figures for m in c.targets if m.how is not How.RATIO}

    def kept(mapping: Mapping) -> bool:
        return not (mapping.assumed and mapping.how is How.RATIO and mapping.target in stated)

    columns = [replace(c, targets=tuple(filter(kept, c.targets))) for c in figures]
    return [column for column in columns if column.targets]


def _double(grid: Grid, head: Headers, places: Sequence[int]) -> Problem | None:
    """Two columns of one name; which of them is meant, nobody can tell."""
    if len(places) == 1:
        return None
    labels = "、".join(f"「{head.labels[place]}」" for place in places)
    message = f"列名重复：{labels}，不知道是哪一列，没有导入；请删去一列"
    place = grid.place(head.row, places[1], head.labels[places[1]])
    return Problem("duplicate_column", message, place)


def _doubt(grid: Grid, head: Headers, column: Column) -> Problem | None:
    """A head that says more than the mapping: a unit that differs, or something else."""
    note, mapping = note_of(column.head), column.targets[0]
    if not note or mapping.how in COUNTS:
        return None
    place = grid.place(head.row, head.columns[column.field][0], column.head)
    unit = unit_named(note, mapping.unit or Unit.NUMBER)
    if unit is None:
        if header_key(without_function(column.head)) == header_key(mapping.column):
            return None
        message = (
            f"列名「{column.head}」和导入对照中的「{mapping.column}」不完全一样，没有导入；"
            "如果就是它，请在“导入对照”表中加上这个列名"
        )
        return warning("column_unsure", message, place)
    if _differs(mapping, unit) and not _as_headed(unit, mapping.unit or unit):
        assert mapping.unit is not None  # noqa: S101
        message = (
            f"列名「{column.head}」写的单位是{facts(unit).label}，导入对照中是"
            f"{facts(mapping.unit).label}，没有导入；请在“导入对照”表中改正单位"
        )
        return Problem("column_unit", message, place)
    return None


def _differs(mapping: Mapping, unit: Unit) -> bool:
    return mapping.how is not How.RATIO and mapping.unit not in (None, unit)


def _as_headed(unit: Unit, noted: Unit) -> bool:
    """Whether figures that a head says to be in one unit can be had in the other one for sure."""
    return convertible(unit, noted) and not {unit, noted} & {Unit.POINT, Unit.SIGNED, Unit.STAR}


def _converted(column: Column, place: Place) -> Iterator[Problem]:
    """What a head says of its figures is nearer to them than what was noted; told for the column."""
    for mapping in column.targets:
        unit = unit_named(note_of(column.head), mapping.unit or Unit.NUMBER)
        if unit and mapping.unit and mapping.how not in COUNTS and _differs(mapping, unit):
            said = "读、换算" if unit in SECONDS else "读"
            message = (
                f"列名「{column.head}」写的单位是{facts(unit).label}，导入对照中是"
                f"{facts(mapping.unit).label}：按列名的单位{said}；请在“导入对照”表中改正单位"
            )
            yield warning(CONVERTED, message, place)
            return


def unit_of(column: Column, mapping: Mapping, wanted: Unit) -> Unit:
    """The unit of a column's figures: as mapped, as its head says, or as the indicator has it."""
    if mapping.how is How.RATIO and wanted is Unit.PERCENT:
        # What is divided is counted; what comes of it is the percentage.
        return unit_named(note_of(column.head), Unit.NUMBER) or Unit.NUMBER
    return unit_named(note_of(column.head), mapping.unit or wanted) or mapping.unit or wanted
