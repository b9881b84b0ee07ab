"""Where ranges are, what is selected and what can be seen, as Excel would have it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from .hands import filter_out, select_areas, select_shape
from .refusals import ComError

pytestmark = pytest.mark.xdist_group("calc")


def addresses(ranges: list[xw.Range]) -> list[str]:
    return [each.get_address(False, False) for each in ranges]


# Where.


def test_where_a_range_is(sheet: xw.Sheet) -> None:
    cells = sheet["B2:D5"]
    assert (cells.row, cells.column, cells.shape, len(cells)) == (2, 2, (4, 3), 12)
    assert cells(2, 1) == cells.rows(2)[0] == cells(4) == sheet["B3"] == sheet[2, 1]
    assert cells.columns[1] == sheet.range("C2", "C5") == sheet.range((2, 3), (5, 3))
    assert (len(cells.rows), len(cells.columns)) == (4, 3)
    assert cells.last_cell.offset(1, 1).address == "$E$6"
    assert cells[0:0, 0].shape == (0, 1)
    assert cells.sheet == sheet
    with pytest.raises(IndexError):
        sheet.range((0, 1))


def test_addresses(sheet: xw.Sheet) -> None:
    cells = sheet.range("a1:$c$3")
    assert cells.address == "$A$1:$C$3"
    assert cells.get_address(False, False) == "A1:C3"
    assert cells.get_address(True, False, include_sheetname=True) == "Sheet1!A$1:C$3"
    assert cells.get_address(external=True) == "[Book1]Sheet1!$A$1:$C$3"
    sheet.name = "a b"
    assert cells.get_address(include_sheetname=True) == "'a b'!$A$1:$C$3"
    places = [sheet.range(text).address for text in ("B:C", "2:4", "A1,C2:C3")]
    assert places == ["$B:$C", "$2:$4", "$A$1,$C$2:$C$3"]
    assert sheet.cells.address == "$1:$1048576"


def test_regions_and_merged_cells(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [[1, 2], [3, 4]]
    assert sheet["C3"].current_region.address == "$B$2:$C$3"
    sheet["E1:F2"].merge()
    assert sheet["F2"].merge_area.address == "$E$1:$F$2"
    assert sheet["A1"].merge_area.address == "$A$1"


# Selection and what can be seen.


def test_the_selection(calc: xw.App, sheet: xw.Sheet) -> None:
    assert calc.selection == sheet["A1"]
    sheet["B2:C4"].select()
    assert calc.selection.address == "$B$2:$C$4"
    assert sheet.book.selection == calc.selection
    other = sheet.book.sheets.add()
    assert calc.selection == other["A1"]
    with pytest.raises(ComError):
        sheet["A1"].select()
    calc.books.add()
    with pytest.raises(ComError):
        other["A1"].select()


def test_no_cells_are_selected(calc: xw.App, book: xw.Book) -> None:
    select_shape(calc)
    assert calc.selection is None


def test_several_areas(calc: xw.App, sheet: xw.Sheet) -> None:
    sheet["A1:C7"].value = [[row] * 3 for row in range(1, 8)]
    select_areas(calc, "A2:C3", "A7")
    chosen = calc.selection
    assert chosen.address == "$A$2:$C$3,$A$7"
    assert (chosen.row, chosen.column, chosen.shape, len(chosen)) == (2, 1, (2, 3), 7)
    assert chosen.value == [[2, 2, 2], [3, 3, 3]]
    chosen.color = "#ff0000"
    assert sheet["A7"].color == (255, 0, 0)
    chosen.clear_contents()
    assert sheet["A3:A7"].value == [None, 4, 5, 6, None]


def test_visible_cells(sheet: xw.Sheet) -> None:
    filter_out(sheet, 3, 4)
    assert addresses(sheet["A1:C7"].get_special_cells("visible")) == ["A1:C2", "A5:C7"]
    assert addresses(sheet["A2:C3"].get_special_cells("visible")) == ["A2:C2"]
    assert sheet["A3:C4"].get_special_cells("visible") == []
    assert sheet["A3"].get_special_cells("visible") == []
    assert addresses(sheet["A5"].get_special_cells("visible")) == ["A5"]
    sheet["B1"].columns.hidden = True
    assert sheet["A1:B1"].columns.hidden is None
    assert addresses(sheet["A1:C2"].get_special_cells("visible")) == ["A1:A2", "C1:C2"]


def test_visible_cells_of_several_areas(calc: xw.App, sheet: xw.Sheet) -> None:
    filter_out(sheet, 3)
    select_areas(calc, "B6:B9", "A2:C4", "A3")
    assert calc.selection.address == "$B$6:$B$9,$A$2:$C$4,$A$3"
    sheet["7:7"].rows.hidden = True
    seen = calc.selection.get_special_cells("visible")
    assert addresses(seen) == ["A2:C2", "A4:C4", "B6", "B8:B9"]


def test_visible_cells_are_counted_once(calc: xw.App, sheet: xw.Sheet) -> None:
    filter_out(sheet, 3)
    select_areas(calc, "B2:B4", "A1:C2", "B1:B5")
    seen = calc.selection.get_special_cells("visible")
    assert sum(map(len, seen)) == len({cell.address for each in seen for cell in each}) == 8


def test_hidden_rows(sheet: xw.Sheet) -> None:
    filter_out(sheet, 2)
    assert sheet["A2:B2"].rows.hidden is True
    assert sheet["A3"].rows.hidden is False
    assert sheet["A2:A3"].rows.hidden is None
    assert sheet["A2"].row_height == 0
    sheet["A2"].rows.hidden = False
    assert sheet["A2:A3"].rows.hidden is False


# Looks.


def test_looks(sheet: xw.Sheet) -> None:
    cell = sheet["A1"]
    assert (cell.color, cell.number_format) == (None, "General")
    cell.color = (1, 2, 3)
    cell.number_format = "yyyy-mm-dd"
    cell.row_height = 30
    assert (cell.color, cell.number_format, cell.row_height) == ((1, 2, 3), "yyyy-mm-dd", 30)
    assert (sheet["A1:A2"].number_format, sheet["A1:A2"].row_height) == (None, None)
    cell.color = None
    assert cell.color is None
    cell.rows.autofit()
    assert cell.row_height < 30


def test_a_link(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].add_hyperlink("file:///form.xlsx", "打开")
    assert (sheet["A1"].value, sheet["A1"].hyperlink) == ("打开", "file:///form.xlsx")
    with pytest.raises(Exception, match="hyperlink"):
        _ = sheet["A2"].hyperlink
