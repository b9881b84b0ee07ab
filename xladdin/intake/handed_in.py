"""A file that was handed in, as grids of raw cells: what it is, is told by its content."""

from __future__ import annotations

import codecs
import csv
import io
import os
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from xladdin.ooxml.limits import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_DIFFERENT,
    MOST_LINES,
    MOST_LONG_TEXT,
    MOST_PLAIN_CELLS,
    MOST_PLAIN_LINES,
    MOST_WIDTH,
    SHORT_TEXT,
)
from xladdin.ooxml.opening import OpenedFile, is_workbook, open_file
from xladdin.problems import Place, Problem

from .coded_rows import AT_ONCE, CodedRows
from .grids import Cells, Fit, Grid
from .sheets import read_opened
from .text import literal_text

DELIMITERS = (",", ";", "\t")
HEAD = 20
"""How many rows may stand above a table: titles, dates, notes."""
HEAD_BYTES = 200_000
"""How much of a text file is looked at to find out its delimiter."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PIECE = 1 << 20
_WEB_PAGES = ("<html", "<!doctype", "<table", "<?xml")


Found = tuple[list[Grid], list[Problem]]


class HandedIn:
    """A file that was handed in: opened once, its cells read once, however often it is asked."""

    def __init__(self, file: OpenedFile) -> None:
        self.file = file
        self._known: dict[object, Found] = {}

    @property
    def path(self) -> Path:
        return self.file.path

    @property
    def name(self) -> str:
        """As messages call it."""
        return self.file.name

    def grids(self, fit: Fit, *, hidden: bool = False, many: bool = False) -> Found:
        """The sheets of a workbook, or the one grid of a text file whose delimiter fits best.

        Sheets that a workbook hides are left out, unless ``hidden`` asks for them.  ``many``: a
        text file may have as many lines as are read by column (``coded_rows``).
        """
        data = self.file.data
        if self.file.problems:
            return [], [*self.file.problems]
        if is_workbook(data):
            return self._once(hidden, lambda: read_opened(self.file, hidden=hidden))
        if not data.strip(b" \t\r\n" + codecs.BOM_UTF8):
            return [], [self._fault("empty_file", "文件是空的")]
        return self._text(fit, many)

    def _text(self, fit: Fit, many: bool) -> Found:
        data, encoding = self.file.data, self._encoding
        if encoding is None:
            return [], [self._no_text()]
        head = _head(data, encoding)
        if head.lstrip()[:200].lower().startswith(_WEB_PAGES):
            message = "其实是网页，不是Excel文件，请用Excel打开并另存为 .xlsx 后再试"
            return [], [self._fault("file_is_html", message)]
        delimiter = _delimiter(head, fit)
        kind = _LargeTextFile if many else _TextFile
        how = (delimiter, many)
        return self._once(how, lambda: kind(self.name, data, encoding).read(delimiter))

    def _once(self, how: object, read: Callable[[], Found]) -> Found:
        if how not in self._known:
            self._known[how] = read()
        grids, problems = self._known[how]
        return [*grids], [*problems]

    @cached_property
    def _encoding(self) -> str | None:
        return _encoding(self.file.data)

    def _fault(self, code: str, message: str) -> Problem:
        return Problem(code, message, Place(self.name))

    def _no_text(self) -> Problem:
        if b"\0" in self.file.data:
            return self._fault("file_not_table", "不是表格文件（应为 .xlsx、.xls 或 .csv）")
        message = "文字编码认不出（应为UTF-8或GBK），请用Excel打开并另存为 .xlsx 后再试"
        return self._fault("file_encoding", message)


FileOrPath = str | os.PathLike[str] | HandedIn
"""Where a table is read from: a path, or a file that somebody has opened already."""


def handed_in(source: FileOrPath) -> HandedIn:
    """A file that is open; nothing is raised."""
    return source if isinstance(source, HandedIn) else HandedIn(open_file(Path(source)))


def read_grids(source: FileOrPath, fit: Fit, *, hidden: bool = False) -> Found:
    """The grids of a file: see ``HandedIn.grids``."""
    return handed_in(source).grids(fit, hidden=hidden)


class Openings:
    """The files that a command is given, some perhaps for several purposes: each is opened once.

    One that nobody will ask for again is let go, since its cells take room.
    """

    def __init__(self, *paths: str | Path | None) -> None:
        """Every path as often as it will be asked for."""
        self._left = Counter(_key(path) for path in paths if path is not None)
        self._open: dict[str, HandedIn] = {}

    def __call__(self, path: str | Path) -> HandedIn:
        key = _key(path)
        self._left[key] -= 1
        file = self._open.pop(key, None) or handed_in(path)
        if self._left[key] > 0:
            self._open[key] = file
        return file


def _key(path: str | Path) -> str:
    """One file under two names is opened as two: messages call it by its name."""
    try:
        return os.path.abspath(path)
    except (OSError, ValueError):  # the current folder is gone; no path at all
        return str(path)


def _encoding(data: bytes) -> str | None:
    """The encoding in which all of it can be read, without signs that no text has."""
    if data.startswith(_UTF16):
        tries: tuple[str, ...] = ("utf-16",)
    elif data.startswith(codecs.BOM_UTF8):
        # Marked as UTF-8: read as anything else, a damaged byte would turn it all into rubbish.
        tries = ("utf-8-sig",)
    else:
        tries = ("utf-8", "gb18030")
    return next((encoding for encoding in tries if _decodes(data, encoding)), None)


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for begin in range(0, len(data), _PIECE):
            if "\0" in decoder.decode(data[begin : begin + _PIECE], begin + _PIECE >= len(data)):
                return False
    except UnicodeDecodeError:
        return False
    return True


def _head(data: bytes, encoding: str) -> str:
    # Cut anywhere, perhaps within a sign.
    return codecs.getincrementaldecoder(encoding)().decode(data[:HEAD_BYTES])


def _delimiter(head: str, fit: Fit) -> str:
    def quality(delimiter: str) -> int:
        return fit(list(_first_rows(head, delimiter)))

    return max(DELIMITERS, key=quality)


def _first_rows(head: str, delimiter: str) -> Iterator[Cells]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in islice(reader, HEAD):
            yield list(row[:MOST_WIDTH])
    except csv.Error:
        return  # told when the whole file is read


class _TooLongError(Exception):
    """A row would take too much memory to be split."""


class _TextFile:
    """A text file read line by line: what is too much of it is never held."""

    most_lines, most_cells = MOST_LINES, MOST_CELLS

    def __init__(self, file: str, data: bytes, encoding: str) -> None:
        self.file, self.data, self.encoding = file, data, encoding
        self.rows: list[Cells] = []
        self.lines: array[int] = array("I")
        self.problems: list[Problem] = []
        self._cells = self._unfinished = self._long_text = 0
        self._formulas = False
        """Whether there is an equals sign in the row."""

    def read(self, delimiter: str) -> Found:
        stream = io.TextIOWrapper(io.BytesIO(self.data), self.encoding, newline="")
        # Strict, since otherwise a quotation mark that is never closed swallows the rest in silence.
        reader = csv.reader(self._short_lines(stream), delimiter=delimiter, strict=True)
        start = 1
        try:
            for row in reader:
                if not self._take(row, start):
                    break
                start, self._unfinished, self._formulas = reader.line_num + 1, 0, False
        except _TooLongError:
            message = f"这一行太长（超过{LONGEST_LINE // 10_000}万字），从这一行起没有读"
            self._problem("line_too_long", message, start)
        except csv.Error:
            message = "从这一行起读不下去：引号不成对，或者一格的内容太长"
            self._problem("csv_broken", message, start)
        return [Grid(self.file, self._all(), lines=self.lines)], self.problems

    def _all(self) -> Sequence[Cells]:
        return self.rows

    def _short_lines(self, stream: Iterable[str]) -> Iterator[str]:
        """The lines, as long as those of one row are no more than the rows of a person have."""
        for line in stream:
            self._unfinished += len(line)
            if self._unfinished > LONGEST_LINE:
                raise _TooLongError
            if "=" in line:
                self._formulas = True
            yield line

    def _problem(self, code: str, message: str, line: int | None = None) -> None:
        self.problems.append(Problem(code, message, Place(self.file, line=line)))

    def _take(self, row: list[str], line: int) -> bool:
        """Whether the file may still be read on."""
        self._cells += len(row)
        if len(row) > MOST_WIDTH:
            message = f"这一行有{len(row)}格，最多读{MOST_WIDTH}格，从这一行起没有读"
            self._problem("too_many_columns", message, line)
        elif not any(row):
            # Kept only where something follows: exports of formatted sheets end in thousands.
            return True
        elif line > self.most_lines or self._cells > self.most_cells:
            self._too_long(line)
        elif self._long_text > MOST_LONG_TEXT:
            message = f"长文字一共超过{MOST_LONG_TEXT // 10_000}万字，从这一行起没有读"
            self._problem("file_too_large", message, line)
        else:
            self.rows.append(self._shortened(row, line))
            self.lines.append(line)
            return True
        return False

    def _too_long(self, line: int) -> None:
        """Nothing of it is read: half of a list is worse than none."""
        there = self.data.count(b"\n") + 1
        message = (
            f"文件太大，没有读：共约{there}行，读到第{line}行已经太多（最多{self.most_lines}行、"
            f"{self.most_cells // 10_000}万格）；请只留需要的月份和人员，或者分成几个文件后再试"
        )
        self._forget()
        self._problem("file_too_large", message)

    def _forget(self) -> None:
        self.rows.clear()
        del self.lines[:]

    def _shortened(self, row: list[str], line: int) -> Cells:
        # What is long in none of its lines is long in none of its cells.
        longest = max(map(len, row)) if self._unfinished > SHORT_TEXT else 0
        if longest > SHORT_TEXT:
            self._long_text += sum(map(len, row))
        if longest > LONGEST_TEXT:
            for column, cell in enumerate(row):
                if len(cell) > LONGEST_TEXT:
                    message = f"第{column + 1}格有{len(cell)}个字，超过{LONGEST_TEXT}个，没有读"
                    self._problem("cell_too_long", message, line)
                    row[column] = ""
        if not self._formulas:
            return row  # type: ignore[return-value]
        return [literal_text(cell) if cell.startswith("=") else cell for cell in row]


class _LargeTextFile(_TextFile):
    """One whose cells are kept by column."""

    most_lines, most_cells = MOST_PLAIN_LINES, MOST_PLAIN_CELLS

    def __init__(self, file: str, data: bytes, encoding: str) -> None:
        super().__init__(file, data, encoding)
        self._coded = CodedRows()

    def _take(self, row: list[str], line: int) -> bool:
        go_on = super()._take(row, line)
        if len(self.rows) >= AT_ONCE:
            self._coded.take(self.rows)
            self.rows.clear()
            odd, different = len(self._coded.odd), self._coded.different
            if odd > MOST_LINES or different > MOST_DIFFERENT:
                self._too_long(line)
                return False
        return go_on

    def _all(self) -> Sequence[Cells]:
        if self.rows:
            self._coded.take(self.rows)
        return self._coded.done()

    def _forget(self) -> None:
        super()._forget()
        self._coded = CodedRows()
