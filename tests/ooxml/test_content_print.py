"""One print for one state, whatever the file is like; another one for another state."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table

from tests.ooxml.sealed import agile
from xladdin.ooxml.content_print import content_print

Change = Callable[[Workbook], object]


def made(*changes: Change) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["B1"] = "工号", "QC001", "=LEN(A1)"
    sheet["A1"].font = Font(bold=True)
    book.create_sheet("设置")
    for change in changes:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def later(book: Workbook) -> None:
    book.properties.modified = dt.datetime(2030, 1, 1)


def looked_at(book: Workbook) -> None:
    book.active.sheet_view.selection[0].activeCell = "C9"
    book.active.sheet_view.topLeftCell = "A2"


def numbered_otherwise(book: Workbook) -> None:
    """Styles and texts that come before those of the others, and are gone again."""
    sheet = book.worksheets[0]
    bold = Font(bold=True)
    sheet["A1"].font = Font(italic=True)
    sheet["A1"].font = bold


@pytest.mark.parametrize("change", [later, looked_at, numbered_otherwise])
def test_saving_and_looking_leave_it(change: Change) -> None:
    assert content_print(made(change)) == content_print(made())


def written_otherwise(part: str, old: bytes, new: bytes) -> bytes:
    """The workbook where a program writes one of its parts with other words."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(made())) as before, ZipFile(file, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith(part):
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return file.getvalue()


def of_height(row: bytes) -> bytes:
    """The workbook with other attributes of its first row, as programs write what they measured."""
    return written_otherwise("sheet1.xml", b'<row r="1"', b'<row r="1" ' + row)


def test_whether_a_style_says_that_it_has_its_own_font_is_all_the_same() -> None:
    told = written_otherwise("styles.xml", b"<xf ", b'<xf applyFont="1" applyProtection="0" ')
    assert content_print(told) == content_print(made())


def test_a_height_that_a_program_worked_out_is_none_that_somebody_gave() -> None:
    assert content_print(of_height(b'ht="30"')) == content_print(made())
    assert content_print(of_height(b'ht="30" customHeight="0"')) == content_print(
        of_height(b'customHeight="0" ht="44.5"')
    )
    by_hand = content_print(of_height(b'ht="30" customHeight="1"'))
    assert by_hand not in ("", content_print(of_height(b'ht="44.5" customHeight="1"')))


def with_table(*, filtered: bool) -> Change:
    def change(book: Workbook) -> None:
        table = Table(displayName="people", ref="A1:B2")
        table._initialise_columns()
        if not filtered:
            table.autoFilter = None
        book.active.add_table(table)

    return change


def test_the_arrows_of_a_table_are_looking() -> None:
    shown, plain = made(with_table(filtered=True)), made(with_table(filtered=False))
    assert content_print(shown) == content_print(plain) != content_print(made())


def typed(book: Workbook) -> None:
    book.active["A2"] = "QC002"


def computed_otherwise(book: Workbook) -> None:
    book.active["B1"] = "=LEN(A2)"


def painted(book: Workbook) -> None:
    book.active["A2"].fill = PatternFill("solid", fgColor="FF0000")


def shown_otherwise(book: Workbook) -> None:
    book.active["A2"].number_format = "0.00%"


def renamed(book: Workbook) -> None:
    book.worksheets[1].title = "设置2"


def hidden(book: Workbook) -> None:
    book.worksheets[1].sheet_state = "hidden"


@pytest.mark.parametrize(
    "change", [typed, computed_otherwise, painted, shown_otherwise, renamed, hidden]
)
def test_every_change_shows(change: Change) -> None:
    assert content_print(made(change)) != content_print(made())


def test_what_cannot_be_read_has_none() -> None:
    assert content_print(b"no workbook") == ""
    assert content_print(agile()) == ""
