"""Workbooks (.xlsx, .xls and their kin) as grids of raw cells."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook

from xladdin.ooxml.addresses import address, letters
from xladdin.ooxml.archive import Archive
from xladdin.ooxml.book_parts import BookParts, SheetPart, book_parts
from xladdin.ooxml.budget import Budget
from xladdin.ooxml.limits import (
    LONGEST_TEXT,
    MASTER_AREA,
    MOST_AREA,
    MOST_READ,
    MOST_READ_OF_MASTER,
    SHORT_TEXT,
)
from xladdin.ooxml.opening import OLE, OpenedFile, is_protected
from xladdin.ooxml.refused import DamagedError, RefusedError, protected
from xladdin.ooxml.relations import TYPES_PART, main_part
from xladdin.ooxml.sheet_stream import row_and_column
from xladdin.problems import Place, Problem, warning

from .computed_cells import ROW_END, without_computed, works_out
from .epochs import uses_1904
from .grids import Cells, Grid
from .legacy import read_legacy
from .marks import Marks, SheetScan
from .plain_package import PlainPackage
from .seen_numbers import as_seen
from .xlsx_parts import StringsScan, StylesScan

MOST_MERGED = 50_000
"""Rows below the first that all merged areas of a sheet cover together."""
Merged = Iterable[tuple[int, int, int]]
"""First row, first column, last row of each area, from 0."""
Found = tuple[list[Grid], list[Problem]]


def read_workbook(file: str, data: bytes, *, hidden: bool = False, only: str = "") -> Found:
    """Every visible sheet, or with ``hidden`` every sheet, or the one named ``only``."""
    return read_opened(OpenedFile(Path(file), data), hidden=hidden, only=only)


def read_opened(file: OpenedFile, *, hidden: bool = False, only: str = "") -> Found:
    """The same of a file that was opened as one; it is no fault to ask twice; nothing is raised."""
    try:
        if is_protected(file.data):
            raise protected()
        return _read(file, hidden or bool(only), only)
    except RefusedError as error:
        return [], [error.problem(file.name)]


def _read(file: OpenedFile, hidden: bool, only: str) -> Found:
    if file.data.startswith(OLE):
        return _legacy(file, hidden)
    archive, budget = file.archive.within(MOST_READ), Budget()
    main = main_part(archive, budget.elements)
    if not main and TYPES_PART in archive:
        raise DamagedError("no main part")
    if not main or main.lower().endswith(".bin"):
        archive.measure()
        return _legacy(file, hidden)
    parts = book_parts(archive, main, budget.elements)
    chosen = [sheet for sheet in parts.sheets if hidden or sheet.visible]
    left = [sheet.name for sheet in parts.sheets if sheet not in chosen]
    chosen = [sheet for sheet in chosen if only in ("", sheet.name)]
    grids, problems = _Book(file.name, archive, parts, budget).read(chosen)
    return grids, [*_left_hidden(file.name, left), *problems]


def is_master_book(file: OpenedFile) -> bool:
    """Whether a workbook's names say that it is a master workbook; nothing is raised."""
    try:
        archive, elements = file.archive.within(MOST_READ), Budget().elements
        main = main_part(archive, elements)
        names = book_parts(archive, main, elements).names if main else ()
    except RefusedError:
        return False
    return works_out(name.name for name in names)


def _left_hidden(file: str, names: Sequence[str]) -> list[Problem]:
    """Sheets that nobody sees are not read; what is in them may be what was meant all the same.

    Sheets that begin with an underscore are this program's and other programs' own.
    """
    names = [name for name in names if not name.startswith("_")]
    if not names:
        return []
    listed = "、".join(f"「{name}」" for name in names)
    message = f"隐藏的工作表{listed}没有读；里面有要用的数据时，请取消隐藏再试"
    return [warning("hidden_sheets", message, Place(file))]


class _Book:
    """An .xlsx whose sheets are looked through first, then read."""

    def __init__(self, file: str, archive: Archive, parts: BookParts, budget: Budget) -> None:
        self.is_master = works_out(name.name for name in parts.names)
        if self.is_master:
            archive, budget = archive.within(MOST_READ_OF_MASTER), Budget.of_master()
        self.file, self.archive, self.budget = file, archive, budget
        empty = b"<empty/>"
        styles = archive.read(parts.styles) if parts.styles else empty
        looks = StylesScan(styles, budget.elements)
        strings = archive.read(parts.strings) if parts.strings else empty
        texts = StringsScan(strings, budget.elements)
        self.formats, self.lengths = looks.formats, texts.lengths
        self.package = PlainPackage(
            styles=looks.plain(), strings=texts.plain(), date1904=parts.date1904
        )
        self.date1904 = parts.date1904
        self.problems: list[Problem] = []
        self.area = 0

    def read(self, sheets: Iterable[SheetPart]) -> Found:
        marked = [(sheet, marks) for sheet in sheets if (marks := self._marks(sheet)) is not None]
        grids: list[Grid] = []
        with _opened(self.package.done()) as book:
            for index, (sheet, marks) in enumerate(marked):
                rows = _cells(book, index)
                _put(rows, marks)
                grid = Grid(
                    self.file,
                    rows,
                    sheet.name,
                    hidden=not sheet.visible,
                    hidden_rows=frozenset(marks.hidden),
                    date1904=self.date1904,
                    merged=tuple(_merged(marks)),
                    formulas=frozenset(marks.formulas) if self.is_master else None,
                )
                self.problems += finished(grid, grid.merged, self.budget)
                grids.append(grid)
        return grids, self.problems

    def _marks(self, sheet: SheetPart) -> Marks | None:
        """Look through a sheet; None, with a problem, for one that is not to be read."""
        scan = SheetScan(self._xml(sheet.part), self.formats, self.lengths, self.budget)
        marks = scan.marks
        if self.area + marks.area > (MASTER_AREA if self.is_master else MOST_AREA):
            self.problems.append(vast(self.file, sheet.name, marks.height, marks.width))
            return None
        self.area += marks.area
        if marks.twice is not None:
            self.problems.append(self._twice(sheet, marks.twice))
        self.package.add(scan.readable())
        return marks

    def _xml(self, part: str) -> bytes:
        if self.is_master:
            return self.archive.read_thinned(part, without_computed, ROW_END)
        return self.archive.read(part)

    def _twice(self, sheet: SheetPart, place: int) -> Problem:
        row, column = row_and_column(place)
        message = "这一格在文件里有两个内容，不知道哪个对；请用Excel打开、核对并另存后再试"
        where = Place(self.file, sheet=sheet.name, cell=address(row + 1, column + 1))
        return Problem("cell_twice", message, where)


