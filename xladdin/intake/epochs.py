"""Which day is day 0 of a workbook: of 1900 nearly always, of 1904 where an old Mac made it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

OFFSET_1904 = 1462
"""Days by which the day numbers of a workbook in the 1904 system are smaller."""
_ENOUGH = 1 << 20
"""Bytes: the properties stand before the sheets, near the beginning of the part."""
BROKEN = (
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
)
"""What a damaged file makes zipfile and ElementTree raise."""
# HideObj, Date1904 and CalcPrecision follow each other in every .xls ([MS-XLS] 2.1.7.20.3).
_BIFF_1904 = re.compile(rb"\x8d\x00\x02\x00..\x22\x00\x02\x00\x01\x00\x0e\x00\x02\x00", re.DOTALL)


def uses_1904(data: bytes) -> bool:
    """Whether bare day numbers of a workbook count from 1904; raises nothing."""
    if not data.startswith(b"PK"):
        return _BIFF_1904.search(data) is not None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return _says_1904(book)
    except BROKEN:
        return False  # the reader of the cells will say that the file is damaged


def _says_1904(book: zipfile.ZipFile) -> bool:
    for element in _elements(book, _workbook_part(book)):
        tag = element.tag.rpartition("}")[2]
        if tag in ("workbookPr", "sheets"):
            return tag == "workbookPr" and element.get("date1904") in ("1", "true")
    return False


def _workbook_part(book: zipfile.ZipFile) -> str:
    targets = (
        element.get("Target", "")
        for element in _elements(book, "_rels/.rels")
        if element.get("Type", "").endswith("/officeDocument")
    )
    return next(targets, "xl/workbook.xml").lstrip("/")


def _elements(book: zipfile.ZipFile, part: str) -> Iterator[ET.Element]:
    """The elements at the beginning of a part, each as it is opened."""
    with book.open(part) as stream:
        head = io.BytesIO(stream.read(_ENOUGH))
    for _, element in ET.iterparse(head, events=("start",)):  # noqa: S314 - bounded, no entities
        yield element
