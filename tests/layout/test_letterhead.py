"""Whose workbook it is stands at its head."""

from __future__ import annotations

import io

import openpyxl

from xladdin.layout.cells import Block, Book, Cell, CompanyName, Properties, Sheet
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.styles import COMPANY
from xladdin.layout.writer import workbook_bytes

BOOK = Book(
    (Sheet("表", (20.0,), (Block((Cell(0, 0, CompanyName(), COMPANY),), 1),)),),
    {},
    Properties("表"),
)


def test_a_company_stands_at_the_head_of_what_it_writes() -> None:
    assert opened(workbook_bytes(BOOK, {}, Letterhead("晴川数码旗舰店"))) == "晴川数码旗舰店"


def test_without_a_name_nothing_stands_there() -> None:
    assert opened(workbook_bytes(BOOK, {})) is None


def opened(content: bytes) -> object:
    """What stands in the first cell."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A1"].value
