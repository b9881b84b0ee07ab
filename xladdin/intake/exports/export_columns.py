"""What each column of an export stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xladdin.domain.quantities import Unit, facts
from xladdin.intake.grids import Grid
from xladdin.intake.headers import Headers, Wanted, header_key
from xladdin.problems import Problem, warning

from .mapping import MONTH, PERSON, UNUSED, Mapping
from .units import note_of, unit_named, without_note


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its field, its head there, and the indicators it may stand for."""

    field: str
    head: str
    targets: tuple[Mapping, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet by what they are for."""

    people: tuple[tuple[str, str], ...]
    """工号, 姓名 or 昵称, and the field that holds it."""
    months: tuple[str, ...]
    figures: tuple[Column, ...]
    unknown: tuple[str, ...]
    """Heads that no mapping knows."""


class Plan:
    """The mappings, as heads to look for."""

    def __init__(self, mappings: Sequence[Mapping]) -> None:
        self._targets: dict[str, list[Mapping]] = {}
        for mapping in mappings:
            found = self._targets.setdefault(header_key(mapping.column), [])
            if mapping.target not in [other.target for other in found]:
                found.append(mapping)

    @property
    def wanted(self) -> Wanted:
        """Every head is a field of its own; with 平均响应时长（秒） goes 平均响应时长."""
        return {key: self._accepted(found[0].column) for key, found in self._targets.items()}

    def _accepted(self, column: str) -> tuple[str, ...]:
        bare = without_note(column)
        return (column,) if header_key(bare) in self._targets else (column, bare)

    def columns(self, grid: Grid, head: Headers) -> tuple[Columns, list[Problem]]:
        """What the columns of a sheet stand for, and why some are not read."""
        people: list[tuple[str, str]] = []
        months: list[str] = []
        figures: list[Column] = []
        problems: list[Problem] = []
        for field, places in head.columns.items():
            targets = self._targets[field]
            kind = targets[0].target
            if kind in PERSON:
                people.append((kind, field))
            elif kind == MONTH:
                months.append(field)
            elif kind != UNUSED:
                column = Column(field, head.label(field), tuple(targets))
                fault = _double(grid, head, places) or _doubt(grid, head, column)
                problems += [fault] if fault else []
                figures += [] if fault else [column]
        people.sort(key=lambda each: PERSON.index(each[0]))
        return Columns(tuple(people), tuple(months), tuple(figures), _unknown(head)), problems


def _unknown(head: Headers) -> tuple[str, ...]:
    known = {place for places in head.columns.values() for place in places}
    # What another column was preferred to is told by whoever reads the rows.
    known |= set(head.passed_over)
    return tuple(label for i, label in enumerate(head.labels) if label and i not in known)


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
    if not note:
        return None
    place = grid.place(head.row, head.columns[column.field][0], column.head)
    unit = unit_named(note, mapping.unit or Unit.NUMBER)
    if unit is None:
        if header_key(column.head) == header_key(mapping.column):
            return None
        message = (
            f"列名「{column.head}」和导入对照中的「{mapping.column}」不完全一样，没有导入；"
            "如果就是它，请在“导入对照”表中加上这个列名"
        )
        return warning("column_unsure", message, place)
    if mapping.unit not in (None, unit):
        assert mapping.unit is not None  # noqa: S101
        message = (
            f"列名「{column.head}」写的单位是{facts(unit).label}，导入对照中是"
            f"{facts(mapping.unit).label}，没有导入；请在“导入对照”表中改正单位"
        )
        return Problem("column_unit", message, place)
    return None


def unit_of(column: Column, mapping: Mapping, wanted: Unit) -> Unit:
    """The unit of a column's figures: as mapped, as its head says, or as the indicator has it."""
    return mapping.unit or unit_named(note_of(column.head), wanted) or wanted
