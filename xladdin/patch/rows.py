"""The rows and cells of a sheet: found wherever they stand, made where they are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import address, position
from xladdin.ooxml.kept_rows import KeptRows
from xladdin.ooxml.xml import Element, main

_OF_ITS_OWN = ("hidden", "collapsed", "outlineLevel")
"""What a new row does not take over from the one above it."""


class Rows:
    """The cells of one sheet by row and column, from 1.

    Of a long sheet the rows are kept as text (`KeptRows`): what was handed out holds until the
    next ``rest``.
    """

    def __init__(self, data: Element, kept: KeptRows | None = None) -> None:
        """Rows and cells without a number get it: their order would no longer tell it."""
        self.data, self._kept = data, kept
        self._rows: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        last = 0
        for row in data.iterchildren(main("row")):
            last = _number(row, last)
            row.set("r", str(last))
            self._rows[last] = row
            self._cells.setdefault(last, {}).update(_cells(row, last))
        self._last = max(self.numbers, default=0)

    def holding(self, *words: str) -> Iterator[tuple[int, int, Element]]:
        """The cells of all rows in whose text one of the words stands, and of others."""
        wanted = [word.encode() for word in words]
        numbers = self._cells if self._kept is None else self._kept.holding(wanted)
        for number in numbers:
            for column, cell in self.cells(number).items():
                yield number, column, cell

    def rest(self) -> None:
        """Between two changes: what was handed out is not needed any more."""
        if self._kept is not None and self._kept.rest():
            self._rows.clear()
            self._cells.clear()

    def heights(self) -> Iterator[tuple[int, str]]:
        """The rows that say how high they are, in points."""
        if self._kept is not None:
            return self._kept.heights()
        return ((number, row.get("ht", "")) for number, row in self._rows.items() if row.get("ht"))

    def row(self, number: int) -> Element | None:
        if self._kept is not None and number not in self._rows and number in self._kept:
            row = self._rows[number] = self._kept.element(number)
            self._cells[number] = _cells(row, number)
        return self._rows.get(number)

    def cell(self, row: int, column: int) -> Element | None:
        return self.cells(row).get(column)

    def cells(self, row: int) -> dict[int, Element]:
        """The cells of a row by column."""
        if row not in self._cells:
            self.row(row)
        return self._cells.get(row, {})

    @property
    def numbers(self) -> Sequence[int]:
        """Those of all rows, rising."""
        return sorted(self._rows) if self._kept is None else self._kept.numbers

    def make_row(self, number: int, like: int | None = None) -> Element:
        """A row, with height and style of another where it is new."""
        found = self.row(number)
        if found is not None:
            return found
        model = self.row(like or 0)
        attributes = xml.attributes(model) if model is not None else {}
        row = self._rows[number] = self._new_row(number)
        for name, value in attributes.items():
            if name not in (*_OF_ITS_OWN, "r"):
                row.set(name, value)
        self._cells[number] = {}
        self._last = max(self._last, number)
        return row

    def _new_row(self, number: int) -> Element:
        if self._kept is not None:
            return self._kept.new(number)
        row = xml.add(self.data, "row", {"r": str(number)})
        if number < self._last:
            _move_into_order(self.data, row, {item: i for i, item in self._rows.items()}, number)
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
        if len(element) > len(cells) + 1 or column < max(cells, default=0):
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
