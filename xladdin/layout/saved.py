"""Whether a workbook is still as it was written here."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib

EPOCH = dt.datetime(2026, 1, 1)
"""The time that every written workbook bears: the same content gives the same bytes."""
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)
"""What reading a damaged or encrypted package may raise."""


def saved_by_us(content: bytes) -> bool:
    """Whether a workbook is still as it was written here.

    Every office program that saves a workbook notes the time in its document properties.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            properties = package.read("docProps/core.xml").decode()
    except UNREADABLE:
        return False
    return f">{EPOCH:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>" in properties
