from __future__ import annotations

import datetime as dt

import pytest
from python_calamine import CalamineWorkbook

from tests.hostile.makers import cell, row, sheet, strings, styles
from xladdin.intake.plain_package import PlainPackage

TEXT, DAY = '<c r="A1" t="s"><v>0</v></c>', '<c r="B1" s="0"><v>46326</v></c>'


@pytest.mark.parametrize(("date1904", "day"), [(False, (2026, 10, 31)), (True, (2030, 11, 1))])
def test_the_reader_gets_sheets_texts_styles_and_days(
    date1904: bool, day: tuple[int, int, int]
) -> None:
    package = PlainPackage(
        styles=styles("", 1, '<xf numFmtId="14"/>'),
        strings=strings("<si><t>甲</t></si>"),
        date1904=date1904,
    )
    package.add([sheet(row(1, TEXT, DAY))])
    package.add([sheet(row(1, cell("A1", 2)))])
    with CalamineWorkbook.from_filelike(package.done()) as book:
        assert book.get_sheet_by_index(0).to_python() == [["甲", dt.date(*day)]]
        assert len(book.get_sheet_by_index(1).to_python()) == 1


def test_a_book_without_anything() -> None:
    package = PlainPackage(styles=b"", strings=b"", date1904=False)
    package.add([sheet("")])
    with CalamineWorkbook.from_filelike(package.done()) as book:
        assert book.get_sheet_by_index(0).to_python() == []
