"""Texts put into cells of an open workbook so that Excel takes them for nothing else."""

from __future__ import annotations

import re

from xladdin.safe_xlwings import xw

AS_TEXT = "@"
_PLAIN = re.compile(r"[a-z]{2,20}_|[\u3400-\u9fff]")
"""What Excel never takes for anything but text: ids, and what begins with a Chinese character."""


def write_text(place: xw.Range, text: str) -> None:
    """What begins otherwise might become a number, a date or a formula."""
    if not _PLAIN.match(text):
        place.number_format = AS_TEXT
    place.value = text
