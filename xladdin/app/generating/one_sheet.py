"""A form as a single sheet, to be put into a workbook that is open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from xladdin.characters import visible
from xladdin.layout.writer import workbook_bytes

from .planning import Form

FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
KEPT_BY_EXCEL = ("History",)
LONGEST_NAME = 31


def one_sheet(form: Form) -> bytes:
    """A workbook with the form's first sheet alone, which needs no other.

    Without defined names: the workbook that it is put into may have the same ones already, and
    Excel would then ask about each.
    """
    book = form.book()
    alone = replace(book, sheets=book.sheets[:1], names={}, named_cells=False)
    return workbook_bytes(alone, form.values, form.letterhead)


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A name for a new sheet: allowed in Excel, and with a number where another has it."""
    plain = FORBIDDEN.sub("", visible(wanted))
    used = {other.casefold() for other in (*taken, *KEPT_BY_EXCEL)}
    number, free = 1, _cut(plain, LONGEST_NAME)
    while free.casefold() in used:
        number += 1
        ending = f" ({number})"
        free = _cut(plain, LONGEST_NAME - len(ending)) + ending
    return free


def _cut(name: str, longest: int) -> str:
    """So many characters as Excel counts them, in UTF-16, and no apostrophe at the ends."""
    units = name.encode("utf-16-le")[: 2 * longest]
    return units.decode("utf-16-le", errors="ignore").strip("' ") or "Sheet"
