"""What makes an add-in out of a workbook with macros: its type, and its ribbon."""

from __future__ import annotations

from xladdin.layout.parts import edited

from .ribbon_xml import ribbon_xml

CONTENT_TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"
RIBBON = "customUI/customUI14.xml"
WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADD_IN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
END = "</Relationships>"


def as_add_in(workbook: bytes) -> bytes:
    """The add-in: Excel loads it without showing its sheets, and shows its ribbon."""
    edits = {CONTENT_TYPES: _of_add_in, RELATIONS: _with_ribbon}
    return edited(workbook, edits, {RIBBON: ribbon_xml()})


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
    relation = f'<Relationship Id="xladdinRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON}"/>'
    return before + relation + found
