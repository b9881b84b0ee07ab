"""A form as a single sheet, to be put into a workbook that is open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from xladdin.layout.writer import workbook_bytes

from .forms import Form

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31


def one_sheet(form: Form) -> bytes:
    """A workbook with the form's first sheet alone, which needs no other.

    Without defined names: the workbook that it is put into may have the same ones already, and
    Excel would then ask about each.
    """
    book = form.book()
    alone = replace(book, sheets=book.sheets[:1], names={}, named_cells=False)
    return workbook_bytes(alone, form.values)


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A name for a new sheet: allowed in Excel, and with a number where another has it."""
    name = FORBIDDEN.sub("", wanted).strip("'").strip()[:LONGEST_NAME] or "Sheet"
    used = {other.casefold() for other in taken}
    number, free = 1, name
    while free.casefold() in used:
        number += 1
        ending = f" ({number})"
        free = name[: LONGEST_NAME - len(ending)] + ending
    return free
