"""Rows that grow while somebody types: in the file, a height that is not marked as set by hand.

XlsxWriter marks every row height that it is given; Excel and WPS then never change it again, and
a longer text is cut on paper.  Taking the mark away keeps the height until the row is edited.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping

ROW = re.compile(r'<row r="(\d+)"[^>]*>')
MARK = ' customHeight="1"'


def let_rows_grow(content: bytes, rows: Mapping[int, Collection[int]]) -> bytes:
    """The workbook with those rows (by sheet number from 1, rows from 0) free to grow."""
    if not any(rows.values()):
        return content
    parts = {f"xl/worksheets/sheet{sheet}.xml": growing for sheet, growing in rows.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as package:
        for info in source.infolist():
            data = source.read(info)
            if growing := parts.get(info.filename):
                data = _unmarked(data.decode(), growing).encode()
            package.writestr(info, data)
    return target.getvalue()


def _unmarked(xml: str, rows: Collection[int]) -> str:
    def freed(found: re.Match[str]) -> str:
        return found[0].replace(MARK, "") if int(found[1]) - 1 in rows else found[0]

    return ROW.sub(freed, xml)
