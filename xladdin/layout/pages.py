"""How a sheet falls on A4 pages.

A sheet that nearly fits is made to fit one page.  A longer one is fitted to one page wide, so that
no column is ever cut, and broken between blocks where a page is estimated to be full.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .cells import Orientation, Sheet
from .measure import column_points

POINTS_PER_INCH = 72
A4 = (8.27, 11.69)
MARGINS = {"left": 0.25, "right": 0.25, "top": 0.28, "bottom": 0.44}
"""Page margins, in inches."""
SQUEEZE = 1.35
"""A sheet up to so many pages long is rather made smaller than broken."""
SAFETY = 0.96
"""Printers and fonts differ a little from the estimate."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Either fit to one page, or fit to one page wide with breaks before these rows."""

    one_page: bool
    breaks: tuple[int, ...] = ()


def plan(sheet: Sheet, heights: Mapping[int, float]) -> Plan:
    """The page plan of a sheet whose rows are so high (points)."""
    width, height = _printable(sheet.paper.orientation)
    heights = {row: points for row, points in heights.items() if row >= sheet.screen_rows}
    printed = sheet.widths[: len(sheet.widths) - sheet.screen_cols]
    scale = min(1.0, width / sum(map(column_points, printed)))
    # A sheet that grows is not squeezed into one page: it flows over as many as it needs.
    squeezed = sheet.paper.squeeze and not sheet.growing
    if squeezed and sum(heights.values()) * scale <= height * SQUEEZE:
        return Plan(one_page=True)
    room = SAFETY * height / scale
    return Plan(False, _breaks(sheet, heights, room))


def _printable(orientation: Orientation) -> tuple[float, float]:
    short, long = A4
    wide, high = (short, long) if orientation is Orientation.PORTRAIT else (long, short)
    return (
        (wide - MARGINS["left"] - MARGINS["right"]) * POINTS_PER_INCH,
        (high - MARGINS["top"] - MARGINS["bottom"]) * POINTS_PER_INCH,
    )


def _breaks(sheet: Sheet, heights: Mapping[int, float], room: float) -> tuple[int, ...]:
    """The rows before which a page is broken: between blocks, never inside one that fits."""
    repeated = 0.0
    if sheet.paper.repeat is not None:
        first, last = sheet.paper.repeat
        repeated = sum(heights.get(row, 0) for row in range(first, last + 1))
    found, used, row = [], 0.0, 0
    for block in sheet.blocks:
        needed = sum(heights.get(at, 0) for at in range(row, row + block.height))
        if used and used + needed > room:
            found.append(row)
            used = repeated
        used += needed
        row += block.height
    return tuple(found)
