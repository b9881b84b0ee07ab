"""New rows of figures: in the columns that are there, each figure shown in its own unit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.master.rows import cell, small
from tests.patch.parts import by_openpyxl
from xladdin.app.imports.figure_cells import FigureCells, NewRow, as_cell
from xladdin.app.imports.importing_rows import figures_sheet
from xladdin.domain.people import Period
from xladdin.files import save_whole
from xladdin.intake.scheme_items import items_of
from xladdin.intake.sheets import read_opened
from xladdin.layout.writer import workbook_bytes
from xladdin.master.master_book import book
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import master_of
from xladdin.ooxml.opening import open_file
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook_opening import open_workbook

UNITS = {"响应": "秒", "销售": "元"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A master whose last figure is in points, with no blank row below it."""
    path = tmp_path / "总表.xlsx"
    save_whole(path, workbook_bytes(book(small(), spare=0), {}))
    return path


def appended(path: Path, names: list[str]) -> list[int]:
    """Rows below the last one, saved."""
    file = open_file(path)
    opened, _ = open_workbook(file)
    grids, faults = read_opened(file, hidden=True)
    company, _ = master_of(path.name, grids, faults)
    sheet, _ = figures_sheet(path.name, grids)
    assert opened is not None
    assert sheet is not None
    cells = FigureCells(SheetPatch(opened, sheet.grid.sheet), sheet)
    person = company.employees[0]
    scheme = company.scheme_of(person)
    assert scheme is not None
    rows = [
        NewRow(
            Period("2026-12"),
            person,
            items_of(scheme)[name],
            {"target": as_cell(Decimal(5), items_of(scheme)[name].unit), "nowhere": "x"},
        )
        for name in names
    ]
    numbers = cells.append(rows)
    save_whole(path, opened.to_bytes())
    return numbers


def test_a_row_does_not_take_over_the_unit_of_the_one_above(path: Path) -> None:
    numbers = appended(path, ["响应", "销售", "加减"])
    sheet = by_openpyxl(path, FIGURES.name)
    above = sheet[cell("figures", "actual", numbers[0] - 1)].number_format
    assert above == 'General"分"'
    shown = [sheet[cell("figures", "target", number)].number_format for number in numbers]
    assert shown == ["General", "General", 'General"分"']
    actual = [sheet[cell("figures", "actual", number)].number_format for number in numbers]
    assert not any("分" in one for one in actual[:2])


def test_what_was_written_is_read_again(path: Path) -> None:
    appended(path, ["响应", "销售"])
    file = open_file(path)
    company, problems = master_of(path.name, *read_opened(file, hidden=True))
    assert [one for one in problems if one.is_error] == []
    found = [one.actual for one in company.figures if one.actual.period == "2026-12"]
    assert [(one.indicator, one.target, one.actual) for one in found] == [
        ("speed", 5, None),
        ("sales", 5, None),
    ]
