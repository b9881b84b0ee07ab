"""Sheets through xlwings' public objects, as Excel would have them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from .refusals import ComError

pytestmark = pytest.mark.xdist_group("calc")


def test_sheets_by_number_and_name(book: xw.Book) -> None:
    added = book.sheets.add("部门", after=book.sheets[0])
    assert book.sheet_names == ["Sheet1", "部门"]
    assert book.sheets["SHEET1"] == book.sheets(1) == book.sheets[0]
    assert added == book.sheets[-1] == book.sheets.active
    assert (added.index, added.book) == (2, book)
    assert len(book.sheets) == 2


@pytest.mark.parametrize("unknown", ["none", 0, 2])
def test_an_unknown_sheet_is_no_key_error(book: xw.Book, unknown: str | int) -> None:
    with pytest.raises(ComError):
        book.sheets(unknown)


def test_a_new_sheet_stands_before_the_active_one(book: xw.Book) -> None:
    assert [book.sheets.add().name, *book.sheet_names] == ["Sheet2", "Sheet2", "Sheet1"]
    assert book.sheets.add(before=book.sheets["Sheet1"]).index == 2
    with pytest.raises(ValueError, match="already present"):
        book.sheets.add("sheet1")


def test_renaming_and_deleting(book: xw.Book) -> None:
    book.sheets.add("other")
    with pytest.raises(ComError):
        book.sheets["other"].name = "sheet1"
    book.sheets["Sheet1"].name = "得分"
    book.sheets["other"].delete()
    assert book.sheet_names == ["得分"]
    with pytest.raises(ComError):
        book.sheets[0].delete()


def test_activating(book: xw.Book) -> None:
    first, second = book.sheets[0], book.sheets.add("second")
    first.activate()
    assert book.sheets.active == first
    second.select()
    assert book.sheets.active == second


def test_hiding(calc: xw.App, book: xw.Book, form: Path) -> None:
    first, second = book.sheets[0], book.sheets.add("second")
    assert second.visible == -1
    second.visible = False
    assert (second.visible, book.sheets.active) == (0, first)
    with pytest.raises(ComError):
        second.activate()
    second.visible = 2
    second.name = "renamed"
    assert second.visible == 2
    with pytest.raises(ComError):
        first.visible = False
    second.visible = True
    assert second.visible == -1
    assert [sheet.visible for sheet in calc.books.open(form).sheets] == [-1, 2]


def test_a_copy_in_the_same_book(sheet: xw.Sheet) -> None:
    sheet["A1:B1"].value = [2, "=A1*3"]
    copied = sheet.copy()
    assert (copied.name, sheet.copy(before=sheet).name) == ("Sheet1 (2)", "Sheet1 (3)")
    assert sheet.book.sheet_names == ["Sheet1 (3)", "Sheet1", "Sheet1 (2)"]
    copied["A1"].value = 5
    assert (copied["B1"].formula, copied["B1"].value, sheet["B1"].value) == ("=A1*3", 15, 6)
    assert sheet.copy(name="明细").name == "明细"


def test_a_copy_in_another_book(calc: xw.App, sheet: xw.Sheet, form: Path) -> None:
    source = calc.books.open(form)
    copied = source.sheets[0].copy(after=sheet)
    assert (copied.name, copied.book) == ("得分", sheet.book)
    assert calc.books.active == sheet.book
    assert sheet.book.sheets.active == copied
    copied["A1"].value = 50
    assert (copied["B1"].formula, copied["B1"].value) == ("=A1*2", 100)
    assert source.sheets[0]["B1"].value == 80
    assert source.sheets[0].copy(before=sheet).name == "得分 (2)"
    assert sheet.book.sheet_names == ["得分 (2)", "Sheet1", "得分"]


def test_what_a_copied_formula_left_behind(calc: xw.App, sheet: xw.Sheet, tmp_path: Path) -> None:
    book = calc.books.add()
    book.sheets[0]["A1"].value = 7
    book.sheets.add("sum")["A1"].formula = "=Sheet1!A1+1"
    book.save(tmp_path / "source.xlsx")
    copied = book.sheets["sum"].copy(after=sheet)
    assert (copied["A1"].formula, copied["A1"].value) == ("=[source.xlsx]Sheet1!A1+1", 8)


def test_the_used_range(sheet: xw.Sheet) -> None:
    assert sheet.used_range.address == "$A$1"
    sheet["B2"].value = [[1, 2], [3, 4]]
    assert sheet.used_range.address == "$B$2:$C$3"
    sheet.clear_contents()
    assert sheet["B2:C3"].value == [[None, None], [None, None]]


def test_a_protected_sheet(calc: xw.App, form: Path) -> None:
    page = calc.books.open(form).sheets[0]
    with pytest.raises(ComError):
        page["B1"].value = 1
    with pytest.raises(ComError):
        page["B1"].clear_contents()
    with pytest.raises(ComError):
        page.clear_contents()
    page["A1"].clear_contents()
    page["H20"].clear_contents()
    assert page["A1:B1"].value == [None, 0]