def _opened(stream: io.BytesIO) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(stream)
    except BaseException as error:
        raise _damage(error) from error


def _cells(book: CalamineWorkbook, index: int) -> list[Cells]:
    try:
        rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
        return cast("list[Cells]", rows)
    except BaseException as error:
        raise _damage(error) from error


def _damage(error: BaseException) -> BaseException:
    """What a damaged workbook makes the reader raise: its panics come beside Exception."""
    known = isinstance(error, CalamineError) or type(error).__name__ == "PanicException"
    return DamagedError(str(error)) if known else error


def vast(file: str, sheet: str, height: int, width: int) -> Problem:
    """A sheet whose filled cells lie too far apart."""
    message = (
        f"表太大，没有读：用到了第{height}行、第{letters(width)}列；"
        "最末的行或列里可能误填了东西，请删去多余的行和列后再试"
    )
    return Problem("sheet_too_large", message, Place(file, sheet=sheet))


def _merged(marks: Marks) -> Merged:
    numbers = iter(marks.merged)
    return zip(numbers, numbers, numbers, strict=True)


def _put(rows: list[Cells], marks: Marks) -> None:
    """What people see in the marked cells."""
    for place, text in zip(marks.places, marks.texts, strict=True):
        row, column = row_and_column(place)
        rows.extend([] for _ in range(row + 1 - len(rows)))
        cells = rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = text if isinstance(text, str) else as_seen(cells[column], text)


def finished(grid: Grid, merged: Merged, budget: Budget) -> list[Problem]:
    """Fill what is merged; texts that no cell of Excel holds are taken out, and told."""
    problems = []
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if type(cell) is not str or len(cell) <= SHORT_TEXT:
                continue
            budget.take_long(len(cell))
            if len(cell) > LONGEST_TEXT:
                message = f"这一格有{len(cell)}个字，超过Excel一格能放的{LONGEST_TEXT}个，没有读"
                problems.append(Problem("cell_too_long", message, grid.place(row, column)))
                cells[column] = ""
    return problems + _fill_merged(grid, merged)


def _fill_merged(grid: Grid, ranges: Merged) -> list[Problem]:
    """Give the value of cells merged downwards to each of their rows.

    A clerk merges 工号 over the lines of one employee, and a header over two header rows.
    """
    rows, most = grid.rows, MOST_MERGED
    for top, left, last in ranges:
        bottom = min(last, len(rows) - 1)
        if bottom - top > most:
            message = (
                f"合并的单元格太多、太高（超过{MOST_MERGED}行），从这里起只按第一行读；请取消合并"
            )
            return [warning("merged_too_far", message, grid.place(top, left))]
        most -= max(0, bottom - top)
        for row in range(top + 1, bottom + 1):
            if left < len(rows[top]) and left < len(rows[row]):
                rows[row][left] = rows[top][left]
    return []


def _legacy(file: OpenedFile, hidden: bool) -> Found:
    """Kinds of files that only the fast reader understands, in a process of their own."""
    problems = []
    grids = []
    budget, date1904 = Budget(), uses_1904(file)
    sheets = read_legacy(file.data, hidden=hidden)
    chosen = [sheet for sheet in sheets if hidden or sheet.visible]
    for sheet in chosen:
        for row in sheet.rows or ():
            if any(cell != "" for cell in row):
                budget.take_line()
        if sheet.rows is None:
            problems.append(vast(file.name, sheet.name, sheet.height, sheet.width))
        else:
            merged = tuple((*first, last[0]) for first, last in sheet.merged)
            grid = Grid(
                file.name,
                sheet.rows,
                sheet.name,
                hidden=not sheet.visible,
                date1904=date1904,
                merged=merged,
            )
            problems += finished(grid, merged, budget)
            grids.append(grid)
    problems += _left_hidden(file.name, [sheet.name for sheet in sheets if sheet not in chosen])
    message = (
        "看不出哪些格是错误值（如 #DIV/0!），它们会按没有填写读，也看不出格式里的单位和开头的 0；"
        "另存为 .xlsx 后就能看出"
    )
    return grids, [warning("error_values_unseen", message, Place(file.name)), *problems]
