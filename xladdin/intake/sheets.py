"""Workbooks (.xlsx, .xls and their kin) as grids of raw cells."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace
from xml.etree import ElementTree as ET

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from xladdin.problems import Place, Problem, warning

from .epochs import uses_1904
from .grids import Cells, Grid
from .marks import Marks, sheet_marks
from .odd_errors import with_known_errors

# Told by content, since the reader gives the same error for a password as for a damaged file.
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_CELLS = 10_000_000
"""One stray blank in the last row and column would make a grid that no memory holds."""

UNREAD = (
    KeyError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
)
"""What zipfile and ElementTree raise over damaged files, and over .xls, .ods and .xlsb."""

ODD_ERROR = "Unsupported cell error value"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin as a workbook does (the file's ending often says something else)."""
    return data.startswith((ZIP, OLE))


def read_workbook(
    file: str, data: bytes, *, hidden: bool = False
) -> tuple[list[Grid], list[Problem]]:
    """Every visible sheet, or with ``hidden`` every sheet."""
    try:
        return _grids(file, data, hidden)
    except CalamineError as error:
        if ODD_ERROR in str(error) and data.startswith(ZIP):
            return read_workbook(file, _readable(data), hidden=hidden)
        return [], [_unopened(file, data)]
    except BaseException as error:
        # A damaged .xls makes the reader panic, which its binding raises beside Exception.
        if type(error).__name__ != "PanicException":
            raise
        return [], [_unopened(file, data)]


def _readable(data: bytes) -> bytes:
    """The workbook without odd error values; nothing of it, so that reading it ends, if damaged."""
    try:
        known = with_known_errors(data)
    except UNREAD:
        return b""
    return known if known != data else b""


def _grids(file: str, data: bytes, hidden: bool) -> tuple[list[Grid], list[Problem]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        marks, problems = _marks(file, data)
        visible = _visible(book)
        wanted = _all(book) if hidden else visible
        names = [name for name in wanted if not _too_large(marks.get(name))]
        problems += [_vast(file, name) for name in wanted if name not in names]
        sheets = [book.get_sheet_by_name(name) for name in names]
        date1904 = uses_1904(data)
        grids = [
            replace(
                _grid(file, each, marks.get(each.name, Marks()), each.name not in visible),
                date1904=date1904,
            )
            for each in sheets
        ]
        return grids, problems


def _unopened(file: str, data: bytes) -> Problem:
    if _ENCRYPTED in data:
        message = "文件有打开密码，请在Excel里取消密码、保存后再交"
        return Problem("file_protected", message, Place(file))
    maybe = "可能有打开密码，或者" if data.startswith(OLE) else "文件"
    message = f"打不开：{maybe}已损坏，请用Excel打开并另存为没有密码的 .xlsx 后再交"
    return Problem("file_corrupt", message, Place(file))


def _too_large(marks: Marks | None) -> bool:
    return marks is not None and marks.height * marks.width > MOST_CELLS


def _vast(file: str, sheet: str) -> Problem:
    message = "表太大，没有读：最末的行或列里可能误填了东西，请删去多余的行和列后再交"
    return Problem("sheet_too_large", message, Place(file, sheet=sheet))


def _marks(file: str, data: bytes) -> tuple[dict[str, Marks], list[Problem]]:
    try:
        return sheet_marks(data), []
    except UNREAD:
        message = "看不出哪些格是错误值（如 #DIV/0!），它们会按没有填写读；另存为 .xlsx 后就能看出"
        return {}, [warning("error_values_unseen", message, Place(file))]


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    ]


def _all(book: CalamineWorkbook) -> list[str]:
    return [each.name for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]


def _grid(file: str, sheet: CalamineSheet, marks: Marks, hidden: bool) -> Grid:
    rows: list[Cells] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), text in marks.texts.items():
        _put(rows, row, column, text)
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    return Grid(file, rows, sheet.name, hidden=hidden)


def _put(rows: list[Cells], row: int, column: int, text: str) -> None:
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([""] * (column + 1 - len(rows[row])))
    rows[row][column] = text


def _fill_merged(rows: list[Cells], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Give the value of cells merged downwards to each of their rows.

    A clerk merges 工号 over the lines of one employee, and a header over two header rows.
    """
    for (top, left), (bottom, _) in ranges:
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[top]) and left < len(rows[row]):
                rows[row][left] = rows[top][left]
