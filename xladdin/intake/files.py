"""A file that was handed in, as grids of raw cells: what it is, is told by its content."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from xladdin.problems import Place, Problem

from .grids import Cells, Fit, Grid
from .sheets import is_workbook, read_workbook

DELIMITERS = (",", ";", "\t")
HEAD = 20
"""How many rows may stand above a table: titles, dates, notes."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_grids(path: Path, fit: Fit, *, hidden: bool = False) -> tuple[list[Grid], list[Problem]]:
    """The sheets of a workbook, or the one grid of a text file whose delimiter fits best.

    Sheets that a workbook hides are left out, unless ``hidden`` asks for them.
    """
    data, problems = _bytes(path)
    if problems:
        return [], problems
    if is_workbook(data):
        return read_workbook(path.name, data, hidden=hidden)
    text = _decoded(data)
    if text is None or "\0" in text:
        return [], [_no_text(path, data)]
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<table", "<?xml")):
        message = "其实是网页，不是Excel文件，请用Excel打开并另存为 .xlsx 后再交"
        return [], [_fault(path, "file_is_html", message)]
    return _read_text(path.name, text, fit)


def _fault(path: Path, code: str, message: str) -> Problem:
    return Problem(code, message, Place(path.name))


def _no_text(path: Path, data: bytes) -> Problem:
    if b"\0" in data:
        return _fault(path, "file_not_table", "不是表格文件（应为 .xlsx、.xls 或 .csv）")
    message = "文字编码认不出（应为UTF-8或GBK），请用Excel打开并另存为 .xlsx 后再交"
    return _fault(path, "file_encoding", message)


def _bytes(path: Path) -> tuple[bytes, list[Problem]]:
    if path.name.startswith("~$"):
        message = "是Excel打开文件时留下的临时文件，请交原来的文件"
        return b"", [_fault(path, "file_is_lock", message)]
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return b"", [_fault(path, "file_missing", "找不到这个文件")]
    except IsADirectoryError:
        return b"", [_fault(path, "file_is_folder", "是文件夹，这里应为一个表格文件")]
    except (OSError, ValueError):
        message = "打不开：可能正被Excel占用，或者没有权限；请关闭文件后再试"
        return b"", [_fault(path, "file_unreadable", message)]
    blank = not data.strip(b" \t\r\n" + codecs.BOM_UTF8)
    return data, [_fault(path, "empty_file", "文件是空的")] if blank else []


def _decoded(data: bytes) -> str | None:
    if data.startswith(_UTF16):
        tries: tuple[str, ...] = ("utf-16",)
    elif data.startswith(codecs.BOM_UTF8):
        # Marked as UTF-8: read as anything else, a damaged byte would turn it all into rubbish.
        tries = ("utf-8-sig",)
    else:
        tries = ("utf-8", "gb18030")
    for encoding in tries:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_text(file: str, text: str, fit: Fit) -> tuple[list[Grid], list[Problem]]:
    def quality(delimiter: str) -> int:
        return fit(_split(file, text, delimiter, HEAD)[0].rows)

    grid, problems = _split(file, text, max(DELIMITERS, key=quality))
    return [grid], problems


def _split(
    file: str, text: str, delimiter: str, limit: int | None = None
) -> tuple[Grid, list[Problem]]:
    # Strict, since otherwise a quotation mark that is never closed swallows the rest in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Cells] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            rows.append(list(row))
            lines.append(start)
            start = reader.line_num + 1
            if limit is not None and len(rows) >= limit:
                break
    except csv.Error:
        message = "从这一行起读不下去：引号不成对，或者一格的内容太长"
        problem = Problem("csv_broken", message, Place(file, line=start))
        return Grid(file, rows, lines=lines), [problem]
    return Grid(file, rows, lines=lines), []
