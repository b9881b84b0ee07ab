"""A sheet's part looked through for a few cells, as quickly as can be; all else of it in one frame.

Of two sheets with the same frame only the values of those cells may differ: whatever else a reader of
cells makes of one it makes of the other.  Where a part is not written as all usual programs write it,
nothing is said of it, and it is for ``sheet_cells`` to read.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import deque
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from .archive import Packed
from .limits import LONGEST_TEXT
from .shared_texts import unescaped

MOST_CUTS = 30
"""Sheets that others are held against, the latest first."""
OFTEN = 3
"""Sheets like a cut one that are looked through cell by cell before one pattern of it is worth its making."""
LARGEST = 500_000
"""Bytes of a part: no form has one that large."""
_DECLARED = b'<?xml version="1.0" encoding="UTF-8"'
# What is between two tags ends where another one of its kind begins: a part with thousands of them that
# are never closed would else be looked through as often.
_ITEM = re.compile(rb"<si>([^<]*+(?:<(?!/?si>)[^<]*+)*+)</si>")
_HINTS = rb"(?:<phoneticPr(?: [^<>]*)?/>)?"
_TEXT = rb"<t(?: [^<>]*)?(?:/>|>([^<]*)</t>)"
_PLAIN = re.compile(_TEXT + _HINTS)
_RUN = re.compile(rb"<r>(?:<rPr>(?:<[A-Za-z]+(?: [^<>]*)?/>)*</rPr>|<rPr/>)?" + _TEXT + rb"</r>")
_END_OF_RUNS = re.compile(_HINTS)
_LIST = re.compile(rb"<\?xml[^<>]*\?>\s*<sst(?: [^<>]*)?>\s*</sst>\s*")
_CELL = re.compile(rb"<c ([^<>]*?)(?:/>|>([^<]*+(?:<(?!/?c[ >])[^<]*+)*+)</c>)")
_TOKEN = re.compile(_CELL.pattern + rb"|<(row [^<>]*|/row)>")
_PLACE = re.compile(rb'(?:^| )r="([A-Z]{1,3}[0-9]{1,7})"')
_KIND = re.compile(rb' t="([A-Za-z]+)"')
_CONTENT = re.compile(rb"(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>)?")
_ASIDE = re.compile(
    rb"<sheetViews>[^<]*+(?:<(?!/?sheetViews>)[^<]*+)*+</sheetViews>|<dimension [^<>]*/>"
)
"""Where somebody has left the cursor, and how far cells reach: neither is read."""
_NUMBER = re.compile(rb"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
"""What programs number things by, another one each time they save."""
_HEIGHT = re.compile(rb' (?:ht|x14ac:dyDescent|spans)="([^"]*)"')
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_AMP = re.compile(rf"&(?!{_ENTITY.pattern[1:]})")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Unusual(Exception):
    """The part is written in a way that is not known here."""


class Value(NamedTuple):
    """What a cell holds: its kind as the file has it, and its text."""

    kind: str
    text: str


class Scan(NamedTuple):
    """What was found in a sheet."""

    frame: bytes
    """A hash of all that does not belong to the values of the cells that were asked for."""
    values: Mapping[str, Value]
    """Address -> value, of those cells that hold one."""


def inflated(packed: Packed) -> bytes:
    """A part; Unusual where it is not what the file says, or very large."""
    if packed.size > LARGEST:
        raise Unusual("large")
    data = packed.data
    if packed.method:
        try:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            data = unpacker.decompress(data, LARGEST)
        except zlib.error as error:
            raise Unusual("deflated") from error
        if not unpacker.eof or unpacker.unused_data:
            raise Unusual("deflated")
    if len(data) != packed.size or zlib.crc32(data) != packed.crc:
        raise Unusual("sum")
    return data


def _checked(data: bytes) -> bytes:
    """Text in which nothing stands for anything but itself."""
    if not data.startswith(_DECLARED) or b"\r" in data[60:] or b"<!" in data:
        raise Unusual("written otherwise")
    return data


def text_of(data: bytes) -> str:
    """What a text between two tags says."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unusual("encoding") from error
    if "&" in text:
        if _AMP.search(text):
            raise Unusual("entity")
        text = _ENTITY.sub(_sign, text)
    if len(text) > LONGEST_TEXT:
        raise Unusual("long")
    return unescaped(text)


