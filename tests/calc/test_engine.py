"""App and books through xlwings' public objects, as Excel would have them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from .comformats import EXPRESSION
from .engine import running
from .office import CalcOffice
from .refusals import ComError

pytestmark = pytest.mark.xdist_group("calc")


# Engine.


def test_the_engine_is_there_during_a_test(calc: xw.App) -> None:
    assert (calc.engine.name, calc.engine.type) == ("calc", "desktop")
    assert xw.apps.active == calc
    assert list(xw.apps) == [calc]
    assert xw.apps[calc.pid] == calc
    with pytest.raises(KeyError):
        xw.apps[-1]


def test_the_books_of_another_test_are_closed(calc: xw.App) -> None:
    assert len(calc.books) == 0
    assert calc.impl.messages == []
    assert not calc.api.Components.hasElements()


def test_the_engine_leaves_no_trace(calc_office: CalcOffice) -> None:
    with running(calc_office) as app:
        book = app.books.add()
        book.set_mock_caller()
        assert xw.Book.caller() == book
    assert "calc" not in xw.engines.engines_by_name
    assert xw.engines.active is not app.engine
    assert not hasattr(xw.Book, "_mock_caller")
    assert not calc_office.desktop.Components.hasElements()


# App.


def test_the_status_bar_is_remembered(calc: xw.App) -> None:
    assert calc.status_bar is False
    calc.status_bar = "1 / 2"
    assert calc.status_bar == "1 / 2"
    calc.status_bar = False
    assert calc.impl.messages == ["1 / 2", False]


@pytest.mark.parametrize("name", ["screen_updating", "display_alerts", "interactive"])
def test_settings_of_the_screen_are_put_back(calc: xw.App, name: str) -> None:
    with calc.properties(**{name: False}):
        assert getattr(calc, name) is False
    assert getattr(calc, name) is True


def test_an_alert_with_only_one_way_on_needs_no_answer(calc: xw.App) -> None:
    calc.impl.answers.append("no")
    assert calc.alert("完成", title="考核", mode="info") == "ok"
    assert calc.alert("删除?", buttons="yes_no") == "no"
    assert calc.alert("继续?", buttons="ok_cancel") == "ok"
    asked = [(q.prompt, q.title, q.buttons, q.mode) for q in calc.impl.questions]
    assert asked == [
        ("完成", "考核", "ok", "info"),
        ("删除?", "", "yes_no", None),
        ("继续?", "", "ok_cancel", None),
    ]


def test_answers_come_in_their_order(calc: xw.App) -> None:
    calc.impl.answers += ["cancel", "yes"]
    assert calc.alert("?", buttons="ok_cancel") == "cancel"
    assert calc.alert("?", buttons="yes_no_cancel") == "yes"


def test_a_question_that_nobody_expected(calc: xw.App) -> None:
    with pytest.raises(AssertionError, match="覆盖"):
        calc.alert("覆盖?", buttons="yes_no")
    calc.impl.answers.append("ok")
    with pytest.raises(AssertionError, match="no answer"):
        calc.alert("覆盖?", buttons="yes_no")
    with pytest.raises(KeyError):
        calc.alert("?", buttons="maybe")
    with pytest.raises(KeyError):
        calc.alert("?", mode="warning")


def test_version_and_window(calc: xw.App) -> None:
    assert calc.version.major == 16
    assert isinstance(calc.hwnd, int)
    assert calc.visible is False
    calc.activate()
    calc.quit()
    assert len(calc.books) == 0


# Books.


def test_books_by_number_and_name(calc: xw.App) -> None:
    first, second = calc.books.add(), calc.books.add()
    assert [each.name for each in calc.books] == ["Book1", "Book2"]
    assert calc.books["book1"] == calc.books(1) == calc.books[0] == first
    assert calc.books.active == second
    first.activate()
    assert calc.books.active == first
    first.close()
    assert calc.books.active == second
    with pytest.raises(KeyError):
        calc.books["Book1"]
    with pytest.raises(KeyError):
        calc.books(2)


def test_without_a_book_nothing_is_active(calc: xw.App) -> None:
    assert calc.selection is None
    with pytest.raises(AttributeError):
        _ = calc.books.active.name


def test_a_new_book_is_nowhere(book: xw.Book) -> None:
    assert book.fullname == book.name == "Book1"
    assert book.api.Path == ""
    assert [each.name for each in book.sheets] == ["Sheet1"]
    assert book.app.books.active == book


def test_opening_a_file(calc: xw.App, form: Path) -> None:
    opened = calc.books.open(form)
    assert (opened.name, opened.fullname) == (form.name, str(form))
    assert (opened.api.Path, opened.api.FullName) == (str(form.parent), str(form))
    assert opened.api.Saved is True
    assert calc.books.open(form) == opened
    assert len(calc.books) == 1
    assert xw.Book(form) == opened


def test_files_that_excel_would_not_open(calc: xw.App, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\3\4 and no more")
    with pytest.raises(ComError):
        calc.books.open(broken)
    with pytest.raises(FileNotFoundError):
        calc.books.open(tmp_path / "none.xlsx")
    assert len(calc.books) == 0


def test_saving(sheet: xw.Sheet, tmp_path: Path) -> None:
    book, path = sheet.book, tmp_path / "a b.xlsx"
    sheet["A1"].value = 1
    assert book.api.Saved is False
    book.save(path)
    assert (book.fullname, book.api.Saved) == (str(path), True)
    sheet["A1"].value = 2
    book.save()
    assert book.api.Saved is True
    book.close()
    assert xw.books.open(path).sheets[0]["A1"].value == 2


def test_a_copy_has_the_edits_that_are_not_saved(calc: xw.App, form: Path, tmp_path: Path) -> None:
    book, copy = calc.books.open(form), tmp_path / "copy.xlsx"
    book.sheets[0]["A1"].value = 41
    book.api.SaveCopyAs(str(copy))
    assert (book.fullname, book.api.Saved) == (str(form), False)
    assert calc.books.open(copy).sheets[0]["A1:B1"].value == [41, 82]
    book.close()
    assert calc.books.open(form).sheets[0]["A1"].value == 40


def test_a_file_that_is_opened_again_is_as_it_was(calc: xw.App, form: Path, tmp_path: Path) -> None:
    """Also where the book of an earlier file of the same content is shown once more."""
    book = calc.books.open(form)
    first = book.sheets.active.name, calc.selection.address
    calc.books.open(form).sheets[0].range("B1:D1").select()
    document = book.impl.xl
    book.close()
    other = form.rename(tmp_path / "anders.xlsx")
    book = calc.books.open(other)
    assert book.impl.xl is document
    assert (book.fullname, book.name) == (str(other), "anders.xlsx")
    assert (book.sheets.active.name, calc.selection.address) == first
    book.sheets[0]["A1"].value = 41
    book.close()
    assert calc.books.open(other).sheets[0]["A1"].value == 40


def test_a_copy_of_a_book_that_was_never_saved(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = "新"
    sheet.book.api.Saved = True
    sheet.book.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    assert sheet.book.api.Saved is True
    assert sheet.book.fullname == "Book1"
    assert "xl/workbook.xml" in zipfile.ZipFile(tmp_path / "copy.xlsx").namelist()
    with pytest.raises(ComError):
        sheet.book.api.SaveCopyAs(str(tmp_path / "no folder" / "copy.xlsx"))


def _colour(sheet: xw.Sheet) -> None:
    sheet.range("A1:B2").api.FormatConditions.Add(EXPRESSION, "=A1>0").Interior.Color = 255


def parts(path: Path) -> dict[str, bytes]:
    """What a workbook consists of but for when it was written."""
    package = zipfile.ZipFile(path)
    return {name: package.read(name) for name in package.namelist() if "docProps" not in name}


EDITS: dict[str, Callable[[xw.Sheet], object]] = {
    "a value": lambda sheet: setattr(sheet["A1"], "value", 7),
    "a formula": lambda sheet: setattr(sheet["A1"], "formula", "=B1"),
    "a format": lambda sheet: setattr(sheet["A1"], "number_format", "0.00"),
    "a colour": lambda sheet: setattr(sheet["A1"], "color", (1, 2, 3)),
    "a height": lambda sheet: setattr(sheet["A1"], "row_height", 40),
    "no content": lambda sheet: sheet["B1"].clear_contents(),
    "a sheet": lambda sheet: sheet.book.sheets.add("新"),
    "a sheet's name": lambda sheet: setattr(sheet, "name", "改"),
    "a copied sheet": lambda sheet: sheet.copy(name="抄"),
    "a name": lambda sheet: sheet.book.names.add("一", f"='{sheet.name}'!$A$1"),
    "a conditional format": _colour,
    "a conditional format less": lambda sheet: sheet["B1"].api.FormatConditions.Item(1).Delete(),
    "a link": lambda sheet: sheet["A1"].add_hyperlink("https://example.org", "看"),
    "a lock": lambda sheet: sheet.book.api.Protect("x"),
}


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_copy_is_written_anew_after_an_edit_and_not_for_reading(
    calc: xw.App, tmp_path: Path, edit: Callable[[xw.Sheet], object], edited: bool
) -> None:
    made = calc.books.add()
    made.sheets[0]["A1:B1"].value = [1, 2]
    _colour(made.sheets[0])
    made.save(tmp_path / "book.xlsx")
    if edited:
        made.sheets[0]["A2"].value = 3
    copy, sheet = tmp_path / "copy.xlsx", made.sheets[0]
    made.api.SaveCopyAs(str(copy))
    first, parts_of_first = copy.read_bytes(), parts(copy)
    assert (sheet["A1:B1"].value, sheet["A1"].formula, sheet.used_range.shape[1]) == (
        [1, 2],
        "1",
        2,
    )
    made.api.SaveCopyAs(str(copy))
    assert copy.read_bytes() == first
    assert made.api.Saved is not edited
    edit(sheet)
    made.api.SaveCopyAs(str(copy))
    assert parts(copy) != parts_of_first
    made.save()
    assert made.api.Saved is True


def test_a_read_only_book_is_edited_but_not_saved(calc: xw.App, form: Path) -> None:
    book = calc.books.open(form, read_only=True)
    book.sheets[0]["A1"].value = 41
    assert book.api.ReadOnly is True
    with pytest.raises(ComError):
        book.save()
    book.save(form.with_name("other.xlsx"))
    assert book.api.ReadOnly is False


def test_a_protected_structure(book: xw.Book) -> None:
    assert book.api.ProtectStructure is False
    book.api.Protect()
    assert book.api.ProtectStructure is True
    with pytest.raises(ComError):
        book.sheets.add()
    with pytest.raises(ComError):
        book.sheets[0].name = "other"
    with pytest.raises(ComError):
        book.sheets[0].copy()
    book.api.Unprotect()
    book.sheets.add()


def test_names(calc: xw.App, form: Path) -> None:
    book = calc.books.open(form)
    assert [name.name for name in book.names] == ["target"]
    assert len(book.names) == 1
    assert "TARGET" in book.names
    assert "missing" not in book.names
    assert book.names["target"].refers_to == "=得分!$A$1"
    assert book.names["target"].refers_to_range == book.sheets[0]["A1"]
    assert book.sheets[0]["target"].value == 40
    with pytest.raises(ComError):
        book.names["missing"]
    with pytest.raises(ComError):
        book.sheets[0].range("missing")
    with pytest.raises(ComError):
        book.sheets[1].range("target")


def test_a_new_name(sheet: xw.Sheet) -> None:
    sheet["A1"].value = 3
    sheet.book.names.add("weight", "=Sheet1!$A$1")
    sheet["B1"].formula = "=weight*2"
    assert (sheet["B1"].value, sheet["B1"].formula) == (6, "=weight*2")
    del sheet.book.names["weight"]
    assert len(sheet.book.names) == 0
