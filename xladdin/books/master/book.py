"""The master workbook as a book: 使用说明, a sheet per table, and a hidden one with lists."""

from __future__ import annotations

from xladdin.intake.master.sheets import SHEETS
from xladdin.layout.cells import Book, Properties

from .formats import Rows
from .guide import TITLE, guide_sheet, model
from .hidden import lists_sheet
from .table import table_sheet


def book(rows: Rows) -> Book:
    """The workbook that holds these rows (sheet key -> rows of column key -> cell)."""
    sheets = (guide_sheet(), *(table_sheet(spec, rows) for spec in SHEETS), lists_sheet())
    return Book(sheets, model(), Properties(title=TITLE))
