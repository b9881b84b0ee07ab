"""Text files of any size: their encoding, their separator, and rows as a reader in SQL may have them.

A file whose lines are its rows is handed to DuckDB as it lies.  Whatever is not so plain (quoted line
breaks, blank lines, quotation marks that do not match, other encodings) is read line by line here and
written out plainly, each row with the line on which it begins; nothing of either is held in memory.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from xladdin.intake.grids import Cells
from xladdin.intake.handed_in import HEAD, HEAD_BYTES
from xladdin.intake.text import is_blank, literal_text
from xladdin.ooxml.limits import LONGEST_LINE, LONGEST_TEXT, MOST_WIDTH

SEPARATORS = (",", ";", "\t", "|")
PLAIN = "\x1f"
"""Between the cells of a file that is written out plainly."""
_PIECE = 1 << 22
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_BREAKS = str.maketrans({PLAIN: " ", "\n": " ", "\r": " ", "\0": " "})
LONGEST_ROW = 200
"""Characters of a row that is shown as an example."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the lines of a file are like."""

    number: int
    """Without blank ones at the end."""
    quoted: bool
    """Whether there is any quotation mark."""
    formula: bool
    """Whether there may be a cell such as ``="0001"``."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file before its rows are read."""

    path: Path
    encoding: str
    separator: str
    first: tuple[Cells, ...]
    """Its first rows."""
    begins: tuple[int, ...]
    """The line on which each of them begins."""
    lines: _Lines

    def is_plain(self, row: int) -> bool:
        """Whether its lines may be its rows, down to the head row."""
        above = self.begins[: row + 1]
        return not self.lines.formula and above == tuple(range(1, row + 2))


class NoTextError(Exception):
    """A file that is none of text, or in no encoding that is known."""


def look_at(path: Path, fit: Callable[[list[Cells]], int]) -> TextFile:
    """What a text file is; raises NoTextError, OSError."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    encoding, lines = _through(path, _encodings(head))
    text = codecs.getincrementaldecoder(encoding)().decode(head).lstrip("\ufeff")
    separator = max(SEPARATORS, key=lambda each: fit([row for _, row in _rows(text, each)]))
    first = list(_rows(text, separator))
    return TextFile(
        path,
        encoding,
        separator,
        tuple(row for _, row in first),
        tuple(line for line, _ in first),
        lines,
    )


def _encodings(head: bytes) -> tuple[str, ...]:
    for mark, encoding in _UTF16.items():
        if head.startswith(mark):
            return (encoding,)
    return ("utf-8-sig",) if head.startswith(codecs.BOM_UTF8) else ("utf-8", "gb18030")


def _through(path: Path, encodings: Iterable[str]) -> tuple[str, _Lines]:
    """The encoding in which all of it can be read, and what its lines are like."""
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            return encoding, _read_through(path, encoding)
    raise NoTextError(path.name)


def _read_through(path: Path, encoding: str) -> _Lines:
    decoder = codecs.getincrementaldecoder(encoding)()
    wide = encoding.startswith("utf-16")
    breaks, quoted, formula, end = 0, False, False, b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if wide or decoder.getstate()[0] or not piece.isascii():
                text = decoder.decode(piece)
                piece = text.encode("utf-8", "replace") if wide else piece
            if b"\0" in piece:
                raise NoTextError(path.name)
            breaks += piece.count(b"\n")
            quoted = quoted or b'"' in piece
            formula = formula or (quoted and b'="' in piece)
            end = (end + piece)[-_TAIL:]
    decoder.decode(b"", final=True)
    blank = end[len(end.rstrip(b"\r\n")) :].count(b"\n")
    return _Lines(breaks - max(0, blank - 1) + (0 if blank else 1), quoted, formula)


_TAIL = 1 << 16


def _rows(head: str, separator: str) -> Iterator[tuple[int, Cells]]:
    """The first rows of a text, with the line on which each begins."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    start = 1
    with suppress(csv.Error):  # told when the whole file is read
        for row in islice(reader, HEAD):
            yield start, [*row[:MOST_WIDTH]]
            start = reader.line_num + 1


@dataclass(slots=True)
class Rewritten:
    """What came of writing a file out plainly."""

    width: int
    rows: int = 0
    too_long: list[tuple[int, str]] = field(default_factory=list)
    """Rows that have more cells than the head: their line, and how they begin."""
    broken: tuple[int, str] | None = None
    """The line from which it could not be read on, and why."""


def rewrite(file: TextFile, row: int, width: int, into: IO[str]) -> Rewritten:
    """Write the rows below the head out plainly, with the line on which each begins."""
    done = Rewritten(width)
    with file.path.open("r", encoding=file.encoding, newline="") as stream:
        guarded = _Guarded(stream)
        reader = csv.reader(guarded, delimiter=file.separator, strict=True)
        start = 1
        try:
            for number, cells in enumerate(reader):
                if number > row and any(cells):
                    _put(done, into, start, cells)
                start, guarded.length = reader.line_num + 1, 0
        except _TooLongError:
            done.broken = (start, f"这一行太长（超过{LONGEST_LINE // 10_000}万字）")
        except csv.Error:
            done.broken = (start, "引号不成对，或者一格的内容太长")
    return done


def _put(done: Rewritten, into: IO[str], line: int, cells: list[str]) -> None:
    while len(cells) > done.width and is_blank(cells[-1]):
        cells.pop()  # a separator at the end of each line
    if len(cells) > done.width:
        done.too_long.append((line, ",".join(cells)[:LONGEST_ROW]))
        return
    put_row(into, line, [*map(literal_text, cells), *[""] * (done.width - len(cells))])
    done.rows += 1


def put_row(into: IO[str], line: int, cells: Iterable[str]) -> None:
    """One row of a file that is written out plainly."""
    texts = (cell[:LONGEST_TEXT].translate(_BREAKS) for cell in cells)
    into.write(f"{line}{PLAIN}{PLAIN.join(texts)}\n")


class _TooLongError(Exception):
    """A row would take too much memory to be split."""


class _Guarded:
    """Lines of a file, as long as those of one row are no more than rows have."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        # Read in pieces: a line without an end would be taken into memory whole.
        while line := self._stream.readline(LONGEST_LINE + 1):
            self.length += len(line)
            if self.length > LONGEST_LINE:
                raise _TooLongError
            yield line


def transcode(file: TextFile, into: Path) -> None:
    """The same file in UTF-8."""
    with (
        file.path.open("r", encoding=file.encoding, newline="") as stream,
        into.open("w", encoding="utf-8", newline="") as target,
    ):
        while piece := stream.read(_PIECE):
            target.write(piece)
