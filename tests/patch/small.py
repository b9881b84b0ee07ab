"""Small workbooks written part by part, for what no library would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from xladdin.ooxml import xml

_TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{xml.TYPES}">\
<Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
</Types>"""
_RELATIONS = f"""<Relationships xmlns="{xml.RELATIONS}">\
<Relationship Id="rId1" Type="{xml.RELATION}/{{kind}}" Target="{{target}}"/></Relationships>"""
_BOOK = f"""<workbook xmlns="{xml.MAIN}" xmlns:r="{xml.RELATION}">\
<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"""

SHEET = "xl/worksheets/sheet1.xml"


def sheet(body: str) -> str:
    """A sheet's XML around its cells."""
    return f'<worksheet xmlns="{xml.MAIN}"><sheetData>{body}</sheetData></worksheet>'


def small(body: str = "", others: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook with one sheet ``S``; ``others`` adds parts or puts others in their place."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            kind="worksheet", target="worksheets/sheet1.xml"
        ),
        SHEET: sheet(body),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | dict(others or {})).items():
            archive.writestr(name, data)
    return target.getvalue()
