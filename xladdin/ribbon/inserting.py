"""Puts a sheet that was made here into a workbook that is open."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import xlwings as xw

from xladdin.app.one_sheet import free_name

from .desk import Desk, refused

PROTECTED = "这个工作簿的结构有密码保护，插不进新的工作表。请先在“审阅”里撤消工作簿保护。"


def insert_sheet(
    desk: Desk, book: xw.Book, content: bytes, name: str, *, replacing: bool = False
) -> xw.Sheet:
    """The only sheet of a workbook's bytes, as the last one of the open workbook, and in front.

    A sheet that has the name already stays, and the new one gets a number; ``replacing`` takes
    the old one away instead.
    """
    if book.api.ProtectStructure:
        raise refused("structure_protected", PROTECTED)
    with (
        desk.quietly(),
        TemporaryDirectory(prefix="xladdin-", ignore_cleanup_errors=True) as folder,
    ):
        # Excel opens no two workbooks of one name.
        path = Path(folder) / f"xladdin-{uuid4().hex}.xlsx"
        path.write_bytes(content)
        source = desk.app.books.open(str(path))
        if replacing:
            # Before the new one comes, which may bring the same name.
            drop_sheet(book, name)
        try:
            sheet = source.sheets[0].copy(after=book.sheets[-1])
        finally:
            source.close()
        sheet.name = free_name(name, (each.name for each in book.sheets if each.name != sheet.name))
        book.activate()
        sheet.activate()
    return sheet


def drop_sheet(book: xw.Book, name: str) -> None:
    """Take away a sheet that was put in before; nothing happens where there is none."""
    for sheet in list(book.sheets):
        if sheet.name == name:
            sheet.delete()
