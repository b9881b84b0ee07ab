"""Notes what a command changes in the open workbook, so that 撤销上一步 can take it back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from xladdin import unforeseen
from xladdin.book_folders import folder_of
from xladdin.files import FileLockedError, content_of, reason
from xladdin.ooxml.addresses import Area, address
from xladdin.ooxml.book_cells import BookCells
from xladdin.ooxml.content_print import content_print
from xladdin.ooxml.opening import opened
from xladdin.ooxml.refused import RefusedError
from xladdin.safe_xlwings import xw

from . import undo_steps
from .desk import Desk
from .format_spelling import spelled
from .master import saved_copy
from .undo_steps import Colours, Step

NOT_KEPT = "做好了，但是撤销用的快照没有留下来，这一步以后撤不了：{why}。"


@dataclass(frozen=True, slots=True)
class CellState:
    """What stands in a cell and how it is shown, as far as a command changes that."""

    formula: str
    """The formula, else the value as Excel would have it typed in English; empty: nothing."""
    is_text: bool
    number_format: str

    @property
    def hashed(self) -> str:
        return _hash(self.formula, self.is_text, self.number_format)


@dataclass(slots=True)
class Recorder:
    """What one command touches; each is noted before it is touched, or right after."""

    book: xw.Book
    label: str
    remark: str = ""
    touched: dict[str, dict[str, None]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    coloured: dict[str, Colours] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    tables: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def cells(self, sheet: str, addresses: Iterable[str]) -> None:
        """Cells that are written to."""
        self.touched.setdefault(sheet, {}).update(dict.fromkeys(addresses))

    def colours(self, sheet: str, before: Colours) -> None:
        """A sheet that is coloured, and the colours that it had."""
        self.coloured.setdefault(sheet, before)

    def shows(self, sheet: xw.Sheet) -> None:
        """A hidden sheet that comes to light."""
        self.shown[sheet.name] = int(sheet.visible)

    def grows(self, sheet: str, before: str, after: str) -> None:
        """A table that becomes longer; Excel fills its new rows with the formulas of the others."""
        self.tables.setdefault(sheet, []).append((before, after))
        self.cells(sheet, _new_cells(before, after))

    def __bool__(self) -> bool:
        noted = self.touched, self.new, self.dropped, self.coloured, self.shown, self.tables
        return any(noted)


@contextmanager
def recorded(desk: Desk, book: xw.Book, label: str) -> Iterator[Recorder]:
    """Around what changes an open workbook: afterwards there is a step that takes it back.

    Also where the command ends half-way.  Nothing is kept where nothing was touched.  ProblemsFound
    where the workbook cannot be copied first; then it has not been touched.
    """
    copy, saved = _before(book)
    step = Recorder(book, label)
    try:
        yield step
    finally:
        if step:
            with _told_if_not_kept(desk):
                _keep(step, copy, saved=saved)


@contextmanager
def replaced_file(desk: Desk, path: Path, label: str, remark: str) -> Iterator[None]:
    """Around what closes the workbook, writes its file and opens it again."""
    before = path.read_bytes()
    try:
        yield
    finally:
        with _told_if_not_kept(desk):
            _keep_file(desk, path, before, label, remark)


def _keep_file(desk: Desk, path: Path, before: bytes, label: str, remark: str) -> None:
    after = path.read_bytes()
    if after != before:
        book = desk.opened(path)
        step = Recorder(book, label, remark)
        for sheet, addresses in _different(path, before, after).items():
            step.cells(sheet, addresses)
        made = hashlib.sha256(after).hexdigest()
        _keep(step, before, saved=True, after_file=made)


def state_of(cell: xw.Range) -> CellState:
    """What a cell is now."""
    formula = str(cell.formula or "")
    value = cell.value
    is_text = isinstance(value, str) and (formula == value or not formula.startswith("="))
    return CellState(formula, is_text, spelled(str(cell.number_format)))


def sheet_hash(sheet: xw.Sheet) -> str:
    """Of everything that stands in a sheet."""
    used = sheet.used_range
    return _hash(used.address, used.formula)


@contextmanager
def _told_if_not_kept(desk: Desk) -> Iterator[None]:
    try:
        yield
    except (OSError, FileLockedError) as error:
        why = reason(error) if isinstance(error, OSError) else "有程序占用着文件"
        desk.tell(NOT_KEPT.format(why=why), bad=True)
    except Exception as error:
        unforeseen.record("no step to undo", error)
        desk.tell(NOT_KEPT.format(why="出了意外"), bad=True)


def _before(book: xw.Book) -> tuple[bytes, bool]:
    """The workbook as it is, and whether that is its file: what was typed since is in a copy alone."""
    folder = folder_of(book)
    if folder is not None and book.api.Saved:
        with suppress(FileLockedError, OSError):
            content = content_of(folder / book.name)
            if content is not None:
                return content, True
    with saved_copy(book) as path:
        return path.read_bytes(), False


def print_of(book: xw.Book) -> str:
    """Of the open workbook as it is now; empty where Excel gives no copy."""
    try:
        with saved_copy(book) as path:
            return content_print(path.read_bytes())
    except Exception as error:
        # The command itself has ended; what it did can still be taken back cell by cell.
        unforeseen.record("no copy afterwards", error)
        return ""


def _keep(step: Recorder, copy: bytes, *, saved: bool, after_file: str = "") -> None:
    book = step.book
    there = {sheet.name: sheet for sheet in book.sheets}
    cells = {
        name: {place: state_of(there[name].range(place)).hashed for place in places}
        for name, places in step.touched.items()
        if name in there
    }
    made = Step(
        when=dt.datetime.now(),
        label=step.label,
        suffix=Path(book.name).suffix or ".xlsx",
        saved=saved,
        after=print_of(book),
        after_file=after_file,
        cells=cells,
        added={name: sheet_hash(there[name]) for name in step.new if name in there},
        dropped=tuple(step.dropped),
        coloured=step.coloured,
        shown=step.shown,
        tables=step.tables,
        remark=step.remark,
    )
    undo_steps.keep(undo_steps.folder_for(book), made, copy)


def _different(path: Path, before: bytes, after: bytes) -> dict[str, list[str]]:
    """The cells in which two files differ, by sheet; none where they cannot be read."""
    try:
        old, new = (BookCells(opened(path, data)) for data in (before, after))
        found = {}
        for part in new.sheets:
            was, now = _said(old, part.name), _said(new, part.name)
            if was != now:
                found[part.name] = [
                    address(*place)
                    for place in sorted(was.keys() | now.keys())
                    if was.get(place) != now.get(place)
                ]
        return found
    except RefusedError:
        return {}


def _said(book: BookCells, sheet: str) -> dict[tuple[int, int], object]:
    cells = book.sheet(sheet)
    if cells is None:
        return {}
    return {
        (cell.row, cell.column): (cell.formula or cell.value, cell.style.number_format)
        for cell in cells
    }


def _new_cells(before: str, after: str) -> list[str]:
    """Those of a table that were not in it before."""
    old, new = Area.parse(before.replace("$", "")), Area.parse(after.replace("$", ""))
    return [
        address(row, column)
        for row in range(old.bottom + 1, new.bottom + 1)
        for column in range(new.left, new.right + 1)
    ]


def _hash(*said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:24]
