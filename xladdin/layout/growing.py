"""Rows that grow while somebody types: in the file, a height that is not marked as set by hand.

XlsxWriter marks every row height that it is given; Excel and WPS then never change it again, and
a longer text is cut on paper.  Taking the mark away keeps the height until the row is edited.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import partial

from .package_edits import edited

ROW = re.compile(r'<row r="(\d+)"[^<>]*>')
MARK = ' customHeight="1"'


def let_rows_grow(content: bytes, rows: Mapping[int, Collection[int]]) -> bytes:
    """The workbook with those rows (by sheet number from 1, rows from 0) free to grow."""
    edits = {
        f"xl/worksheets/sheet{sheet}.xml": partial(_unmarked, rows=growing)
        for sheet, growing in rows.items()
        if growing
    }
    return edited(content, edits)


def _unmarked(xml: str, rows: Collection[int]) -> str:
    def freed(found: re.Match[str]) -> str:
        return found[0].replace(MARK, "") if int(found[1]) - 1 in rows else found[0]

    return ROW.sub(freed, xml)