def _sign(entity: re.Match[str]) -> str:
    name, decimal, hexadecimal = entity.groups()
    if name:
        return _SIGNS[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    if number not in (9, 10, 13) and not (0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE):
        raise Unusual("character")
    return chr(number)


def shared_texts(data: bytes) -> list[bytes]:
    """The shared texts, as they are written; Unusual where one is written otherwise than usual."""
    items = _ITEM.findall(_checked(data))
    begin, end = data.find(b"<si>"), data.rfind(b"</si>") + len(b"</si>")
    around = data[:begin] + data[end:] if items else data
    # As long as what lies between the first and the last: nothing stands between them.
    tight = len(data) - len(around) == sum(map(len, items)) + len(items) * len(b"<si></si>")
    if not tight or not _LIST.fullmatch(around):
        raise Unusual("shared texts")
    return [_item(item) for item in items]


@lru_cache(maxsize=20_000)
def _item(item: bytes) -> bytes:
    """One text; of several runs, whatever they look like."""
    plain = _PLAIN.fullmatch(item)
    if plain is not None:
        return plain[1] or b""
    runs = list(_RUN.finditer(item))
    rest = item[sum(len(run[0]) for run in runs) :]
    # One behind the other from the beginning on.
    if any(run.end() != next_one.start() for run, next_one in pairwise(runs)) or (
        not runs or runs[0].start() or not _END_OF_RUNS.fullmatch(rest)
    ):
        raise Unusual("runs")
    texts = [run[1] or b"" for run in runs]
    if any(_AMP.search(text.decode("latin-1")) for text in texts):
        raise Unusual("entity")
    return b"".join(texts)


@dataclass
class _Cut:
    """A sheet cut at the cells that are looked up."""

    around: bytes
    """What stands before its rows and behind them, but for what is not read."""
    pieces: tuple[bytes, ...]
    """What stands before each of these cells, and behind the last one to the end of the rows."""
    cells: tuple[tuple[bytes, bytes, bytes], ...]
    """Address of each, its attributes without its kind, its formula."""
    numbers: tuple[int, ...]
    """The shared texts that the pieces have, by number."""
    said: tuple[bytes, ...]
    """What these say."""
    frame: bytes
    met: int = 0
    """How many sheets were like it."""

    def values(
        self, around: bytes, cells: bytes, texts: Sequence[bytes]
    ) -> Mapping[str, Value] | None:
        """What another sheet says in these cells; None where anything else of it differs."""
        if around != self.around or not self._is_said(texts):
            return None
        found = self._at_once(cells, texts) if self.met >= OFTEN else None
        if found is None:
            found = self._one_by_one(cells, texts)
        self.met += found is not None
        return found

    def _at_once(self, cells: bytes, texts: Sequence[bytes]) -> dict[str, Value] | None:
        """The same where each cell says its kind behind all else, as usual programs write it."""
        matched = self._pattern.fullmatch(cells)
        if matched is None:
            return None
        said = iter(matched.groups())
        found: dict[str, Value] = {}
        for place in self._places:
            kind, written = next(said), next(said)
            if written is not None:
                found[place] = _value(kind, written, texts)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[bytes]:
        cells = [_pattern_of(attributes, formula) for _, attributes, formula in self.cells]
        pieces = [re.escape(piece) for piece in self.pieces]
        return re.compile(b"".join(chain(*zip(pieces, [*cells, b""], strict=True))))

    @cached_property
    def _places(self) -> tuple[str, ...]:
        return tuple(place.decode() for place, *_ in self.cells)

    def _one_by_one(self, cells: bytes, texts: Sequence[bytes]) -> dict[str, Value] | None:
        found: dict[str, Value] = {}
        at = 0
        for piece, (place, attributes, formula) in zip(self.pieces, self.cells, strict=False):
            if not cells.startswith(piece, at):
                return None
            token = _CELL.match(cells, at + len(piece))
            if token is None:
                return None
            taken = _taken(place, token[1], token[2] or b"", texts, found)
            if taken != (attributes, formula):
                return None
            at = token.end()
        return found if cells[at:] == self.pieces[-1] else None

    def _is_said(self, texts: Sequence[bytes]) -> bool:
        if not self.numbers:
            return True
        return max(self.numbers) < len(texts) and self.said == tuple(
            [texts[number] for number in self.numbers]
        )


class Scanner:
    """Looks through sheets for the same cells; most sheets are like one that was seen before."""

    def __init__(self, wanted: Container[bytes] = ()) -> None:
        """``wanted``: addresses."""
        self._wanted = wanted
        self._cuts: deque[_Cut] = deque(maxlen=MOST_CUTS)

    def scan(self, data: bytes, texts: Sequence[bytes]) -> Scan:
        """Raises Unusual."""
        before, opened, cells = _checked(data).partition(b"<sheetData>")
        rows, closed, tail = cells.partition(b"</sheetData>")
        if not opened or not closed or b"<sheetData" in tail or b"<c " in tail:
            raise Unusual("no cells")
        around = _NUMBER.sub(b"", b"%b\x00%b" % (_ASIDE.sub(b"", before), tail))
        for cut in self._cuts:
            values = cut.values(around, rows, texts)
            if values is not None:
                return Scan(cut.frame, values)
        found: dict[str, Value] = {}
        cut = self._cut(around, rows, texts, found)
        self._cuts.appendleft(cut)
        return Scan(cut.frame, found)

    def _cut(
        self, around: bytes, rows: bytes, texts: Sequence[bytes], values: dict[str, Value]
    ) -> _Cut:
        if _TOKEN.sub(b"", rows).strip():
            raise Unusual("between cells")
        frame, pieces, taken = [around], [], list[tuple[bytes, bytes, bytes]]()
        numbers: list[int] = []
        begin = 0
        for token in _TOKEN.finditer(rows):
            attributes, body, row = token.groups()
            if row:
                frame.append(_row(row))
                continue
            place = _PLACE.search(attributes)
            if place is None or b"'" in attributes:
                raise Unusual("cell")
            if place[1] in self._wanted:
                pieces.append(rows[begin : token.start()])
                begin = token.end()
                taken.append((place[1], *_taken(place[1], attributes, body or b"", texts, values)))
                frame += taken[-1]
            elif b' t="s"' in attributes:
                numbers.append(_index(body or b"", len(texts)))
                frame += (attributes, texts[numbers[-1]])
            else:
                frame += (attributes, body or b"")
        if len({place for place, *_ in taken}) < len(taken):
            raise Unusual("a cell twice")
        pieces.append(rows[begin:])
        said = tuple(texts[number] for number in numbers)
        whole = hashlib.sha256(b"\x00".join(frame)).digest()
        return _Cut(around, tuple(pieces), tuple(taken), tuple(numbers), said, whole)


def _pattern_of(attributes: bytes, formula: bytes) -> bytes:
    """A cell with the same attributes but for its kind, and the same formula."""
    begin = rb'<c %b(?: t="([A-Za-z]++)")?+' % re.escape(attributes)
    body = rb">%b(?:<v>([^<]*+)</v>)?+</c>" % re.escape(formula)
    return begin + (body if formula else rb"(?:/>|%b)" % body)


def _taken(
    place: bytes,
    attributes: bytes,
    body: bytes,
    texts: Sequence[bytes],
    values: dict[str, Value],
) -> tuple[bytes, bytes]:
    """Note the value of a cell; what of the cell belongs to the frame."""
    content = _CONTENT.fullmatch(body)
    if content is None:
        raise Unusual("content")
    formula, written = content.groups()
    kind = _KIND.search(attributes)
    if kind is not None:
        attributes = attributes[: kind.start()] + attributes[kind.end() :]
    if written is not None:
        values[place.decode()] = _value(kind and kind[1], written, texts)
    return attributes, formula or b""


def _value(kind: bytes | None, written: bytes, texts: Sequence[bytes]) -> Value:
    called = "n" if kind is None else kind.decode()
    if called == "s":
        written = texts[_index(b"<v>%b</v>" % written, len(texts))]
    elif called not in ("n", "str"):
        raise Unusual("kind")
    return Value(called, text_of(written))


def _index(body: bytes, most: int) -> int:
    number = body[3:-4]
    if body[:3] == b"<v>" and body[-4:] == b"</v>" and number.isdigit() and len(number) < 9:
        index = int(number)
        if index < most:
            return index
    raise Unusual("shared text")


def _row(attributes: bytes) -> bytes:
    """A row's attributes without its height, unless that hides it."""

    def kept(found: re.Match[bytes]) -> bytes:
        try:
            hides = found[0].startswith(b" ht=") and float(found[1]) == 0
        except ValueError as error:
            raise Unusual("height") from error
        return found[0] if hides else b""

    return _HEIGHT.sub(kept, attributes)
