"""Master workbooks for tests, written plainly: heads in the first row, values below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from xladdin.company.company import Company
from xladdin.domain.quantities import Unit
from xladdin.master.all_sheets import SHEETS
from xladdin.master.cell_kinds import Kind, Row
from xladdin.master.setting_columns import METHOD_WORDS, PARAMETERS
from xladdin.master.sheet_spec import SheetSpec
from xladdin.master.writing_rows import rows_of

PERCENT = "0.00%"


@dataclass(frozen=True)
class Percent:
    """A fraction in a cell that shows a percentage."""

    value: Decimal


@dataclass(frozen=True)
class Error:
    """A cell with an error value."""

    value: str


@dataclass
class Sheet:
    """A sheet as it is written: every cell, the head row among them."""

    name: str
    cells: list[list[Any]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden: bool = False


Book = list[Sheet]


def book_of(content: Company) -> Book:
    """The sheets of a content, with percentages shown as such."""
    rows, units = rows_of(content), _units(content)
    return [
        Sheet(spec.name, [[column.head for column in spec.columns], *_cells(spec, rows, units)])
        for spec in SHEETS
    ]


def _units(content: Company) -> dict[tuple[str, str], Unit]:
    """Scheme (id or employee's) and indicator (id or name) -> unit."""
    library = content.library
    schemes = {key: scheme for scheme in library.schemes for key in (scheme.id, scheme.name)}
    owners = {employee.id: content.scheme_of(employee) for employee in content.employees}
    return {
        (owner, key): item.unit
        for owner, scheme in (schemes | owners).items()
        if scheme
        for item in scheme.indicators
        for key in (item.id, item.name)
    }


def _cells(
    spec: SheetSpec, rows: Mapping[str, Sequence[Row]], units: Mapping[tuple[str, str], Unit]
) -> list[list[Any]]:
    bases = {
        (row["scheme"], row[key]): row["basis"]
        for row in rows["indicators"]
        for key in ("id", "name")
    }

    def shown(row: Row, key: str, kind: Kind) -> Any:
        value = row[key]
        if not isinstance(value, Decimal):
            return value
        return Percent(value) if _percent(spec, row, key, kind) else value

    def _percent(spec: SheetSpec, row: Row, key: str, kind: Kind) -> bool:
        if kind is not Kind.MEASURE:
            return kind in (Kind.POINTS, Kind.RATIO, Kind.RATE)
        if spec.key == "figures":
            return units.get((str(row["employee"]), str(row["indicator"]))) is Unit.PERCENT
        if spec.key == "steps":
            completion = bases.get((row["scheme"], row["item"])) == "完成率"
            unit = units.get((str(row["scheme"]), str(row["item"])))
            return row["kind"] != "评分档" and (completion or unit is Unit.PERCENT)
        if spec.key == "indicators" and key in ("cap", "floor"):
            methods = {label: value for value, label in METHOD_WORDS.items()}
            settings = PARAMETERS[methods[str(row["method"])]]
            return any(item.column == key and item.kind is Kind.RATIO for item in settings)
        return row["unit"] == "百分比"

    return [
        [shown(row, column.key, column.kind) for column in spec.columns] for row in rows[spec.key]
    ]


def write(path: Path, book: Book) -> Path:
    """The workbook as a file."""
    with xlsxwriter.Workbook(path) as workbook:
        percent = workbook.add_format({"num_format": PERCENT})
        date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in book:
            page = workbook.add_worksheet(sheet.name)
            for y, row in enumerate(sheet.cells):
                for x, value in enumerate(row):
                    _put(page, y, x, value, percent, date)
            for top, left, bottom, right in sheet.merged:
                page.merge_range(top, left, bottom, right, "")
                _put(page, top, left, sheet.cells[top][left], percent, date)
            for row_number in sheet.hidden_rows:
                page.set_row(row_number, None, None, {"hidden": True})
            if sheet.hidden:
                page.hide()
    return path


def _put(page: Any, y: int, x: int, value: Any, percent: Any, date: Any) -> None:
    match value:
        case None:
            pass
        case Percent():
            page.write_number(y, x, float(value.value), percent)
        case Error():
            page.write_formula(y, x, "=1/0", None, value.value)
        case Decimal() | int() | float():
            page.write_number(y, x, float(value))
        case str():
            page.write_string(y, x, value)
        case _:
            page.write_datetime(y, x, value, date)
