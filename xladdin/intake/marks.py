"""One pass over a sheet's XML before the fast reader gets it: how far it reaches, and its marks.

The fast reader makes room for the whole rectangle that the filled cells span, wherever they lie,
and what it cannot get ends the process; so a sheet is measured first.  It also gives an error
value as an empty cell, which would turn ``#DIV/0!`` into "not filled in", and 1.05 for a cell that
shows 105%, 13 for QC013; such cells are marked, to be read as a person sees them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from xladdin.ooxml.addresses import MOST_COLUMNS, Area
from xladdin.ooxml.budget import Budget
from xladdin.ooxml.limits import LONGEST_TEXT
from xladdin.ooxml.number_formats import NumberFormat
from xladdin.ooxml.refused import DamagedError
from xladdin.ooxml.sheet_stream import SheetStream
from xladdin.ooxml.streaming import Attributes

from .text import literal_text

KNOWN_ERRORS = frozenset(
    [
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
    ]
)
"""The error values that the fast reader knows; over another one it gives up the whole workbook.

Gnumeric stores a formula that it cannot parse as the error ``#``.
"""
STAND_IN = "#N/A"
_KNOWN_VALUE = f"<v>{STAND_IN}</v>".encode()


@dataclass(slots=True)
class Marks:
    """One sheet: how far its filled cells reach, and the texts that stand for some of them."""

    height: int = 0
    width: int = 0
    places: array[int] = field(default_factory=lambda: array("Q"))
    """The marked cells, as ``place_of`` numbers them."""
    texts: list[str | NumberFormat] = field(default_factory=list)
    """What is seen in each of them, or the format in which its number is seen."""
    merged: array[int] = field(default_factory=lambda: array("L"))
    """Of each merged area that reaches downwards: first row, first column, last row, from 0."""
    formulas: array[int] = field(default_factory=lambda: array("Q"))
    """The cells that hold a formula."""
    hidden: set[int] = field(default_factory=set)
    """Rows that hold something and are hidden, from 0."""
    twice: int | None = None
    """A cell that the sheet holds more than once."""

    @property
    def area(self) -> int:
        return self.height * self.width

    def mark(self, place: int, text: str | NumberFormat) -> None:
        self.places.append(place)
        self.texts.append(text)


class SheetScan(SheetStream):
    """Goes through one sheet.

    ``lengths`` are those of the shared texts, ``formats`` of the style numbers (``s`` of a cell)
    those that show more than the number.  Raises DamagedError and TooLargeError.
    """

    def __init__(
        self,
        data: bytes,
        formats: Mapping[str, NumberFormat],
        lengths: Sequence[int],
        budget: Budget,
    ) -> None:
        super().__init__(data, budget.elements)
        self.marks = Marks()
        self._formats, self._lengths, self._budget = formats, lengths, budget
        self._filled = array("Q")
        self._ordered = True
        self._odd = array("Q")
        self._last = -1
        self._row_holds = self._holds = self._row_hidden = False
        self._kind = ""
        self._format: NumberFormat | None = None
        self._formula: str | None = None
        self._value = ""
        self._begin = 0
        self.starts = {
            **self.starts,
            "v": self._start_value,
            "f": self._start_formula,
            "is": self._fill,
            "mergeCell": self._merge,
        }
        self.ends = {**self.ends, "v": self._end_value, "f": self._end_formula}
        self.run()
        self.marks.height = self._last // MOST_COLUMNS + 1
        self._find_twice()

    def readable(self) -> Iterator[bytes | memoryview]:
        """A sheet of its rows and nothing else, other error values replaced by ``#N/A``."""
        rows, at = memoryview(self.data), max(self._from, 0)
        yield b"<worksheet>"
        for begin, end in zip(self._odd[::2], self._odd[1::2], strict=True):
            yield rows[at:begin]
            yield _KNOWN_VALUE
            at = end
        yield rows[at : self._to] if self._to else b"<sheetData/>"
        yield b"</worksheet>"

    def _merge(self, attributes: Attributes) -> None:
        try:
            area = Area.parse(attributes.get("ref", ""))
        except ValueError as error:
            raise DamagedError(f"merged {error}") from error
        if area.bottom > area.top:
            self.marks.merged.extend((area.top - 1, area.left - 1, area.bottom - 1))

    def _begin_row(self, attributes: Attributes) -> None:
        self._row_holds = False
        self._row_hidden = attributes.get("hidden") in ("1", "true")

    def _begin_cell(self, attributes: Attributes) -> None:
        self._kind = attributes.get("t", "n")
        self._format = self._formats.get(attributes.get("s", "0"))
        self._formula, self._value, self._holds = None, "", False

    def _fill(self, _: Attributes | None = None) -> None:
        """The cell holds something: it belongs to the rectangle."""
        if not self._in_cell or self._holds:
            return
        self._holds = True
        if not self._row_holds:
            self._row_holds = True
            self._budget.take_line()
            if self._row_hidden:
                self.marks.hidden.add(self._row)
        filled, place = self._filled, self._place
        if filled and place <= filled[-1]:
            self._ordered = False
        filled.append(place)
        self._budget.take_cell()
        self._last = max(self._last, place)
        if self._column >= self.marks.width:
            self.marks.width = self._column + 1

    def _start_formula(self, _: Attributes) -> None:
        if self._in_cell:
            self._fill()
            self.collect()

    def _end_formula(self) -> None:
        if self._in_cell:
            self._formula = self.collected()[:LONGEST_TEXT]
            self.marks.formulas.append(self._place)

    def _start_value(self, _: Attributes) -> None:
        if self._in_cell:
            self._fill()
            if self._kind in ("s", "e") or self._formula is not None:
                self._begin = self.position
                self.collect()

    def _end_value(self) -> None:
        if self._in_cell and (self._kind in ("s", "e") or self._formula is not None):
            self._value = self.collected()
            if self._kind == "e" and self._value not in KNOWN_ERRORS:
                self._value = STAND_IN
                self._odd.extend((self._begin, self.end))

    def _finish_cell(self) -> None:
        if self._kind == "s":
            self._budget.take_text(self._length())
        if self._formula is not None and not self._value and self._kind != "str":
            # An empty text is a value; nothing at all is a formula that was never computed.
            self.marks.mark(self._place, literal_text(f"={self._formula}"))
        elif self._kind == "e" and self._value:
            self.marks.mark(self._place, self._value)
        elif self._format is not None and self._kind == "n" and self._holds:
            self.marks.mark(self._place, self._format)

    def _length(self) -> int:
        text = self._value
        known = text.isascii() and text.isdigit() and len(text) < 10
        return self._lengths[int(text)] if known and int(text) < len(self._lengths) else 0

    def _find_twice(self) -> None:
        """A cell that is there twice has two contents, and nobody knows which is meant."""
        if self._ordered:
            return
        places = sorted(self._filled)
        self.marks.twice = next((a for a, b in pairwise(places) if a == b), None)
