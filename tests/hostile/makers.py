"""Pieces of hostile workbooks: packages, sheets and parts written byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from xladdin.ooxml import xml

OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADS = ("工号", "姓名", "部门", "岗位")
Part = bytes | Iterable[bytes]


def relationships(items: Iterable[tuple[str, str, str]]) -> bytes:
    """Id, kind and target of each."""
    lines = "".join(
        f'<Relationship Id="{id_}" Type="{xml.RELATION}/{kind}" Target="{target}"/>'
        for id_, kind, target in items
    )
    return f'<Relationships xmlns="{xml.RELATIONS}">{lines}</Relationships>'.encode()


def workbook(sheets: Iterable[tuple[str, str]]) -> bytes:
    """Name and relationship of each sheet."""
    lines = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="{id_}"/>'
        for i, (name, id_) in enumerate(sheets, start=1)
    )
    head = f'<workbook xmlns="{xml.MAIN}" xmlns:r="{xml.RELATION}">'
    return f"{head}<sheets>{lines}</sheets></workbook>".encode()


def row(number: int | None, *cells: str) -> str:
    place = "" if number is None else f' r="{number}"'
    return f"<row{place}>{''.join(cells)}</row>"


def cell(place: str, value: object = 1) -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


HEAD = row(1, *(text(f"{letter}1", head) for letter, head in zip("ABCD", HEADS, strict=True)))


def sheet(body: str | bytes, after: str = "") -> bytes:
    """A sheet's XML around its rows; ``after`` stands behind them."""
    inner = body.encode() if isinstance(body, str) else body
    head = f'<worksheet xmlns="{xml.MAIN}"><sheetData>'.encode()
    return head + inner + f"</sheetData>{after}</worksheet>".encode()


def strings(body: str | bytes) -> bytes:
    inner = body.encode() if isinstance(body, str) else body
    return f'<sst xmlns="{xml.MAIN}">'.encode() + inner + b"</sst>"


def styles(formats: str, count: int = 1, xf: str = '<xf numFmtId="0"/>') -> bytes:
    head = f'<styleSheet xmlns="{xml.MAIN}">{formats}<cellXfs>'
    return head.encode() + xf.encode() * count + b"</cellXfs></styleSheet>"


def parts(first: bytes, **others: bytes) -> dict[str, Part]:
    """The parts of a workbook with one sheet; strings and styles, where they are given."""
    kinds = {"strings": "sharedStrings", "styles": "styles"}
    listed = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    listed += [(f"x{name}", kinds[name], f"{kinds[name]}.xml") for name in others]
    found: dict[str, Part] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relationships([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": workbook([("名册", "rId1")]),
        "xl/_rels/workbook.xml.rels": relationships(listed),
        "xl/worksheets/sheet1.xml": first,
    }
    return found | {f"xl/{kinds[name]}.xml": data for name, data in others.items()}


def types() -> bytes:
    return (
        f'<Types xmlns="{xml.TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/></Types>'
    ).encode()


def packed(entries: Mapping[str, Part] | Iterable[tuple[str, Part]], method: int = 8) -> bytes:
    """A zip file; a part may come in pieces, so that a bomb is not built in memory."""
    stream = io.BytesIO()
    items = entries.items() if isinstance(entries, Mapping) else entries
    with zipfile.ZipFile(stream, "w", method, compresslevel=1) as package:
        for name, part in items:
            with package.open(info(name, method), "w", force_zip64=True) as entry:
                for piece in [part] if isinstance(part, bytes) else part:
                    entry.write(piece)
    return stream.getvalue()


def book(first: bytes, changes: Mapping[str, Part] | None = None, **others: bytes) -> bytes:
    """A workbook with one sheet and, where given, other parts or other contents of them."""
    return packed({**parts(first, **others), **(changes or {})})


def info(name: str, method: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.compress_type = method
    return made
