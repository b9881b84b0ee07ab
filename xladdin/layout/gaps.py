"""Gaps in lines: a missing figure breaks a line where the line is drawn from cells of their own.

A formula that gives nothing gives an empty text, which spreadsheets draw as 0.  What none of them draws is
#N/A; nobody should read that in a table, so lines of computed figures are drawn from a sheet out of sight,
which holds each figure once more, or #N/A.

LibreOffice draws #N/A as 0, too, in a chart of lines in which no cell is empty (it takes it for a text, which
Excel draws as 0): so such a chart has one more line, over a cell in which nothing stands.
"""

from __future__ import annotations

from dataclasses import replace

from .cells import Block, Book, Cell, Fixed, Plotted, Sheet
from .drawings import Chart, ColumnsAndLine, Lines, Series
from .styles import PLAIN

SHEET_NAME = "_lines"
WIDTH = 12.0
NOTHING = "line.nothing"
"""The cell in which nothing stands."""


def with_gaps(book: Book) -> Book:
    """The same book, with its lines of computed figures broken where these are missing."""
    drawing = _Drawing(book)
    sheets = tuple(
        replace(sheet, blocks=tuple(map(drawing.block, sheet.blocks))) for sheet in book.sheets
    )
    if not drawing.rows:
        return book
    return replace(book, sheets=(*sheets, drawing.sheet()))


class _Drawing:
    """The figures that lines are drawn from, a row each."""

    def __init__(self, book: Book) -> None:
        self.computed = book.model.keys()
        self.rows: dict[tuple[str, ...], tuple[Plotted, ...]] = {}

    def block(self, block: Block) -> Block:
        """The same block, its lines drawn from other cells."""
        return replace(block, charts=tuple(map(self.chart, block.charts)))

    def chart(self, chart: Chart) -> Chart:
        """Of columns a missing one is none anyway."""
        match chart:
            case Lines(series=series):
                drawn = tuple(map(self.series, series))
                more = () if drawn == series else (Series("", (NOTHING,)),)
                return replace(chart, series=(*drawn, *more))
            case ColumnsAndLine(series=(columns, line)):
                return replace(chart, series=(columns, self.series(line)))
            case _:
                return chart

    def series(self, series: Series) -> Series:
        """Entries that are missing are empty cells, which break a line by themselves."""
        if not self.computed & set(series.keys):
            return series
        number = len(self.rows)
        row = self.rows.setdefault(
            series.keys, tuple(Plotted(of, f"line.{number}.{of}") for of in series.keys)
        )
        return replace(series, keys=tuple(cell.key for cell in row))

    def sheet(self) -> Sheet:
        """The figures, out of sight."""
        blocks = tuple(
            Block(tuple(Cell(0, col, cell, PLAIN) for col, cell in enumerate(row)), 1)
            for row in self.rows.values()
        )
        width = max(map(len, self.rows))
        nothing = Block((Cell(0, 0, Fixed(None, NOTHING), PLAIN),), 1)
        return Sheet(SHEET_NAME, (WIDTH,) * width, (*blocks, nothing), visibility="very_hidden")
