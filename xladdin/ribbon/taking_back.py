"""Takes one step back in the open workbook: what a command touched, and nothing else.

Two ways.  Where nothing else has changed since, the workbook's file is put back byte by byte and
opened anew.  Where the clerk has gone on, cells, sheets and colours are taken back one by one in the
open workbook, and what was changed since is the clerk's to decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from uuid import uuid4

from xladdin.book_folders import folder_of
from xladdin.files import FileLockedError, content_of, save_if_same
from xladdin.locks import locked
from xladdin.ooxml.content_print import content_print
from xladdin.safe_xlwings import xw

from .colouring import colour_again, colours_of
from .desk import Desk
from .format_spelling import spelled
from .inserting import PROTECTED
from .undo_recording import CellState, print_of, sheet_hash, state_of
from .undo_steps import Kept, Step
from .writing_texts import AS_TEXT

GENERAL = "General"
NO_SHEET = "“{name}”表不在了，或者改了名"
LOCKED = "“{name}”表有保护"


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The workbook's file, of which nothing but the step is new."""

    path: Path
    now: bytes
    before: bytes


@dataclass(slots=True)
class Plan:
    """What is to be taken back one by one."""

    cells: dict[tuple[str, str], CellState] = field(default_factory=dict)
    """Sheet and address of what is as the command left it -> what it was before."""
    changed: dict[tuple[str, str], CellState] = field(default_factory=dict)
    """The same of what somebody has changed since."""
    drop: list[str] = field(default_factory=list)
    """Sheets that were put in."""
    changed_sheets: list[str] = field(default_factory=list)
    """Those among them that somebody has changed since."""
    impossible: list[str] = field(default_factory=list)
    """Why nothing can be taken back."""
    there: bool = False
    """Whether anything that the command did is still there."""

    @property
    def changes(self) -> list[str]:
        """What somebody has changed since, for the user."""
        return [
            *(f"{sheet} {place}" for sheet, place in self.changed),
            *(f"整张工作表“{name}”" for name in self.changed_sheets),
        ]


@dataclass(frozen=True, slots=True)
class Since:
    """What of a workbook is new since a step."""

    only_step: bool
    """The open workbook is as the command left it."""
    file: bytes | None
    """What lies on the disk now."""
    file_print: str
    """Its print where it holds nothing but this step or later ones that were taken back."""


def since(book: xw.Book, step: Step) -> Since:
    """What is new besides the step; where that is not known, something is."""
    file = _file_of(book)
    on_disk = content_print(file) if file is not None else ""
    file_print = on_disk if on_disk in {step.after, *step.files} else ""
    # Where nothing was typed since, the open workbook is what its file says, whoever has written that.
    on_file = book.api.Saved and file is not None
    only = on_file and (
        bool(file_print) or hashlib.sha256(file or b"").hexdigest() == step.after_file
    )
    only = only or (bool(step.after) and print_of(book) == step.after)
    return Since(only, file, file_print)


def whole_file(book: xw.Book, kept: Kept, step: Step, now: Since) -> WholeFile | None:
    """What would be put back byte by byte; None where anything else is or may be new."""
    folder = folder_of(book)
    if not step.saved or folder is None or now.file is None or not now.only_step:
        return None
    before = kept.copy.read_bytes()
    is_ours = hashlib.sha256(now.file).hexdigest() == step.after_file
    if is_ours or now.file_print or now.file == before:
        return WholeFile(folder / book.name, now.file, before)
    return None


def _file_of(book: xw.Book) -> bytes | None:
    folder = folder_of(book)
    with suppress(FileLockedError, OSError):
        return content_of(folder / book.name) if folder is not None else None
    return None


def put_back(desk: Desk, book: xw.Book, whole: WholeFile) -> None:
    """The old file in the place of the new one, opened.

    Raises FileLockedError, FileChangedError, BusyError and OSError where it stays as it is; it is
    opened again in any case.
    """
    with desk.quietly():
        book.close()
    try:
        if whole.now != whole.before:
            with locked(whole.path):
                save_if_same(whole.path, whole.now, whole.before)
    finally:
        desk.open(whole.path)


