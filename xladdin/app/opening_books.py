"""Workbooks that a command changes: a master may be as large as a group's people make it."""

from __future__ import annotations

from pathlib import Path

from xladdin.intake.sheets import is_master_book
from xladdin.ooxml.opening import OpenedFile, open_file
from xladdin.patch.workbook import Workbook
from xladdin.patch.workbook_opening import open_workbook
from xladdin.problems import Problem


def open_to_change(source: Path | OpenedFile) -> tuple[Workbook | None, list[Problem]]:
    """The workbook of a file; nothing is raised."""
    file = open_file(source)
    return open_workbook(file, is_master=not file.problems and is_master_book(file))
