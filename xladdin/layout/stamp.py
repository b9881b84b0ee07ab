"""Many copies of one book: written in full once for each shape, then stamped.

What differs from copy to copy are the contents of slots and results.  All else of a workbook, and
most of its parts, is the same for all copies of one shape: which slots hold text, which of these
texts are the same, how many lines each takes.  Of each shape one copy is written in full and cut at
what differs; a further copy is these pieces with other contents between them.

A stamped workbook is the one that ``workbook_bytes`` writes, part for part.  To be sure, the second
copy of each shape is held against one that is written in full; a shape that differs is not stamped.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xladdin.formula.evaluate import Value
from xladdin.ooxml.addresses import address
from xladdin.ooxml.archive import Archive
from xladdin.ooxml.quick_packing import Package, Part, Pieces, part

from .calls import Call
from .cells import Book, Cell, Fixed, Link, Result, Sheet, Slot
from .letterhead import NOBODY, Letterhead
from .measure import CELL_PADDING, CHARACTER_PIXELS, lines, text_of
from .place import columns, inputs
from .sight import is_open
from .writer import workbook_bytes

STRINGS = "xl/sharedStrings.xml"
MOST_SHAPES, MOST_BOOKS = 100, 50
"""What is kept; a shape takes some hundred kilobytes."""
MOST_MEASURED = 20_000
"""Texts of which a cell remembers how many lines they take."""
LONGEST = 32_767
"""Characters of a text in a cell."""
_CELL = re.compile(
    r'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]+")?((?: [a-z]+="[^"]*")*(?:/>|>.*?</c>))', re.DOTALL
)
_STRING = re.compile(r"<si><t(?: [^<>]*)?>([^<]*)</t></si>")
_FORMULA = re.compile(r"<f>[^<]*</f>")
_AWKWARD = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x|^\s|\s$|^<r>")
"""What is written in a way of its own, so that a shape is made for it."""
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


class Stamps:
    """Writes copies of books; each book is made ready when its first copy is asked for."""

    def __init__(self) -> None:
        self._stamps: OrderedDict[tuple[int, Letterhead], Stamp] = OrderedDict()

    def workbook(
        self, book: Book, values: Mapping[str, Value], letterhead: Letterhead = NOBODY
    ) -> bytes:
        """The .xlsx file of one copy: the parts that ``workbook_bytes`` would write."""
        found = self._stamps.get((id(book), letterhead))
        if found is None:
            # The stamp keeps its book, so no other one gets that number meanwhile.
            found = self._stamps[id(book), letterhead] = Stamp(book, letterhead)
            _forget(self._stamps, MOST_BOOKS)
        return found.workbook(values)


def _forget(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)


@dataclass
class _Place:
    """A cell whose content differs from copy to copy."""

    key: str
    sheet: int
    """Its number, from 1."""
    address: str
    cell: Cell
    pixels: float
    measured: dict[str, int] = field(default_factory=dict)

    @property
    def is_slot(self) -> bool:
        return isinstance(self.cell.content, Slot)

    def lines(self, shown: Mapping[str, Value]) -> int:
        """How many lines its text takes: what the height of its row may depend on."""
        text = text_of(self.cell, shown)
        found = self.measured.get(text)
        if found is None:
            if len(self.measured) >= MOST_MEASURED:
                self.measured.clear()
            style = self.cell.style
            found = len(text) if style.rotated else lines(text, style, self.pixels)
            self.measured[text] = found
        return found


class Stamp:
    """Writes copies of one book."""

    def __init__(self, book: Book, letterhead: Letterhead = NOBODY) -> None:
        self.book = book
        self._letterhead = letterhead
        self._columns = columns(book)
        self._places = list(_places(book))
        self._slots = [it for it in self._places if it.is_slot]
        self._measured = [it for it in self._places if _is_measured(it.cell)]
        self._fixed = frozenset((*_fixed_texts(book), letterhead.company))
        self._asked = [list(_asked(sheet)) for sheet in book.sheets]
        self._shapes: OrderedDict[object, _Shape] = OrderedDict()
        # A chart keeps copies of what it draws.
        self._in_full = any(block.charts for sheet in book.sheets for block in sheet.blocks)

    def workbook(self, values: Mapping[str, Value]) -> bytes:
        if self._in_full:
            return self._full(values)
        given = inputs(self.book, values)
        shown = {**given, **self.book.solver.values({**given, **self._columns})}
        texts = [_text(given.get(it.key)) for it in self._slots]
        known = self._known(texts, given, shown)
        shape = self._shapes.get(known)
        if shape is None:
            shape = self._shapes[known] = self._cut(known, texts, values)
            _forget(self._shapes, MOST_SHAPES)
            return shape.copy(shown)
        made = shape.copy(shown)
        if not shape.proved:
            full = self._full(values)
            shape.proved, shape.sound = True, parts_of(made) == parts_of(full)
        return made if shape.sound else self._full(values)

    def _full(self, values: Mapping[str, Value]) -> bytes:
        return workbook_bytes(self.book, values, self._letterhead)

    @property
    def shapes(self) -> tuple[_Shape, ...]:
        return tuple(self._shapes.values())

    def _known(
        self, texts: list[str | None], given: Mapping[str, Value], shown: Mapping[str, Value]
    ) -> tuple[object, ...]:
        """What all copies of a shape have in common, beside the book."""
        kinds = [
            text if text is None or self._is_special(text) else texts.index(text) for text in texts
        ]
        # Where the cursor stands depends on what lacks first.
        first = [
            next((i for i, key in enumerate(asked) if given.get(key) in (None, "")), -1)
            for asked in self._asked
        ]
        return (*kinds, *first, *[it.lines(shown) for it in self._measured])

    def _is_special(self, text: str) -> bool:
        return text in self._fixed or len(text) > LONGEST or _AWKWARD.search(text) is not None

    def _cut(
        self, known: tuple[object, ...], texts: list[str | None], values: Mapping[str, Value]
    ) -> _Shape:
        own = {
            (slot.sheet, slot.address): slot.key
            for number, (slot, text) in enumerate(zip(self._slots, texts, strict=True))
            if text is not None and known[number] == number
        }
        textual = {
            (slot.sheet, slot.address)
            for slot, text in zip(self._slots, texts, strict=True)
            if text is not None
        }
        return _Shape.of(self._full(values), self._places, textual, own)


class _Shape:
    """A workbook cut at what differs."""

    def __init__(self, package: Package, parts: Mapping[str, _Cuts]) -> None:
        self._package = package
        self._parts = parts
        self.proved = False
        self.sound = True

    @classmethod
    def of(
        cls,
        content: bytes,
        places: Iterable[_Place],
        textual: set[tuple[int, str]],
        own: Mapping[tuple[int, str], str],
    ) -> _Shape:
        """``textual``: the slots that hold text; ``own``: of each text that differs, the first slot
        that holds it, with its key."""
        texts = dict(parts_of(content))
        cut: dict[str, _Cuts] = {}
        strings: dict[int, str] = {}
        by_sheet: dict[int, dict[str, _Place]] = {}
        for it in places:
            by_sheet.setdefault(it.sheet, {})[it.address] = it
        for number, wanted in by_sheet.items():
            name = f"xl/worksheets/sheet{number}.xml"
            text, found = texts[name].decode(), []
            for match in _CELL.finditer(text):
                here = (number, match[1])
                if here in own:
                    strings[_index(match[2])] = own[here]
                if match[1] in wanted and here not in textual:
                    it = wanted[match[1]]
                    found.append((*match.span(2), _writer(it, match[2])))
            if found:
                cut[name] = _Cuts(text, found)
        if strings:
            text = texts[STRINGS].decode()
            spans = [match.span(1) for match in _STRING.finditer(text)]
            cut[STRINGS] = _Cuts(
                text, [(*spans[index], _SharedText(strings[index])) for index in sorted(strings)]
            )
        same = {name: part(data) for name, data in texts.items() if name not in cut}
        return cls(Package(list(texts), same), cut)

    def copy(self, shown: Mapping[str, Value]) -> bytes:
        return self._package.packed({name: it.part(shown) for name, it in self._parts.items()})


class _Cuts:
    """A part: pieces that are the same in every copy, and between them what differs."""

    def __init__(self, text: str, found: list[tuple[int, int, _Writer]]) -> None:
        begins = [0, *(end for _, end, _ in found)]
        ends = [*(start for start, _, _ in found), len(text)]
        pieces = [text[begin:end].encode() for begin, end in zip(begins, ends, strict=True)]
        self._pieces = Pieces(pieces)
        self._writers = [writer for _, _, writer in found]

    def part(self, shown: Mapping[str, Value]) -> Part:
        return self._pieces.part([writer.written(shown) for writer in self._writers])


@dataclass(frozen=True, slots=True)
class _SharedText:
    """A text among those that cells refer to."""

    key: str

    def written(self, shown: Mapping[str, Value]) -> bytes:
        return _escaped(str(shown[self.key])).encode()


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that is entered, or nothing; what stands behind the cell's address and format."""

    key: str

    def written(self, shown: Mapping[str, Value]) -> bytes:
        value = shown.get(self.key)
        if isinstance(value, Decimal):
            return b"><v>%b</v></c>" % f"{float(value):.16G}".encode()
        return b"/>"


