"""反馈单 and 申诉清单 filled in by openpyxl, as somebody in an office program would."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from xladdin.books.appeals import appeal_list
from xladdin.books.summary import appeal_sheet

Row = Mapping[str, Any]
"""By key of the heads."""


def objected(path: Path, rows: Sequence[Row], *, own: str = "", lose: str = "") -> None:
    """Fill the 申诉 sheet of a slip."""
    book = openpyxl.load_workbook(path)
    sheet = book[appeal_sheet.SHEET_NAME]
    columns, top = _heads(sheet, appeal_sheet.HEADS)
    for number, row in enumerate(rows, start=top + 1):
        for key, value in row.items():
            sheet.cell(number, columns[key]).value = value
    if own:
        _beside(book["反馈单"], "本人意见", own)
    if lose:
        del book[lose]
    _save(book, path)


def answered(path: Path, rows: Mapping[str, Row]) -> None:
    """Fill the rows of a 申诉清单, by number."""
    book = openpyxl.load_workbook(path)
    sheet = book[appeal_list.SHEET_NAME]
    columns, top = _heads(sheet, appeal_list.HEADS)
    for number in range(top + 1, sheet.max_row + 1):
        row = rows.get(str(sheet.cell(number, columns["number"]).value), {})
        for key, value in row.items():
            sheet.cell(number, columns[key]).value = value
    _save(book, path)


def _save(book: Any, path: Path) -> None:
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


def _heads(sheet: Worksheet, heads: Mapping[str, str]) -> tuple[dict[str, int], int]:
    for row in sheet.iter_rows():
        said = {cell.value: cell.column for cell in row}
        if set(heads.values()) <= said.keys():
            return {key: said[head] for key, head in heads.items()}, row[0].row
    raise AssertionError(heads)


def _beside(sheet: Worksheet, label: str, text: str) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == label:
                sheet.cell(cell.row, cell.column + 2).value = text
