"""Parts that the forms share: title rows, tables, comment boxes, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xladdin.formula.nodes import number
from xladdin.layout import theme
from xladdin.layout.cell_rules import DataBar, Highlight
from xladdin.layout.cells import Asked, Block, Cell, CompanyName, Content, Fixed, Shaded
from xladdin.layout.measure import PIXELS_PER_POINT, column_points, text_height
from xladdin.layout.styles import (
    BAR,
    CAPTION,
    COMPANY,
    HEAD,
    HEADING,
    INPUT_BOX,
    LABEL,
    NOTE,
    TEXT,
    TITLE,
    Style,
)

from . import entry

HEAD_ROWS = 2
"""Rows of the head that every sheet has."""


def title(content: Content, width: int, caption: str = "") -> Block:
    """The head of a sheet: whose it is, a small caption at the right, the title over a line.

    ``width`` are the columns that are printed; only in a sheet of one column there is no caption.
    """
    cells = [
        Cell(0, 0, CompanyName(), COMPANY),
        *([Cell(0, width - 1, Fixed(caption), CAPTION)] if caption and width > 1 else []),
        Cell(1, 0, content, TITLE, cols=width),
    ]
    return Block(tuple(cells), HEAD_ROWS, {0: 17.5, 1: 28.0})


def screen_bar(hint: str, width: int, progress: Cell | None = None, whole: int = 0) -> Block:
    """A bar above the paper (``Sheet.screen_rows``): what to do, and how much of it is done.

    ``progress`` shows how many of ``whole`` things are done, or what is amiss, at the end of the row.
    """
    if progress is None:
        return Block((Cell(0, 0, Fixed(hint), BAR, cols=width),), 1, {0: 22.0})
    bar = DataBar(theme.BAR_DONE, number(whole))
    shades = (Shaded(0, progress.col, 1, progress.cols, bar),) if whole else ()
    told = Cell(0, 0, Fixed(hint), BAR, cols=progress.col)
    return Block((told, progress), 1, {0: 22.0}, shades=shades)


def title_text(text: str, width: int) -> Block:
    """The heading of a sheet that is the same in every copy."""
    return title(Fixed(text), width)


def heading(text: str, width: int) -> Block:
    """A heading inside a sheet."""
    return Block((Cell(0, 0, Fixed(text), HEADING, cols=width),), 1, {0: 24.0})


def note(text: str, width: int, style: Style = NOTE) -> Block:
    """A line of small print over the whole width."""
    return Block((Cell(0, 0, Fixed(text), style, cols=width),), 1)


def head_row(texts: Iterable[str], height: float = 26.0) -> Block:
    """The head of a table, a cell per column."""
    cells = tuple(Cell(0, col, Fixed(text), HEAD) for col, text in enumerate(texts))
    return Block(cells, 1, {0: height})


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
    return Block(comment_cells(label, key, 0, width, label_width), 1, {0: height})


def comment_cells(
    label: str, key: str, col: int, width: int, label_width: int = 1
) -> tuple[Cell, Cell]:
    """A label and the box for free text beside it, over so many columns from ``col`` on."""
    box = Cell(
        0,
        col + label_width,
        Asked(key),
        INPUT_BOX,
        cols=width - label_width,
        check=entry.comment_check(label),
    )
    return Cell(0, col, Fixed(label), LABEL, cols=label_width), box


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
