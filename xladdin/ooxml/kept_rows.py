"""The rows of a long sheet: bytes, but for those that are being looked at.

A tree of a sheet takes twenty times the room of its text.  Here the text stays, a row becomes an
element when somebody asks for it, and text again when many have been asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import xml
from .addresses import MOST_ROWS
from .limits import MOST_NODES
from .refused import TooLargeError
from .sound import nodes_of
from .streaming import Allowance
from .xml import Element

LONG = 8_000_000
"""Bytes of a sheet from which on its rows are kept as text."""
MOST_OPEN = 500
"""Rows that are elements at one time, once whoever changes them is between two changes."""
MOST_HELD_OPEN = 20_000
"""Rows that one change may need at one time."""

_BEGIN, _END, _ROW, _ROW_END = b"<sheetData>", b"</sheetData>", b"<row", b"</row>"
_EMPTY = b"<sheetData/>"
_NUMBER = re.compile(rb'\sr="([1-9][0-9]{0,6})"')
_HEIGHT = re.compile(rb'\sht="([0-9.]{1,20})"')
_SPACE = b" \t\r\n"
_NAMES = re.compile(rb"\A<row((?: xmlns(?::[\w.-]+)?=\"[^\"]*\")+)")
"""What a row that stands for itself says of the names in it; within its sheet the root says it."""
_ROOT = re.compile(rb"<worksheet\b[^>]*+>")
_DECLARED = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml\b[^>]*?\bencoding=[\"']([^\"'>]*)")
_AS_WRITTEN = (b"utf-8", b"us-ascii")
"""Encodings of which the bytes stay when a part is written in UTF-8."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A sheet without its rows, and where they lie in the whole."""

    rest: bytes
    root: bytes
    """The root's own tag, which says what the names in a row mean."""
    spots: Mapping[int, tuple[int, int]]


def divided(data: bytes) -> Divided | None:
    """A sheet in rest and rows; None for one whose text does not show where they lie.

    As spreadsheet programs write them: no prefixes, no comments between, numbers that rise.
    """
    begin, end = data.find(_BEGIN), data.rfind(_END)
    root = _ROOT.search(data, 0, max(begin, 0))
    if begin < 0 or end < begin or root is None or data.count(_BEGIN, begin + 1):
        return None
    declared = _DECLARED.match(data)
    if declared is not None and declared[1].lower() not in _AS_WRITTEN:
        return None
    spots = _spots(data, begin + len(_BEGIN), end)
    if spots is None:
        return None
    return Divided(data[:begin] + _EMPTY + data[end + len(_END) :], root[0], spots)


def _spots(data: bytes, at: int, end: int) -> dict[int, tuple[int, int]] | None:
    if data.find(b"<!", at, end) >= 0 or data.find(b"<?", at, end) >= 0:
        return None
    spots: dict[int, tuple[int, int]] = {}
    last = 0
    while at < end:
        if data[at] in _SPACE:
            at += 1
            continue
        tag = data.find(b">", at, end)
        number = _NUMBER.search(data, at, tag) if tag > 0 else None
        if number is None or not data.startswith(_ROW, at) or data[at + len(_ROW)] not in _SPACE:
            return None
        closed = data[tag - 1] == ord("/")
        after = tag + 1 if closed else data.find(_ROW_END, tag, end) + len(_ROW_END)
        row = int(number[1])
        if not last < row <= MOST_ROWS or after <= tag:
            return None
        spots[row] = (at, after)
        at, last = after, row
    return spots


class KeptRows:
    """The rows of a sheet by number."""

    def __init__(self, data: bytes, found: Divided) -> None:
        self._data, self._root = data, found.root
        self._spots = dict(found.spots)
        self._written: dict[int, bytes] = {}
        self._open: dict[int, Element] = {}
        self._numbers: list[int] | None = sorted(self._spots)
        self._place = xml.parse(b"%s<sheetData/></worksheet>" % self._root)[0]
        """Where new rows are made, so that names mean in them what they mean in the sheet."""

    def __contains__(self, number: int) -> bool:
        return number in self._spots or number in self._written or number in self._open

    @property
    def numbers(self) -> list[int]:
        """In rising order; not to be changed."""
        if self._numbers is None:
            self._numbers = sorted({*self._spots, *self._written, *self._open})
        return self._numbers

    def element(self, number: int) -> Element:
        """A row to be looked at or changed, until the next ``rest``; DamagedError for one that is
        not sound."""
        found = self._open.get(number)
        if found is None:
            found = self._open[number] = self._parsed(self.text(number))
        return found

    def new(self, number: int) -> Element:
        """A row where there is none."""
        self._numbers = None
        found = self._open[number] = xml.add(self._place, "row", {"r": str(number)})
        return found

    def text(self, number: int) -> bytes:
        """A row as the file will say it."""
        if number in self._open:
            return self._serialised(self._open[number])
        if number in self._written:
            return self._written[number]
        first, last = self._spots[number]
        return self._data[first:last]

    def rest(self) -> bool:
        """Between two changes, when nobody holds an element: whether open rows became text."""
        if len(self._open) <= MOST_OPEN:
            return False
        for number, row in self._open.items():
            self._written[number] = self._serialised(row)
        self._open.clear()
        del self._place[:]
        return True

    def holding(self, words: Sequence[bytes]) -> Iterator[int]:
        """The rows whose text has one of the words."""
        for number in [*self.numbers]:
            text = self.text(number)
            if any(word in text for word in words):
                yield number

    def heights(self) -> Iterator[tuple[int, str]]:
        """The rows that say how high they are, in points."""
        for number in self.numbers:
            text = self.text(number)
            if (found := _HEIGHT.search(text, 0, text.find(b">"))) is not None:
                yield number, found[1].decode()

    def within(self, rest: bytes) -> Iterator[bytes | memoryview]:
        """The whole sheet again, in pieces: the rest, with the rows in their place."""
        before, _, after = rest.partition(_EMPTY)
        yield before + _BEGIN
        yield from self._pieces()
        yield _END + after

    def _pieces(self) -> Iterator[bytes | memoryview]:
        """Rows that nobody touched in one piece, as long as they stand beside each other."""
        data, begin, end = memoryview(self._data), 0, 0
        for number in self.numbers:
            if number in self._open or number in self._written:
                yield data[begin:end]
                begin = end = 0
                yield self.text(number)
                continue
            first, last = self._spots[number]
            if first != end:
                yield data[begin:end]
                begin = first
            end = last
        yield data[begin:end]

    def _parsed(self, text: bytes) -> Element:
        if len(self._open) >= MOST_HELD_OPEN:
            raise TooLargeError(f"要同时改的行超过{MOST_HELD_OPEN // 10_000}万行，改不了")
        whole = b"%s<sheetData>%s</sheetData></worksheet>" % (self._root, text)
        nodes_of(whole, Allowance(MOST_NODES))
        return xml.parse(whole)[0][0]

    @staticmethod
    def _serialised(row: Element) -> bytes:
        return _NAMES.sub(b"<row", xml.alone(row))
