"""What the fast workbook reader leaves out: error values, percent formats, formulas without value.

Calamine gives an error value as an empty cell, which would turn ``#DIV/0!`` into "not filled in",
and 1.05 for a cell that shows 105%.  So the sheets' XML is looked through once more, and such
cells are read as the text that a person sees in them.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree as ET

from xladdin.domain.quantities import plain

from .decimals import decimal_of
from .grids import column_number


@dataclass(slots=True)
class Marks:
    """One sheet: the text that stands for a cell, by row and column, and how far it reaches."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    height: int = 0
    width: int = 0


_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BUILT_IN_PERCENT = frozenset({"9", "10"})


def sheet_marks(data: bytes) -> dict[str, Marks]:
    """The marks of every sheet of an .xlsx; raises what zipfile and ElementTree raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        percent = _percent_styles(book)
        found = {}
        for name, part in _sheet_parts(book):
            with book.open(part) as stream:
                found[name] = _marks(stream, percent)
        return found


def _root(book: zipfile.ZipFile, part: str) -> ET.Element:
    # Expat itself limits entity expansion, and a workbook has no external entities to follow.
    return ET.fromstring(book.read(part))  # noqa: S314


def _sheet_parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = _root(book, "xl/_rels/workbook.xml.rels")
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    for sheet in _root(book, "xl/workbook.xml").iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if part.startswith("xl/worksheets/"):
            yield sheet.get("name", ""), part


def _percent_styles(book: zipfile.ZipFile) -> frozenset[str]:
    """The style numbers (``s`` of a cell) that show a fraction as a percentage."""
    if "xl/styles.xml" not in book.namelist():
        return frozenset()
    styles = _root(book, "xl/styles.xml")
    formats = styles.iterfind("./{*}numFmts/{*}numFmt")
    codes = {item.get("numFmtId") for item in formats if "%" in item.get("formatCode", "")}
    percent = codes | _BUILT_IN_PERCENT
    used = styles.iterfind("./{*}cellXfs/{*}xf")
    return frozenset(str(i) for i, item in enumerate(used) if item.get("numFmtId") in percent)


def _marks(stream: IO[bytes], percent: frozenset[str]) -> Marks:
    marks = Marks()
    for _, element in ET.iterparse(stream):  # noqa: S314 - as above
        if _name(element) == "row":
            _take_row(marks, element, percent)
            element.clear()  # a sheet of a million cells is not kept in memory
    return marks


def _take_row(marks: Marks, row: ET.Element, percent: frozenset[str]) -> None:
    marks.height = int(row.get("r") or marks.height + 1)
    for i, cell in enumerate(row):
        text = _text(cell, percent)
        if text:
            marks.texts[marks.height - 1, _column(cell, i)] = text
    if len(row):
        marks.width = max(marks.width, _column(row[-1], len(row) - 1) + 1)


def _column(cell: ET.Element, index: int) -> int:
    """By its address, or by its order where a writer leaves addresses out."""
    address = cell.get("r")
    return column_number(address) if address else index


def _text(cell: ET.Element, percent: frozenset[str]) -> str:
    kind, shows_percent = cell.get("t", "n"), cell.get("s") in percent
    if kind != "e" and not shows_percent and len(cell) == 1 and _name(cell[0]) != "f":
        return ""  # nearly every cell: a value and nothing else
    parts = {_name(part): part.text or "" for part in cell}
    if "f" in parts and not parts.get("v") and kind != "str":  # an empty text is a value
        return f"={parts['f']}"
    if kind == "e":
        return parts.get("v", "")
    return _percentage(parts.get("v", "")) if kind == "n" and shows_percent else ""


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _percentage(text: str) -> str:
    """By way of a float: the file holds 0.07 as 7.0000000000000007E-2."""
    try:
        value = decimal_of(float(text))
    except ValueError:
        return ""
    return "" if value is None else f"{plain(value * 100)}%"
