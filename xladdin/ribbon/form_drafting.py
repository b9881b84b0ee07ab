"""从考核表建方案: a company's own form drafted as a scheme, into the open master workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xladdin.app.drafts.drafting_forms import FormDrafts, draft_forms
from xladdin.app.drafts.scheme_into_master import Added, cells_of
from xladdin.app.listed_problems import LIST_NAME, sheet_of
from xladdin.problems import Problem, errors

from . import master, windows_excel
from .desk import Desk, refused
from .inserting import insert_sheet
from .message_box import listed
from .undo_recording import Recorder, recorded
from .writing_texts import write_text

TITLE = "选择公司自己的考核表（可以选几份填好的）"
PERCENT = "0.00%"
MOST_TOLD = 14
"""Lines in one message."""
NOT_THERE = "写进去以后再读一遍，方案和起草的不一样。请不要保存总表，关闭后重新打开再试。"


def from_form(desk: Desk) -> None:
    """从考核表建方案."""
    book = master.read(desk.book)
    files = windows_excel.chosen_files(desk.app, TITLE)
    if not files:
        return
    found = draft_forms(files)
    if not found.drafted:
        desk.tell(f"没有建成方案。\n{listed(found.problems)}", bad=True)
        return
    added = _planned(book, found)
    if errors(added.problems):
        desk.tell(f"没有写入。\n{listed(added.problems)}", bad=True)
        return
    names = "、".join(f"「{scheme.name}」" for scheme in added.schemes)
    with recorded(desk, book.book, f"从考核表建方案：{names}") as step:
        write(desk, step, added)
        _list(desk, step, found)
    _report(desk, found, added)


def _planned(book: master.Master, found: FormDrafts) -> Added:
    """Tried on a copy first, which is read back."""
    with master.saved_copy(book.book) as path:
        return cells_of(path, [one.scheme for one in found.drafted])


def write(desk: Desk, step: Recorder, added: Added) -> None:
    """Into the open workbook, which is read again; ProblemsFound where it says something else."""
    _put(desk, step, added)
    _confirm(desk, added)


def _put(desk: Desk, step: Recorder, added: Added) -> None:
    book = step.book
    with desk.quietly():
        for grown in added.grown:
            sheet = book.sheets[grown.sheet]
            for table in sheet.tables:
                if table.range.row == grown.area.top:
                    step.grows(grown.sheet, table.range.address, str(grown.area))
                    table.resize(sheet.range(str(grown.area)))
        for cell in added.cells:
            step.cells(cell.sheet, [cell.address])
            place = book.sheets[cell.sheet].range(cell.address)
            if cell.percent:
                place.number_format = PERCENT
            if isinstance(cell.value, Decimal):
                place.value = float(cell.value)
                continue
            write_text(place, cell.value)


def _confirm(desk: Desk, added: Added) -> None:
    """ProblemsFound where the workbook does not say what was to be written."""
    after = master.read(desk.book)
    there = {scheme.id: scheme for scheme in after.company.library.schemes}
    if any(there.get(scheme.id) != scheme for scheme in added.schemes):
        raise refused("write_not_confirmed", NOT_THERE)


def _list(desk: Desk, step: Recorder, found: FormDrafts) -> None:
    """Everything that is to be looked at, on a sheet of its own."""
    if found.problems:
        names = [sheet.name for sheet in step.book.sheets]
        insert_sheet(desk, step, sheet_of(found.problems, names), LIST_NAME, replacing=True)


def _report(desk: Desk, found: FormDrafts, added: Added) -> None:
    """What was drafted."""
    problems: Sequence[Problem] = found.problems
    lines = [line for one in found.drafted for line in one.told]
    shown = lines if len(lines) <= MOST_TOLD else [*lines[:MOST_TOLD], "……"]
    place = "、".join(f"「{scheme.name}」" for scheme in added.schemes)
    look = f"有 {len(problems)} 处要核对，列在“{LIST_NAME}”表里。" if problems else ""
    desk.tell("\n".join(filter(None, [f"写进了总表：{place}（还没有保存）。", *shown, look])))
