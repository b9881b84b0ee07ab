"""Rows that grow while somebody types: in the file, a height that is not marked as set by hand.

XlsxWriter marks every row height that it is given; Excel and WPS then never change it again, and
a longer text is cut on paper.  Taking the mark away keeps the height until the row is edited.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

MARK = ' customHeight="1"'
_ROW = re.compile(r'<row r="(\d+)"')
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")

Growing = Mapping[int, Collection[int]]
"""Number of a sheet, from 1 -> its rows, from 0, that are free to grow."""


def rows_of_part(growing: Growing, part: str) -> Collection[int]:
    """The rows that are free to grow in a part of the workbook."""
    found = _SHEET.fullmatch(part)
    return growing.get(int(found[1]), ()) if found else ()


def let_row_grow(tag: str, rows: Collection[int]) -> str:
    """A tag as XlsxWriter writes it; that of one of these rows without the mark."""
    found = _ROW.match(tag)
    return tag.replace(MARK, "") if found and int(found[1]) - 1 in rows else tag