@dataclass(frozen=True, slots=True)
class _Computed:
    """A formula with the value that it computes."""

    key: str
    formula: bytes

    def written(self, shown: Mapping[str, Value]) -> bytes:
        value = shown[self.key]
        if isinstance(value, Decimal):
            return b">%b<v>%b</v></c>" % (self.formula, str(float(value)).encode())
        if isinstance(value, bool):
            return b' t="b">%b<v>%d</v></c>' % (self.formula, value)
        kind = b"e" if value in _ERRORS else b"str"
        return b' t="%b">%b<v>%b</v></c>' % (kind, self.formula, _escaped(value or "").encode())


_Writer = _SharedText | _Number | _Computed


def _writer(place: _Place, written: str) -> _Writer:
    if place.is_slot:
        return _Number(place.key)
    formula = _FORMULA.search(written)
    if formula is None:
        raise ValueError(f"no formula at {place.address}: {written[:80]}")
    return _Computed(place.key, formula[0].encode())


def _index(written: str) -> int:
    """Which of the shared texts a cell refers to."""
    return int(written.partition("<v>")[2].partition("</v>")[0])


def parts_of(content: bytes) -> list[tuple[str, bytes]]:
    """The parts of a package with their names, in their order."""
    package = Archive(content)
    return [(entry.filename, package.read(entry.filename)) for entry in package.entries]


