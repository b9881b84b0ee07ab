"""Puts a sheet that was made here into a workbook that is open."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from xladdin.app.generating.one_sheet import free_name
from xladdin.app.listed_problems import HEADS, LIST_NAME
from xladdin.safe_xlwings import xw

from .desk import Desk, refused
from .undo_recording import Recorder

MOST_ABOVE = 6
"""Rows in which its title and its heads stand."""
PROTECTED = "这个工作簿的结构有密码保护，插不进新的工作表。请先在“审阅”里撤消工作簿保护。"
OLD_FORMAT = "这个工作簿是旧的 .xls 格式，放不下新的工作表。请先另存为 .xlsx，再点一次。"


def insert_sheet(
    desk: Desk, step: Recorder, content: bytes, name: str, *, replacing: bool = False
) -> xw.Sheet:
    """The only sheet of a workbook's bytes, as the last one of the open workbook, and in front.

    A sheet that has the name already stays, and the new one gets a number; ``replacing`` takes
    the one away that was put in by an earlier call, and no other.  ``step`` is what is noted of the
    workbook.
    """
    book = step.book
    refuse_where_no_sheet_fits(book)
    with (
        desk.quietly(),
        TemporaryDirectory(prefix="xladdin-", ignore_cleanup_errors=True) as folder,
    ):
        # Excel opens no two workbooks of one name.
        path = Path(folder) / f"xladdin-{uuid4().hex}.xlsx"
        path.write_bytes(content)
        source = desk.opened(path)
        try:
            if replacing:
                # Before the new one comes, which may bring the same name.
                drop_sheet(step, name)
            # Before it comes: Excel might refuse a name, and the sheet would be there all the same.
            source.sheets[0].name = free_name(name, taken(book))
            sheet = source.sheets[0].copy(after=book.sheets[-1])
            step.new.append(sheet.name)
        finally:
            source.close()
    desk.bring_forward(sheet)
    return sheet


def refuse_where_no_sheet_fits(book: xw.Book) -> None:
    """ProblemsFound where Excel would refuse, so that it is said in words."""
    if book.api.ProtectStructure:
        raise refused("structure_protected", PROTECTED)
    if book.api.Excel8CompatibilityMode:
        raise refused("old_format", OLD_FORMAT)


def taken(book: xw.Book) -> list[str]:
    """The names that sheets have."""
    return [sheet.name for sheet in book.sheets]


def drop_sheet(step: Recorder, name: str) -> None:
    """Take away a list that was put in before; somebody's own sheet of that name stays."""
    for sheet in list(step.book.sheets):
        if sheet.name == name and is_list(sheet):
            step.dropped.append(name)
            sheet.delete()


def is_list(sheet: xw.Sheet) -> bool:
    """Whether a sheet is a list of problems, by its heads and because nothing else stands in it."""
    rows = sheet.range((1, 1), (MOST_ABOVE, len(HEADS) + 1)).value
    titled = any(row[0] == LIST_NAME for row in rows)
    return titled and [*HEADS, None] in rows