def planned(desk: Desk, book: xw.Book, kept: Kept, step: Step) -> Plan:
    """What there is to take back one by one."""
    plan = Plan()
    there = {sheet.name: sheet for sheet in book.sheets}
    for name in {*step.cells, *step.tables, *step.coloured, *step.shown}:
        if name not in there:
            plan.impossible.append(NO_SHEET.format(name=name))
    if (step.added or step.dropped or step.shown) and book.api.ProtectStructure:
        plan.impossible.append(PROTECTED)
    if plan.impossible:
        return plan
    if step.cells:
        _plan_cells(desk, there, kept, step, plan)
    for name, hashed in step.added.items():
        if name in there:
            same = sheet_hash(there[name]) == hashed
            (plan.drop if same else plan.changed_sheets).append(name)
            plan.there = True
    plan.there |= any(int(there[name].visible) != seen for name, seen in step.shown.items())
    for name, colours in step.coloured.items():
        plan.there |= colours_of(there[name]) != [*colours]
    return plan


def _plan_cells(desk: Desk, there: dict[str, xw.Sheet], kept: Kept, step: Step, plan: Plan) -> None:
    with old_book(desk, kept, step) as old:
        # A sheet is looked up once, not for each of its cells.
        before = {
            (name, place): state_of(sheet.range(place))
            for name, places in step.cells.items()
            for sheet in (old.sheets[name],)
            for place in places
        }
    for (name, place), was in before.items():
        now = state_of(there[name].range(place))
        if now == was:
            continue
        ours = now.hashed == step.cells[name][place]
        (plan.cells if ours else plan.changed)[name, place] = was
        plan.there |= ours


@contextmanager
def old_book(desk: Desk, kept: Kept, step: Step) -> Iterator[xw.Book]:
    """The workbook as it was before the step, open as long as it is looked at."""
    with (
        desk.quietly(),
        TemporaryDirectory(prefix="xladdin-", ignore_cleanup_errors=True) as folder,
    ):
        # Excel opens no two workbooks of one name.
        path = Path(folder) / f"xladdin-{uuid4().hex}{step.suffix}"
        path.write_bytes(kept.copy.read_bytes())
        front = desk.book
        old = desk.opened(path)
        try:
            yield old
        finally:
            old.close()
            desk.bring_forward(front)


def take_back(
    desk: Desk, book: xw.Book, kept: Kept, step: Step, plan: Plan, *, also_changed: bool
) -> None:
    """What was planned; ``also_changed``: over what somebody has changed since, too.

    Where Excel refuses, it raises what Excel says; what is done by then is found done the next time.
    """
    cells = {**plan.cells, **(plan.changed if also_changed else {})}
    with desk.quietly():
        for name in [*plan.drop, *(plan.changed_sheets if also_changed else ())]:
            book.sheets[name].delete()
        _bring_back(desk, book, kept, step)
        sheets = {name: book.sheets[name] for name, _ in cells}
        for (name, place), was in cells.items():
            _put(sheets[name].range(place), was)
        for name, grown in step.tables.items():
            _shorten(book.sheets[name], grown)
        for name, colours in step.coloured.items():
            if colours_of(book.sheets[name]) != [*colours]:
                colour_again(book.sheets[name], colours)
        for name, seen in step.shown.items():
            # xlwings knows only seen and hidden; Excel also what no menu shows.
            book.sheets[name].visible = cast(bool, seen)


def _put(cell: xw.Range, was: CellState) -> None:
    """As it was; nothing that Excel would take a text for."""
    if was.is_text:
        cell.number_format = AS_TEXT
        cell.value = was.formula
    elif was.formula:
        if cell.number_format == AS_TEXT:
            # A number that is typed into a text's cell would be a text.
            cell.number_format = GENERAL
        cell.formula = was.formula
    else:
        cell.value = None
    if spelled(str(cell.number_format)) != was.number_format:
        cell.number_format = was.number_format


def _bring_back(desk: Desk, book: xw.Book, kept: Kept, step: Step) -> None:
    """Sheets that were taken away, in their places."""
    there = {sheet.name for sheet in book.sheets}
    missing = [name for name in step.dropped if name not in there]
    if not missing:
        return
    with old_book(desk, kept, step) as old:
        names = [sheet.name for sheet in old.sheets]
        for name in missing:
            followers = [one for one in names[names.index(name) + 1 :] if one in there]
            if followers:
                old.sheets[name].copy(before=book.sheets[followers[0]])
            else:
                old.sheets[name].copy(after=book.sheets[-1])
            there.add(name)


def _shorten(sheet: xw.Sheet, grown: list[tuple[str, str]]) -> None:
    """Tables that are still as long as the command made them."""
    for before, after in reversed(grown):
        for table in sheet.tables:
            if table.range.address.replace("$", "") == after.replace("$", ""):
                table.resize(sheet.range(before))
