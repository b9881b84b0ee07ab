"""One workbook as three programs write it, read cell by cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.hostile.books import BOOKS
from tests.layout.samples import book_of, sheet_of
from tests.patch.small import small
from tests.workbench.office import Office
from xladdin.formula.nodes import Var, mul, number
from xladdin.layout.cells import Given, Result
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.addresses import Area, SheetArea
from xladdin.ooxml.book_cells import BookCells, read_cells
from xladdin.ooxml.opening import OpenedFile, open_file
from xladdin.ooxml.sheet_cells import ErrorValue, SheetCells

SHEET = "考核 'Q4' 表"


def by_xlsxwriter(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        book.add_worksheet("空").hide()
        free = book.add_format({"locked": False, "num_format": "0.0%"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write("A1", "名\n称")
        sheet.write_rich_string("A2", "甲", book.add_format({"bold": True}), "乙")
        sheet.write("B1", 0.07, free)
        sheet.write("B2", 46_326, day)
        sheet.write("B3", True)
        sheet.write_blank("B4", None, free)
        sheet.write_formula("C1", "=B1*2", None, 0.14)
        sheet.write_formula("C2", '=IF(B1>1,"甲","乙")', None, "乙")
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
        sheet.write_array_formula("D1:D2", "{=B1:B2*2}", None, 0.14)
        sheet.write("D2", 92_652)
        sheet.merge_range("E1:F2", "合并")
        sheet.set_row(6, None, None, {"hidden": True})
        sheet.set_column("H:I", None, None, {"hidden": True})
        sheet.data_validation("B1:B4", {"validate": "list", "source": ["甲", "乙"]})
        sheet.protect()
        book.define_name("xl_given", f"='{SHEET.replace(chr(39), chr(39) * 2)}'!$B$1")
        book.define_name("rule", "=1+1")


def by_openpyxl(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    book.create_sheet("空").sheet_state = "hidden"
    values = {"A1": "名\n称", "A2": "甲乙", "B1": 0.07, "B2": 46_326, "B3": True}
    values |= {"C1": "=B1*2", "C2": '=IF(B1>1,"甲","乙")', "C3": "=1/0", "E1": "合并"}
    for place, value in values.items():
        sheet[place] = value
    for place in ("B1", "B4"):
        sheet[place].protection = Protection(locked=False)
        sheet[place].number_format = "0.0%"
    sheet["B2"].number_format = "yyyy-mm-dd"
    sheet["D1"] = openpyxl.worksheet.formula.ArrayFormula("D1:D2", "=B1:B2*2")
    sheet.merge_cells("E1:F2")
    sheet.row_dimensions[7].hidden = True
    for letter in "HI":
        sheet.column_dimensions[letter].hidden = True
    rule = DataValidation(type="list", formula1='"甲,乙"')
    rule.add("B1:B4")
    sheet.add_data_validation(rule)
    sheet.protection.sheet = True
    quoted = SHEET.replace("'", "''")
    book.defined_names["xl_given"] = DefinedName("xl_given", attr_text=f"'{quoted}'!$B$1")
    book.defined_names["rule"] = DefinedName("rule", attr_text="1+1")
    book.save(path)


WRITERS: dict[str, Callable[[Path], None]] = {"xlsxwriter": by_xlsxwriter, "openpyxl": by_openpyxl}


def opened(path: Path) -> BookCells:
    book, problems = read_cells(open_file(path))
    assert book is not None, problems
    assert problems == []
    return book


def sheet_in(book: BookCells, name: str = SHEET) -> SheetCells:
    found = book.sheet(name)
    assert found is not None
    return found


def is_as_written(book: BookCells, *, computed: bool) -> None:
    """The workbook of both writers, whichever program has saved it since."""
    assert [(s.name, s.visible) for s in book.sheets] == [(SHEET, True), ("空", False)]
    assert book.places == {"xl_given": SheetArea(SHEET, Area.parse("B1"))}
    assert {name.name: name.text.strip("=") for name in book.names if not name.area} == {
        "rule": "1+1"
    }
    sheet = sheet_in(book)
    typed = {cell.address: cell.value for cell in sheet if not cell.formula}
    # LibreOffice makes a formula of it.
    assert typed.pop("B3", True) is sheet.at(3, 2).value is True
    assert typed == {
        "A1": "名\n称", "A2": "甲乙", "B1": 0.07, "B2": 46_326.0, "E1": "合并"
    }  # fmt: skip
    formulas = {cell.address: cell.formula.replace(" ", "") for cell in sheet if cell.formula}
    assert formulas.pop("B3", "TRUE()") == "TRUE()"
    assert formulas.pop("D2", "B1:B2*2") == "B1:B2*2"
    assert formulas == {
        "C1": "B1*2", "C2": 'IF(B1>1,"甲","乙")', "C3": "1/0", "D1": "B1:B2*2"
    }  # fmt: skip
    if computed:
        values = [sheet.at(row, column).value for row, column in ((1, 3), (2, 3), (3, 3), (2, 4))]
        assert values == [0.14, "乙", ErrorValue("#DIV/0!"), 92_652]
    given, day = sheet.at(1, 2), sheet.at(2, 2)
    assert (given.locked, given.style.number_format, given.style.shows_percent) == (
        False, "0.0%", True
    )  # fmt: skip
    assert (day.locked, day.style.shows_date, day.style.shows_percent) == (True, True, False)
    assert (sheet.at(4, 2).value, sheet.at(4, 2).locked) == (None, False)
    assert sheet.at(99, 99).locked
    assert sheet.protected
    assert sheet.merged == (Area.parse("E1:F2"),)
    assert str(sheet.merged_at(2, 6)) == "E1:F2"
    assert str(sheet.merged_at(3, 6)) == "F3"
    hidden = [(row, column) for row in range(1, 10) for column in range(1, 11)
              if sheet.at(row, column).hidden]  # fmt: skip
    assert set(hidden) == {(7, column) for column in range(1, 11)} | {
        (row, column) for row in range(1, 10) for column in (8, 9)
    }
    entries = sheet.entries_at(4, 2)
    assert entries is not None
    assert (entries.kind, entries.first) == ("list", '"甲,乙"')
    assert sheet.entries_at(5, 2) is None
    assert sheet.twice == ()


@pytest.mark.parametrize("writer", WRITERS)
def test_a_workbook_is_read_as_it_was_written(writer: str, tmp_path: Path, office: Office) -> None:
    path = tmp_path / "a.xlsx"
    WRITERS[writer](path)
    is_as_written(opened(path), computed=writer == "xlsxwriter")
    with office.open(path) as document:
        document.recalculate()
        document.save_as(tmp_path / "b.xlsx")
    is_as_written(opened(tmp_path / "b.xlsx"), computed=True)


def test_a_form_that_came_back(tmp_path: Path, office: Office) -> None:
    """Cells by the names of our own forms, filled in and saved by somebody else."""
    model = {"c": mul(Var("a"), number(2))}
    book = book_of(sheet_of(Given("a", Decimal(2)), Result("c"), name="表"), model=model)
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes(book, {}))
    with office.open(path) as document:
        document.set("表", "A1", Decimal("95.5"))
        document.recalculate()
        document.save_as(tmp_path / "交回.xlsx")
    found = opened(tmp_path / "交回.xlsx")
    values = {}
    for name, there in found.places.items():
        (cell,) = sheet_in(found, there.sheet).in_area(there.area)
        values[name] = (cell.value, bool(cell.formula))
    assert values == {"xl_a": (95.5, False), "xl_c": (191.0, True)}


def test_sheets_are_found_in_either_case_and_read_once(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Sheet").write("A1", 1)
    found = opened(tmp_path / "a.xlsx")
    assert found.sheet("SHEET") is found.sheet("Sheet")
    assert found.sheet("other") is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04", "file_corrupt"),
        (b"a,b", "file_not_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_old"),
        (small('<row><c t="s"><v>0</v></c></row>'), "file_corrupt"),
    ],
)
def test_one_set_of_faults(data: bytes, code: str) -> None:
    book, problems = read_cells(OpenedFile(Path("a.xlsx"), data))
    assert book is None
    assert [(problem.code, problem.place.file) for problem in problems] == [(code, "a.xlsx")]


def test_what_could_not_be_opened_says_why(tmp_path: Path) -> None:
    book, problems = read_cells(open_file(tmp_path / "gone.xlsx"))
    assert book is None
    assert [problem.code for problem in problems] == ["file_missing"]


HOSTILE = {
    "broken_sheet": "file_corrupt",
    "climbing_names": "file_corrupt",
    "doubled_names": "file_corrupt",
    "laughs_in_a_sheet": "file_corrupt",
    "main_part_elsewhere": "",
    "main_part_missing": "file_corrupt",
    "no_relations": "file_corrupt",
    "sheet_outside": "file_corrupt",
}
"""All others are as those that ``tests/hostile`` hands in at every door."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_problems(name: str) -> None:
    book, problems = read_cells(OpenedFile(Path("a.xlsx"), BOOKS[name]()))
    assert (book is None) == bool(problems)
    assert "".join(problem.code for problem in problems) == HOSTILE[name]


def test_damage_anywhere_is_a_problem_and_never_an_error() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_formula("A1", "=1+1", None, 2)
    whole = stream.getvalue()
    for at in range(0, len(whole), 97):
        data = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        found, problems = read_cells(OpenedFile(Path("a.xlsx"), data))
        assert (found is None) == bool(problems)