def _places(book: Book) -> Iterator[_Place]:
    numbers = {id(sheet): number for number, sheet in enumerate(book.sheets, start=1)}
    for key, sheet, cell in book.keyed:
        if isinstance(cell.content, Slot | Result):
            here = address(cell.row + 1, cell.col + 1)
            yield _Place(key, numbers[id(sheet)], here, cell, _pixels(sheet, cell))


def _asked(sheet: Sheet) -> Iterator[str]:
    for cell in sheet.cells:
        if is_open(cell) and isinstance(cell.content, Slot):
            yield cell.content.key


def _pixels(sheet: Sheet, cell: Cell) -> float:
    width = sum(sheet.widths[cell.col : cell.col + cell.cols])
    return width * CHARACTER_PIXELS + CELL_PADDING * cell.cols


def _is_measured(cell: Cell) -> bool:
    return isinstance(cell.content, Slot) or (
        isinstance(cell.content, Result) and cell.content.measured
    )


def _fixed_texts(book: Book) -> Iterator[str]:
    """Texts that stand in every copy: a slot that happens to hold one shares it."""
    for sheet in book.sheets:
        for cell in sheet.cells:
            match cell.content:
                case Fixed(value=str(text)) | Link(text=text):
                    yield text
                case Call(values=values):
                    yield from (value for value in values if isinstance(value, str))
        if sheet.table is not None:
            for column in sheet.table.columns:
                yield column.head
                yield from (one for one in sheet.table.cells(column) if isinstance(one, str))


def _text(value: Value) -> str | None:
    """The text that a slot is written with; None for a number, or nothing."""
    if value is None or value == "" or isinstance(value, Decimal):
        return None
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
