"""How large the figures of a sheet come out on paper."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.layout.cells import Asked, Book, Orientation, Result, Sheet
from xladdin.layout.measure import column_points
from xladdin.layout.pages import A4, MARGINS, POINTS_PER_INCH

SMALLEST = 8.0


def figures_too_small(book: Book) -> Iterator[str]:
    """Sheets on A4 whose figures are smaller than can be read once their width fits the page."""
    for sheet in book.sheets:
        if sheet.visibility == "visible" and not sheet.paper.large:
            points = _size(sheet) * _scale(sheet)
            if points < SMALLEST:
                yield f"{sheet.name}: {points:.2f}"


def _scale(sheet: Sheet) -> float:
    columns = sheet.table.columns if sheet.table else ()
    hidden = {i for i, column in enumerate(columns) if column.hidden}
    shown = (width for i, width in enumerate(sheet.widths) if i not in hidden)
    long = sheet.paper.orientation is Orientation.LANDSCAPE
    room = (A4[1 if long else 0] - MARGINS["left"] - MARGINS["right"]) * POINTS_PER_INCH
    return min(1.0, room / sum(map(column_points, shown)))


def _size(sheet: Sheet) -> int:
    cells = [c.style.size for c in sheet.cells if isinstance(c.content, Asked | Result)]
    columns = sheet.table.columns if sheet.table else ()
    return min((*cells, *(c.style.size for c in columns if not c.hidden)), default=9)
