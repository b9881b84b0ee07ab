"""How much room text takes: spreadsheets do not grow rows for merged cells, so we do.

Widths are estimated: a Chinese character is as wide as its font is high, other characters a bit
over half of that.  A row that comes out a line too tall is better than one that cuts text.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping

from .calls import Call
from .cells import Cell, CompanyName, Fixed, Link, Plotted, Result, Sheet, Slot
from .styles import Style

PIXELS_PER_POINT = 96 / 72
CHARACTER_PIXELS, CELL_PADDING = 7, 5
TEXT_MARGIN = 7
"""Pixels left and right of the text inside a cell, together."""
LINE_SPACING = 1.48
"""Line height over font size: Noto Sans CJK takes 1.47, 微软雅黑 1.32."""
ROW_MARGIN = 2.5
"""Points above and below the text of a row, together."""
LEAST_ROW, HEAD_ROW = 17.5, 28.0
_CLOSING = "，。、；：？！）》”」—…"
UNBROKEN = re.compile(rf"[（《“「]*(?:[!-~≤≥]+|.)[{_CLOSING}]*(?:[≤≥][!-~]+[{_CLOSING}]*)*")
"""What stays on one line: a word; punctuation with what it closes or opens; a bound with its sign,
which programs do not part from the comma before it."""
NARROW = 0.58
"""Width of a Latin character over the font size, on the wide side."""
BROAD, BROAD_LETTERS = 0.95, frozenset("MWmw@%")


def column_points(width: float) -> float:
    """A column's width on paper, in points."""
    return (width * CHARACTER_PIXELS + CELL_PADDING) / PIXELS_PER_POINT


def wide(character: str) -> bool:
    """Whether a character takes a full square."""
    return unicodedata.east_asian_width(character) in "WFA"


def text_width(text: str, size: int) -> float:
    """The width of one line of text, in pixels."""
    return size * PIXELS_PER_POINT * sum(map(_ems, text))


def _ems(character: str) -> float:
    if wide(character):
        return 1.0
    return BROAD if character in BROAD_LETTERS else NARROW


def lines(text: str, style: Style, pixels: float) -> int:
    """How many lines a text takes in a cell of so many pixels."""
    room = max(pixels - TEXT_MARGIN, style.size * PIXELS_PER_POINT)
    if not style.wrap:
        return 1
    return sum(_wrapped(line, style.size, room) for line in text.split("\n"))


def _wrapped(line: str, size: int, room: float) -> int:
    count, used = 1, 0.0
    for whole in UNBROKEN.findall(line):
        width = text_width(whole, size)
        if used and used + width > room:
            count, used = count + 1, 0.0
        # What is longer than a line by itself is broken after all, into full lines.
        further = max(0, math.ceil(width / room) - 1)
        count, used = count + further, used + width - further * room
    return count


def text_height(text: str, style: Style, pixels: float) -> float:
    """The height that a text needs, in points."""
    count = len(text) if style.rotated else lines(text, style, pixels)
    return count * style.size * LINE_SPACING + ROW_MARGIN


def row_heights(sheet: Sheet, shown: Callable[[Cell], str]) -> dict[int, float]:
    """The height of every row, in points, so that no text is cut."""
    heights: dict[int, float] = {}
    for block in sheet.placed:
        for cell in block.cells:
            for row in range(cell.row, cell.row + cell.rows):
                heights[row] = max(heights.get(row, LEAST_ROW), block.heights.get(row, 0))
    for cell in sorted(sheet.cells, key=lambda cell: cell.rows):
        _make_room(cell, shown(cell), sheet, heights)
    return heights | _table_heights(sheet)


def _table_heights(sheet: Sheet) -> dict[int, float]:
    """The rows of a table that hold more than one line of text."""
    if sheet.table is None:
        return {}
    top, table, heights = sheet.table_top, sheet.table, {sheet.table_top: HEAD_ROW}
    for column, width in zip(table.columns, sheet.widths, strict=True):
        pixels = width * CHARACTER_PIXELS + CELL_PADDING
        texts = [column.head, *table.cells(column)] if column.formula is None else []
        for row, text in enumerate(texts, start=top):
            if isinstance(text, str) and (column.style.wrap or row == top):
                needed = text_height(text, column.style, pixels)
                needed += table.head_room if row == top else 0.0
                heights[row] = max(heights.get(row, LEAST_ROW), needed)
    return {row: height for row, height in heights.items() if height > LEAST_ROW}


def _make_room(cell: Cell, text: str, sheet: Sheet, heights: dict[int, float]) -> None:
    width = sum(sheet.widths[cell.col : cell.col + cell.cols])
    pixels = width * CHARACTER_PIXELS + CELL_PADDING * cell.cols
    needed = text_height(text, cell.style, pixels)
    spanned = range(cell.row, cell.row + cell.rows)
    lacking = needed - sum(heights[row] for row in spanned)
    if lacking > 0:
        # What a merged cell lacks is spread over its rows.
        for row in spanned:
            heights[row] += lacking / cell.rows


def text_of(cell: Cell, values: Mapping[str, object]) -> str:
    """The text that a cell will show, as far as its size matters."""
    match cell.content:
        case Fixed(value=value):
            return "" if value is None else str(value)
        case Slot(key=key, default=default):
            given = values.get(key, default)
            return str(given) if isinstance(given, str) else ""
        case Link(text=text):
            return text
        case Result(key=key, measured=True):
            found = values.get(key)
            return found if isinstance(found, str) else ""
        case Result() | Plotted() | Call() | CompanyName():
            return ""
