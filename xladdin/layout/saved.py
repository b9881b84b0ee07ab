"""Whether a file is still as it was written here."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from xladdin.ooxml.archive import Archive
from xladdin.ooxml.limits import MOST_UNPACKED
from xladdin.ooxml.opening import OpenedFile
from xladdin.ooxml.refused import RefusedError

EPOCH = dt.datetime(2026, 1, 1)
"""The time that every written workbook bears: the same content gives the same bytes."""


def saved_by_us(content: bytes | OpenedFile, title: str = "") -> bool:
    """Whether a workbook is still as it was written here, and of this title, where one is given.

    Every office program that saves a workbook notes the time in its document properties.
    """
    properties = part_of(content, "docProps/core.xml")
    untouched = f">{EPOCH:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>" in properties
    return untouched and (not title or f"<dc:title>{escape(title)}</dc:title>" in properties)


PRINTED = b"%xladdin\n"
"""A line of no meaning to readers of PDF, with which the PDFs that are written here end."""


def printed_by_us(content: bytes) -> bool:
    """Whether a PDF is still as it was written here: whoever marks or signs one adds at its end."""
    return content.endswith(PRINTED)


def part_of(content: bytes | OpenedFile, name: str) -> str:
    """The text of a part; empty where it, or the whole package, cannot be read."""
    try:
        archive = content.archive if isinstance(content, OpenedFile) else Archive(content)
        return archive.within(MOST_UNPACKED).read(name).decode()
    except (RefusedError, ValueError):
        return ""
