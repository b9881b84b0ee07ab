"""A sheet of our own in a workbook that is not: lines of text, some of them links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import Area, SheetArea, address, letters, quoted_sheet
from xladdin.ooxml.xml import Element

from .cell_elements import write_value
from .workbook import SheetEntry, Workbook

_COLOUR = "C00000"


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: its text, its style's number, and the sheet and cell that it leads to."""

    text: str
    style: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row and its height in points."""

    entries: tuple[Entry, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines above a table, the line of its heads, and its lines."""

    above: tuple[Line, ...]
    heads: Line
    lines: tuple[Line, ...]
    widths: Sequence[float]

    @property
    def head_row(self) -> int:
        return len(self.above) + 1

    @property
    def all_lines(self) -> tuple[Line, ...]:
        return (*self.above, self.heads, *self.lines)

    @property
    def area(self) -> Area:
        """The table with its heads."""
        return Area(self.head_row, 1, len(self.all_lines), len(self.widths))


def add_listing(book: Workbook, name: str, listing: Listing) -> SheetEntry:
    """A new last sheet, on which the workbook opens; printed across, heads on every page."""
    entry = book.add_sheet(name, xml.serialise(_sheet(listing)))
    quoted, head = quoted_sheet(entry.name), listing.head_row
    book.define(
        entry, "_xlnm._FilterDatabase", str(SheetArea(entry.name, listing.area)), hidden=True
    )
    book.define(entry, "_xlnm.Print_Titles", f"{quoted}!${head}:${head}")
    book.show(entry)
    return entry


def _sheet(listing: Listing) -> Element:
    root = xml.new("worksheet")
    properties = xml.add(root, "sheetPr")
    xml.add(properties, "tabColor", {"rgb": f"FF{_COLOUR}"})
    xml.add(properties, "pageSetUpPr", {"fitToPage": "1"})
    last = len(listing.all_lines)
    xml.add(root, "dimension", {"ref": f"A1:{address(last, len(listing.widths))}"})
    _view(root, listing)
    xml.add(root, "sheetFormatPr", {"defaultRowHeight": "18"})
    columns = xml.add(root, "cols")
    for index, width in enumerate(listing.widths, start=1):
        values = {"min": str(index), "max": str(index), "width": f"{width:g}", "customWidth": "1"}
        xml.add(columns, "col", values)
    _cells(xml.add(root, "sheetData"), listing)
    xml.add(root, "autoFilter", {"ref": str(listing.area)})
    _links(root, listing)
    _page(root)
    return root


def _view(root: Element, listing: Listing) -> None:
    view = xml.add(
        xml.add(root, "sheetViews"),
        "sheetView",
        {"showGridLines": "0", "tabSelected": "1", "workbookViewId": "0"},
    )
    below = f"A{listing.head_row + 1}"
    frozen = {"ySplit": str(listing.head_row), "topLeftCell": below}
    xml.add(view, "pane", {**frozen, "activePane": "bottomLeft", "state": "frozen"})
    xml.add(view, "selection", {"pane": "bottomLeft", "activeCell": below, "sqref": below})


def _cells(data: Element, listing: Listing) -> None:
    for number, line in enumerate(listing.all_lines, start=1):
        values = {"r": str(number), "ht": f"{line.height:g}", "customHeight": "1"}
        row = xml.add(data, "row", values)
        for column, entry in enumerate(line.entries, start=1):
            cell = xml.add(row, "c", {"r": f"{letters(column)}{number}", "s": entry.style})
            write_value(cell, entry.text or None)


def _links(root: Element, listing: Listing) -> None:
    links = xml.new("hyperlinks")
    for number, line in enumerate(listing.all_lines, start=1):
        for column, entry in enumerate(line.entries, start=1):
            if entry.sheet and entry.cell:
                location = f"{quoted_sheet(entry.sheet)}!{entry.cell}"
                values = {"ref": address(number, column), "location": location}
                xml.add(links, "hyperlink", {**values, "display": entry.text})
    if len(links):
        root.append(links)


def _page(root: Element) -> None:
    margins = {"left": "0.5", "right": "0.5", "top": "0.6", "bottom": "0.6"}
    xml.add(root, "pageMargins", {**margins, "header": "0.3", "footer": "0.3"})
    page = {"paperSize": "9", "orientation": "landscape", "fitToWidth": "1", "fitToHeight": "0"}
    xml.add(root, "pageSetup", page)
    footer = xml.add(xml.add(root, "headerFooter"), "oddFooter")
    footer.text = "&C第 &P 页 共 &N 页"
