"""Parts that the forms share: title rows, tables, comment boxes, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Asked, Block, Cell, Content, Fixed
from xladdin.layout.measure import PIXELS_PER_POINT, column_points, text_height
from xladdin.layout.styles import CAPTION, HEAD, HEADING, INPUT_BOX, LABEL, NOTE, TEXT, TITLE, Style

from . import entry


def title(content: Content, width: int, caption: str = "") -> Block:
    """The heading of a sheet over its whole width, with a small caption at the right under it."""
    cells = [Cell(0, 0, content, TITLE, cols=width)]
    if caption:
        cells.append(Cell(1, 0, Fixed(caption), CAPTION, cols=width))
    return Block(tuple(cells), 2 if caption else 1, {0: 34.0})


def title_text(text: str, width: int) -> Block:
    """The heading of a sheet that is the same in every copy."""
    return title(Fixed(text), width)


def heading(text: str, width: int) -> Block:
    """A heading inside a sheet."""
    return Block((Cell(0, 0, Fixed(text), HEADING, cols=width),), 1, {0: 24.0})


def note(text: str, width: int, style: Style = NOTE) -> Block:
    """A line of small print over the whole width."""
    return Block((Cell(0, 0, Fixed(text), style, cols=width),), 1)


def head_row(texts: Iterable[str]) -> Block:
    """The head of a table, a cell per column."""
    cells = tuple(Cell(0, col, Fixed(text), HEAD) for col, text in enumerate(texts))
    return Block(cells, 1, {0: 26.0})


def room_for(texts: Iterable[str], style: Style, width: float, least: float) -> float:
    """The height, in points, that a cell needs for the longest of the texts that it may show."""
    pixels = column_points(width) * PIXELS_PER_POINT
    return max([least, *(text_height(text, style, pixels) for text in texts)])


def text_row(texts: Sequence[str], styles: Sequence[Style] = ()) -> Block:
    """One row of a table of texts."""
    looks = styles or [TEXT] * len(texts)
    cells = tuple(
        Cell(0, col, Fixed(text), look)
        for col, (text, look) in enumerate(zip(texts, looks, strict=True))
    )
    return Block(cells, 1)


def spread(row: Sequence[tuple[Content, Style, int]], height: float = 0) -> Block:
    """Cells side by side, each over so many columns."""
    cells, col = [], 0
    for content, style, cols in row:
        cells.append(Cell(0, col, content, style, cols=cols))
        col += cols
    return Block(tuple(cells), 1, {0: height} if height else {})


def highlighted(cell: Cell, highlight: Highlight) -> Cell:
    """The same cell with one more conditional format."""
    return replace(cell, highlights=(*cell.highlights, highlight))


def comment_box(label: str, key: str, width: int, label_width: int, height: float = 56) -> Block:
    """A labelled box for free text."""
    box = Cell(
        0,
        label_width,
        Asked(key),
        INPUT_BOX,
        cols=width - label_width,
        check=entry.comment_check(label),
    )
    return Block((Cell(0, 0, Fixed(label), LABEL, cols=label_width), box), 1, {0: height})


def joined(blocks: Iterable[Block]) -> Block:
    """Blocks under each other as one block that stays together on a page."""
    row = 0
    placed = []
    for block in blocks:
        placed.append(block.at(row))
        row += block.height
    return Block(
        tuple(cell for block in placed for cell in block.cells),
        row,
        {at: points for block in placed for at, points in block.heights.items()},
        frozenset(at for block in placed for at in block.growing),
        tuple(chart for block in placed for chart in block.charts),
        tuple(area for block in placed for area in block.shades),
    )
