"""What makes an add-in out of a workbook with macros: its type, and its ribbon."""

from __future__ import annotations

from xladdin.layout.package_edits import edited
from xladdin.layout.saved import part_of

from .ribbon_xml import ribbon_xml

CONTENT_TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"
RIBBON = "customUI/customUI14.xml"
WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADD_IN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
RIBBON_ID = "xladdinRibbon"
END = "</Relationships>"


def as_add_in(workbook: bytes) -> bytes:
    """The add-in: Excel loads it without showing its sheets, and shows its ribbon."""
    edits = {CONTENT_TYPES: _of_add_in, RELATIONS: _with_ribbon}
    return edited(workbook, edits, {RIBBON: ribbon_xml()})


def has_our_ribbon(add_in: bytes) -> bool:
    """Whether a file has been made an add-in here."""
    return f'Id="{RIBBON_ID}"' in part_of(add_in, RELATIONS)


def _of_add_in(xml: str) -> str:
    before, found, after = xml.partition(WORKBOOK)
    if not found or WORKBOOK in after:
        raise ValueError("not a workbook with macros")
    return before + ADD_IN + after


def _with_ribbon(xml: str) -> str:
    before, found, after = xml.partition(END)
    if not found or after:
        raise ValueError("not the relations of a workbook")
    # The type is that of .xml by default: the schema asks for no entry of its own.
    relation = f'<Relationship Id="{RIBBON_ID}" Type="{RIBBON_RELATION}" Target="{RIBBON}"/>'
    return before + relation + found
