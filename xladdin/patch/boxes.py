"""The boxes in which comments are shown: an old-style (VML) drawing, edited as text.

Excel itself writes such drawings in ways that no XML parser takes, so nothing is parsed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from xladdin.ooxml.addresses import MOST_COLUMNS, MOST_ROWS
from xladdin.ooxml.xml import Element, main

_BEGIN, _FINISH = re.compile(r"<v:shape\b"), "</v:shape>"
_NUMBER = re.compile(r"_x0000_s(\d{1,9})")
_BLOCKS = re.compile(r"(<o:idmap\b[^<>]*\bdata=[\"'])([^\"'<]*)")
_PLACE = re.compile(r"<x:Row>\s*(\d{1,7})\s*</x:Row>\s*<x:Column>\s*(\d{1,7})\s*</x:Column>")
_ANCHOR = re.compile(r"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_END = re.compile(r"</xml>\s*$")

BLOCK = 1024
"""Shape numbers go by blocks of so many; no two drawings of a workbook may use one block."""
_NAMES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_HEAD = """<xml><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>"""
_KIND = """<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
_BOX = """<v:shape id="_x0000_s{number}" type="#_x0000_t202" \
style="position:absolute;margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;\
z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">\
<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>\
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">\
<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">\
<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>\
<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""

WIDTH, LINE = 280, 17
"""Pixels: how wide a box is, and how high a line in it."""
_PER_LINE = 40
"""Half-width characters in a line of a box."""

Boxes = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Column widths and row heights in pixels, where they differ from the usual ones."""

    columns: dict[int, int] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    column: int = 64
    row: int = 20

    @classmethod
    def of(cls, root: Element, heights: Iterable[tuple[int, str]]) -> Sizes:
        """As a sheet says, and its rows; points."""
        usual = root.find(main("sheetFormatPr"))
        width = None if usual is None else usual.get("defaultColWidth")
        height = None if usual is None else usual.get("defaultRowHeight")
        rows = {number: _height(text) for number, text in heights}
        columns: dict[int, int] = {}
        for item in root.iter(main("col")):
            first, last = int(item.get("min", "1")), int(item.get("max", "1"))
            # A style for all the remaining columns names thousands of them.
            for column in range(first, min(last, first + 200) + 1):
                columns[column] = _width(item.get("width"))
        return cls(columns, rows, _width(width), _height(height))


def _width(text: str | None) -> int:
    return round(float(text) * 7 + 5) if text else 64


def _height(text: str | None) -> int:
    return round(float(text) * 4 / 3) if text else 20


def add_boxes(data: bytes, drawings: Iterable[bytes], texts: Boxes, sizes: Sizes) -> bytes:
    """A drawing with a box for every comment; boxes that are there grow to what they hold now."""
    xml = data.decode("utf-8", "surrogateescape") or _HEAD
    pieces: list[str] = []
    there: set[tuple[int, int]] = set()
    for piece in _pieces(xml):
        place = _place(piece) if _BEGIN.match(piece) else None
        if place is None or place not in texts:
            pieces.append(piece)
        else:
            pieces.append(_grown(piece, lines(texts[place])))
            there.add(place)
    xml = "".join(pieces)
    fresh = {place: text for place, text in texts.items() if place not in there}
    if fresh:
        xml = _with_boxes(xml, drawings, fresh, sizes)
    return xml.encode("utf-8", "surrogateescape")


def _pieces(xml: str) -> Iterator[str]:
    """The shapes and what stands between them, in one pass whatever is never finished."""
    at = 0
    while begin := _BEGIN.search(xml, at):
        end = xml.find(_FINISH, begin.start())
        if end < 0:
            break
        yield xml[at : begin.start()]
        at = end + len(_FINISH)
        yield xml[begin.start() : at]
    yield xml[at:]


def _place(shape: str) -> tuple[int, int] | None:
    found = _PLACE.search(shape)
    return (int(found[1]) + 1, int(found[2]) + 1) if found else None


