"""Whether a workbook is still as it was written here."""

from __future__ import annotations

import datetime as dt

from xladdin.ooxml.archive import Archive
from xladdin.ooxml.refused import RefusedError

EPOCH = dt.datetime(2026, 1, 1)
"""The time that every written workbook bears: the same content gives the same bytes."""


def saved_by_us(content: bytes) -> bool:
    """Whether a workbook is still as it was written here.

    Every office program that saves a workbook notes the time in its document properties.
    """
    try:
        properties = Archive(content).read("docProps/core.xml").decode()
    except (RefusedError, ValueError):
        return False
    return f">{EPOCH:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>" in properties
