"""How every form looks: on the smallest screen, on A4, before and after it is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.books.blueprints import blueprints
from tests.books.opened import Opened
from xladdin.layout import theme
from xladdin.layout.cells import Cell, Fixed, Orientation, Sheet, Slot
from xladdin.layout.measure import column_points, row_heights, text_of
from xladdin.layout.pages import A4, MARGINS, POINTS_PER_INCH, plan
from xladdin.layout.place import results
from xladdin.layout.sight import GRID, is_open

SMALLEST = 7.95
"""Points of the smallest letters on paper: 8, but for what printers round."""
FORMS = blueprints()


def sheets(name: str) -> list[tuple[Sheet, dict[int, float]]]:
    """The visible sheets of a form as it goes out, with the heights of their rows."""
    form = FORMS[name]
    known = {**form.values, **results(form.book, form.values)}
    shown = [sheet for sheet in form.book.sheets if sheet.visibility == "visible"]
    return [(one, row_heights(one, lambda cell: text_of(cell, known))) for one in shown]


def scale(sheet: Sheet, heights: dict[int, float]) -> float:
    """By how much Excel makes a sheet smaller for A4."""
    short, long = A4
    lying = sheet.paper.orientation is Orientation.LANDSCAPE
    wide, high = (long, short) if lying else (short, long)
    room = (
        (wide - MARGINS["left"] - MARGINS["right"]) * POINTS_PER_INCH,
        (high - MARGINS["top"] - MARGINS["bottom"]) * POINTS_PER_INCH,
    )
    columns = sheet.widths[: len(sheet.widths) - sheet.screen_cols]
    found = room[0] / sum(map(column_points, columns))
    if plan(sheet, heights).one_page:
        printed = sum(points for row, points in heights.items() if row >= sheet.screen_rows)
        found = min(found, room[1] / printed)
    return min(1.0, found)


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_printed_too_small_to_be_read(name: str) -> None:
    for sheet, heights in sheets(name):
        sizes = {
            cell.style.size
            for cell in sheet.cells
            if cell.row >= sheet.screen_rows and cell.col < len(sheet.widths) - sheet.screen_cols
        }
        assert min(sizes) * scale(sheet, heights) >= SMALLEST, sheet.name


@pytest.mark.parametrize("name", FORMS)
def test_the_whole_width_is_in_sight_and_the_cursor_where_something_is_asked(
    name: str, tmp_path: Path
) -> None:
    form = Opened(FORMS[name].save(tmp_path))
    for sheet in form.visible:
        made = next(one for one in FORMS[name].book.sheets if one.name == sheet.title)
        pixels = sum(width * 7 + 5 for width in made.widths)
        assert pixels * (sheet.sheet_view.zoomScale or 100) / 100 <= GRID[0]
        asked = [place(cell) for cell in made.cells if is_open(cell)]
        if asked:
            assert cursor(sheet) in asked


def place(cell: Cell) -> str:
    """Where a cell begins: ``B7``."""
    return f"{chr(ord('A') + cell.col)}{cell.row + 1}"


def cursor(sheet: Worksheet) -> str:
    return sheet.sheet_view.selection[-1].sqref.split(":")[0]


@pytest.mark.parametrize("name", FORMS)
def test_what_is_asked_is_yellow_until_it_is_there(name: str, tmp_path: Path) -> None:
    """Under all other rules: what is wrong stays so."""
    form = Opened(FORMS[name].save(tmp_path))
    white = f"FF{theme.PAPER.removeprefix('#')}"
    for made in FORMS[name].book.sheets:
        sheet = form.book[made.name]
        rules = {str(area.sqref).split(":")[0]: area.rules for area in sheet.conditional_formatting}
        for cell in made.cells:
            if is_open(cell) and cell.style.fill == theme.INPUT:
                last = max(rules[place(cell)], key=lambda rule: rule.priority)
                address = f"${place(cell)[0]}${place(cell)[1:]}"
                assert last.formula == [f"LEN({address})>0"]
                assert last.dxf.fill.bgColor.rgb == white


@pytest.mark.parametrize("name", FORMS)
def test_hints_for_the_screen_are_not_printed(name: str, tmp_path: Path) -> None:
    form = Opened(FORMS[name].save(tmp_path))
    for made, _ in sheets(name):
        first = form.book[made.name].print_area.split("!")[1].split(":")[0]
        assert first == f"$A${made.screen_rows + 1}"
        told = [
            cell.content
            for cell in made.cells
            if isinstance(cell.content, Fixed | Slot) and cell.row < made.screen_rows
        ]
        assert bool(told) is bool(made.screen_rows)
