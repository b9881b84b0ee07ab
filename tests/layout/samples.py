"""Small books for the tests of placement and writing."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import openpyxl

from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import Expr
from xladdin.layout.cells import Block, Book, Cell, Content, Fixed, Properties, Sheet
from xladdin.layout.styles import TEXT, Style
from xladdin.layout.writer import workbook_bytes


def sheet_of(*contents: Content, name: str = "表", style: Style = TEXT) -> Sheet:
    """A sheet of one column, a cell per row, each in a block of its own."""
    blocks = tuple(Block((Cell(0, 0, content, style),), 1) for content in contents)
    return Sheet(name, (20.0,), blocks)


def book_of(*sheets: Sheet, model: Mapping[str, Expr] | None = None) -> Book:
    return Book(sheets, model or {}, Properties("样表"))


def written(book: Book, values: Mapping[str, Value] | None = None) -> openpyxl.Workbook:
    """The book as openpyxl reads it back."""
    return openpyxl.load_workbook(BytesIO(workbook_bytes(book, values or {})))


def of_text(text: str) -> Book:
    return book_of(sheet_of(Fixed(text)))