def lines(text: str) -> int:
    """How many lines a text takes in a box."""
    widths = (sum(2 if ord(sign) > 255 else 1 for sign in line) for line in text.split("\n"))
    return sum(max(1, -(-width // _PER_LINE)) for width in widths)


def _grown(shape: str, wanted: int) -> str:
    """A box that somebody has drawn larger is left so; a smaller one gets rows for its text."""

    def grow(found: re.Match[str]) -> str:
        numbers = [int(part) for part in found[2].split(",")]
        if len(numbers) == 8:
            numbers[4] = min(max(numbers[4], numbers[0] + 4), MOST_COLUMNS - 1)
            numbers[6] = min(max(numbers[6], numbers[2] + wanted + 1), MOST_ROWS - 1)
        return f"{found[1]}{', '.join(map(str, numbers))}{found[3]}"

    try:
        return _ANCHOR.sub(grow, shape)
    except ValueError:
        return shape


def _with_boxes(xml: str, drawings: Iterable[bytes], texts: Boxes, sizes: Sizes) -> str:
    for prefix, name in _NAMES.items():
        if f"xmlns:{prefix}=" not in xml:
            xml = xml.replace("<xml", f'<xml xmlns:{prefix}="{name}"', 1)
    first = _first_free_block(drawings)
    # The first number of a block is never used.
    blocks = range(first, first + -(-len(texts) // (BLOCK - 1)))
    numbers = (block * BLOCK + i for block in blocks for i in range(1, BLOCK))
    shapes = [
        _box(number, place, text, sizes)
        for number, (place, text) in zip(numbers, sorted(texts.items()), strict=False)
    ]
    if 'id="_x0000_t202"' not in xml:
        shapes.insert(0, _KIND)
    xml = _BLOCKS.sub(lambda found: found[1] + _listed(found[2], blocks), xml, count=1)
    end = _END.search(xml)
    place = end.start() if end else len(xml)
    return xml[:place] + "".join(shapes) + xml[place:]


def _listed(old: str, blocks: Iterable[int]) -> str:
    return ",".join([*(part for part in old.split(",") if part), *map(str, blocks)])


def _first_free_block(drawings: Iterable[bytes]) -> int:
    """Behind every block that any drawing claims or uses."""
    used = [0]
    for data in drawings:
        text = data.decode("utf-8", "surrogateescape")
        listed = ",".join(found[2] for found in _BLOCKS.finditer(text)).split(",")
        used += [int(part) for part in listed if part.strip().isdecimal() and len(part) < 10]
        used += [int(number) // BLOCK for number in _NUMBER.findall(text)]
    return max(used) + 1


def _box(number: int, place: tuple[int, int], text: str, sizes: Sizes) -> str:
    row, column = place
    height = (lines(text) + 1) * LINE
    left = _reached(column + 1, 12, sizes.columns, sizes.column, MOST_COLUMNS)
    right = _reached(column + 1, 12 + WIDTH, sizes.columns, sizes.column, MOST_COLUMNS)
    top = _reached(max(row - 1, 1), 4, sizes.rows, sizes.row, MOST_ROWS)
    bottom = _reached(max(row - 1, 1), 4 + height, sizes.rows, sizes.row, MOST_ROWS)
    anchor = ", ".join(map(str, [*left, *top, *right, *bottom]))
    points = {"width": WIDTH * 3 // 4, "height": height * 3 // 4}
    return _BOX.format(number=number, anchor=anchor, row=row - 1, column=column - 1, **points)


def _reached(start: int, pixels: int, sizes: Mapping[int, int], usual: int, most: int) -> list[int]:
    """The column or row, from 0, that lies so many pixels behind the start of one, and the rest."""
    index = min(start, most)
    while index < most and pixels >= sizes.get(index, usual):
        pixels -= sizes.get(index, usual)
        index += 1
    return [index - 1, max(0, min(pixels, sizes.get(index, usual) - 1))]
