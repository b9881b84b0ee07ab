"""The rows and cells of a sheet: found wherever they stand, made where they are missing."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import address, position
from xladdin.ooxml.xml import Element, main

_OF_ITS_OWN = ("hidden", "collapsed", "outlineLevel")
"""What a new row does not take over from the one above it."""


class Rows:
    """The cells of one sheet by row and column, from 1."""

    def __init__(self, data: Element) -> None:
        """Rows and cells without a number get it: their order would no longer tell it."""
        self.data = data
        self._rows: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        last = 0
        for row in data.iterchildren(main("row")):
            last = _number(row, last)
            row.set("r", str(last))
            self._rows[last] = row
            self._cells.setdefault(last, {}).update(_cells(row, last))
        self._last = max(self._rows, default=0)

    def __iter__(self) -> Iterator[tuple[int, int, Element]]:
        for number, cells in self._cells.items():
            for column, cell in cells.items():
                yield number, column, cell

    def row(self, number: int) -> Element | None:
        return self._rows.get(number)

    def cell(self, row: int, column: int) -> Element | None:
        return self._cells.get(row, {}).get(column)

    def cells(self, row: int) -> dict[int, Element]:
        """The cells of a row by column."""
        return self._cells.get(row, {})

    @property
    def numbers(self) -> list[int]:
        return sorted(self._rows)

    def make_row(self, number: int, like: int | None = None) -> Element:
        """A row, with height and style of another where it is new."""
        if number in self._rows:
            return self._rows[number]
        model = self._rows.get(like or 0)
        attributes = xml.attributes(model) if model is not None else {}
        row = xml.add(self.data, "row", attributes)
        xml.drop(row, *_OF_ITS_OWN)
        row.set("r", str(number))
        if number < self._last:
            _move_into_order(self.data, row, {item: i for i, item in self._rows.items()}, number)
        self._rows[number] = row
        self._cells[number] = {}
        self._last = max(self._last, number)
        return row

    def make_cell(self, row: int, column: int, style: str | None = None) -> Element:
        """A cell; where it is new, with a style and in its place within the row."""
        element = self.make_row(row)
        cells = self._cells[row]
        if column in cells:
            return cells[column]
        cell = xml.add(element, "c", {"r": address(row, column)})
        if style not in (None, "0"):
            cell.set("s", str(style))
        _move_into_order(element, cell, {item: i for i, item in cells.items()}, column)
        cells[column] = cell
        _widen_spans(element, column)
        return cell


def _number(row: Element, last: int) -> int:
    text = row.get("r", "")
    return int(text) if text.isdecimal() else last + 1


def _cells(row: Element, number: int) -> dict[int, Element]:
    found: dict[int, Element] = {}
    last = 0
    for cell in row.iterchildren(main("c")):
        text = cell.get("r", "")
        following = address(number, last + 1)
        if text == following:  # nearly always
            last += 1
        else:
            last = position(text)[1] if text else last + 1
            cell.set("r", address(number, last))
        found[last] = cell
    return found


def _move_into_order(
    parent: Element, child: Element, numbers: dict[Element, int], number: int
) -> None:
    """Before the first that is greater; elements that are no rows or cells stay behind."""
    for index, other in enumerate(parent):
        if other is not child and (numbers.get(other, 0) > number or xml.local(other) == "extLst"):
            parent.insert(index, child)
            return


def _widen_spans(row: Element, column: int) -> None:
    """``spans`` says which columns a row uses; readers may rely on it."""
    first, _, last = row.get("spans", "").partition(":")
    if first.isdecimal() and last.isdecimal():
        row.set("spans", f"{min(int(first), column)}:{max(int(last), column)}")
    elif "spans" in row.attrib:
        del row.attrib["spans"]
