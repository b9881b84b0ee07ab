"""What of a sheet is in sight when it opens: zoom, where the cursor stands, what is scrolled away.

Measured for the smallest screen that clerks have, 1366 by 768, with Excel's ribbon, heads and tabs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .cells import Asked, Cell, Given, Sheet
from .measure import CELL_PADDING, CHARACTER_PIXELS, LEAST_ROW, PIXELS_PER_POINT

GRID = (1316, 468)
"""Pixels of cells in sight, across and down, at a zoom of 100."""
LEAST_ZOOM, MOST_ZOOM = 70, 100
"""Below that nobody reads; above it nothing is won."""
AFTER = 2
"""Rows below the cursor that are to be in sight, too."""


@dataclass(frozen=True, slots=True)
class View:
    """How a sheet opens."""

    zoom: int
    """Percent."""
    cursor: Cell | None
    """The cell that is to be filled in first; None where nothing is."""
    top: int
    """The first row that is seen below the frozen ones."""
    whole: bool
    """Whether all rows are in sight: then nothing has to be frozen."""


def view_of(sheet: Sheet, heights: Mapping[int, float], empty: Callable[[Cell], bool]) -> View:
    """How a sheet whose rows are so high (points) opens; ``empty`` says what still lacks."""
    zoom = zoom_of(sheet)
    room = GRID[1] / PIXELS_PER_POINT * 100 / zoom
    frozen = sheet.freeze[0] if sheet.freeze else 0

    def above(row: int) -> float:
        return sum(heights.get(each, LEAST_ROW) for each in range(row))

    def below(cell: Cell) -> float:
        return above(min(cell.row + cell.rows + AFTER, sheet.last_row + 1))

    slots = [cell for cell in sheet.cells if is_open(cell)]
    first = next((cell for cell in slots if empty(cell)), None)
    if first is None or (not frozen and below(first) > room):
        # What is a draft is read from its beginning.
        first = slots[0] if slots else None
    top = frozen
    if first is not None and frozen:
        while top < first.row and below(first) - (above(top) - above(frozen)) > room:
            top += 1
    return View(zoom, first, top, above(sheet.last_row + 1) <= room)


def zoom_of(sheet: Sheet) -> int:
    """The zoom that shows the whole width, in percent; the usual one where none does."""
    pixels = sum(
        width * CHARACTER_PIXELS + CELL_PADDING
        for col, width in enumerate(sheet.widths)
        if sheet.table is None or not sheet.table.columns[col].hidden
    )
    fitting = int(100 * GRID[0] / max(pixels, 1))
    return MOST_ZOOM if fitting < LEAST_ZOOM else min(MOST_ZOOM, fitting)


def is_open(cell: Cell) -> bool:
    """Whether people fill something in there."""
    match cell.content:
        case Asked() | Given(open=True):
            return not cell.style.locked
        case _:
            return False
