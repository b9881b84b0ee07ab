"""Whose each row is: what a clerk means who selects rows of a master workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xladdin.domain.identifiers import made_id
from xladdin.domain.people import Period
from xladdin.intake.handed_in import FileOrPath, handed_in
from xladdin.intake.months import MonthColumn, month_of

from .cell_kinds import Kind
from .finding import find_sheets
from .lines import Line, Notes, Sheet
from .sheet_spec import SheetSpec

PERSON, POSITION = ("roster.id",), ("positions.name", "positions.called")
"""What the columns that name an employee, or a position, are or refer to."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What a row is about; empty where it names nobody, no position, or no month."""

    row: int
    """As Excel numbers it."""
    employee: str = ""
    position: str = ""
    """Its id on 岗位; elsewhere what it is called there."""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    """Which sheet is which, and whose each of their rows is."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Key of a sheet -> what it is called in this workbook."""
    owners: Mapping[str, tuple[Owner, ...]] = field(default_factory=dict)
    """What a sheet is called -> its rows that hold something."""


def finder(source: FileOrPath) -> Finder:
    """Look through a master workbook; what is wrong with it is found by reading it."""
    file = handed_in(source)
    grids, _ = file.grids(lambda _: 0, hidden=True)
    if not grids:
        return Finder()
    sheets = find_sheets(file.name, grids, Notes()).sheets
    names = {key: sheet.grid.sheet for key, sheet in sheets.items()}
    lines = {names[key]: _owners(sheet) for key, sheet in sheets.items()}
    return Finder(names, lines)


def _owners(sheet: Sheet) -> tuple[Owner, ...]:
    period = next((c.key for c in sheet.spec.columns if c.kind is Kind.PERIOD), "")
    months = MonthColumn((line.row for line in sheet if period), period)
    return tuple(_owner(sheet, line, period, months) for line in sheet)


def _owner(sheet: Sheet, line: Line, period: str, months: MonthColumn) -> Owner:
    person, position = (_column(sheet.spec, kind) for kind in (PERSON, POSITION))
    found = month_of(months.said(line.row), line.row.cell(period)[0]) if period else None
    return Owner(
        sheet.grid.number(line.row.index),
        line.row.key(person) if person else "",
        _position(line, position),
        found if isinstance(found, Period) else None,
    )


def _position(line: Line, column: str) -> str:
    if line.spec.key != "positions":
        return line.row.key(column) if column else ""
    return line.row.key("id") or made_id(line.row.key("company") + line.row.key("name"))


def _column(spec: SheetSpec, wanted: tuple[str, ...]) -> str:
    """The first column that is what is wanted, or refers to it."""
    return next(
        (each.key for each in spec.columns if {f"{spec.key}.{each.key}", each.refers} & {*wanted}),
        "",
    )
