"""What makes an add-in out of a workbook with macros: its type, and later its ribbon.

A ribbon belongs here: the part ``customUI/customUI14.xml``, related from ``_rels/.rels``.  There is
none yet, because nothing stands behind its buttons.
"""

from __future__ import annotations

from xladdin.layout.parts import edited

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADD_IN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


def as_add_in(workbook: bytes) -> bytes:
    """The add-in: Excel loads it without showing its sheets."""
    return edited(workbook, {CONTENT_TYPES: _of_add_in})


def _of_add_in(xml: str) -> str:
    before, found, after = xml.partition(WORKBOOK)
    if not found or WORKBOOK in after:
        raise ValueError("not a workbook with macros")
    return before + ADD_IN + after
