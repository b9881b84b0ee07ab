"""Which cells a text, a UNO address or a list of areas means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tests.workbench.addresses import MAX_COLUMN, MAX_ROW, Area, column_letters, column_number
from tests.workbench.unobridge import uno_class

_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?(\d{1,7}):\$?(\d{1,7})")
_PLAIN = re.compile(r"[^\W\d][\w.]*")

WHOLE_SHEET = Area(1, 1, MAX_ROW, MAX_COLUMN)


def area_of(text: str) -> Area:
    """Read `B2`, `A1:C3`, `A:C` or `2:4`; raise `ValueError` for anything else."""
    if found := _COLUMNS.fullmatch(text):
        return Area(1, column_number(found[1]), MAX_ROW, column_number(found[2]))
    if found := _ROWS.fullmatch(text):
        return Area(int(found[1]), 1, int(found[2]), MAX_COLUMN)
    return Area.parse(text)


def area_at(address: Any) -> Area:
    """The area of a UNO CellRangeAddress, which counts from 0."""
    start = address.StartRow + 1, address.StartColumn + 1
    return Area(*start, address.EndRow + 1, address.EndColumn + 1)


def areas_in(cells: Any) -> list[Area]:
    """The areas of a UNO range or of several; none for anything else, a shape or None."""
    if hasattr(cells, "RangeAddresses"):
        return list(map(area_at, cells.RangeAddresses))
    return [area_at(cells.RangeAddress)] if hasattr(cells, "RangeAddress") else []


def cells_of(sheet: Any, area: Area) -> Any:
    """The UNO range of an area."""
    return sheet.getCellRangeByPosition(
        area.left - 1, area.top - 1, area.right - 1, area.bottom - 1
    )


def united(component: Any, sheet: Any, areas: Iterable[Area]) -> Any:
    """The UNO object that holds several areas as one."""
    several = component.createInstance("com.sun.star.sheet.SheetCellRanges")
    for area in areas:
        several.addRangeAddress(cells_of(sheet, area).RangeAddress, False)
    return several


def bounding(first: Area, second: Area) -> Area:
    """The smallest area that holds both."""
    top, left = min(first.top, second.top), min(first.left, second.left)
    return Area(top, left, max(first.bottom, second.bottom), max(first.right, second.right))


def apart(areas: Iterable[Area]) -> list[Area]:
    """Areas that hold the same cells, each cell once, from top to bottom."""
    found: list[Area] = []
    for area in areas:
        pieces = [area]
        for other in found:
            pieces = [piece for each in pieces for piece in _without(each, other)]
        found += pieces
    return sorted(found)


def _without(area: Area, other: Area) -> list[Area]:
    if not area.overlaps(other):
        return [area]
    top, bottom = max(area.top, other.top), min(area.bottom, other.bottom)
    around = [
        Area(area.top, area.left, top - 1, area.right),
        Area(top, area.left, bottom, other.left - 1),
        Area(top, other.right + 1, bottom, area.right),
        Area(bottom + 1, area.left, area.bottom, area.right),
    ]
    return [piece for piece in around if piece.height > 0 and piece.width > 0]


def written(area: Area, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """An area as Excel writes it: `$A$1:$B$2`, `$A:$B` for whole columns, `$1:$2` for rows."""
    row, column = "$" if row_absolute else "", "$" if column_absolute else ""
    first = f"{column}{column_letters(area.left)}", f"{row}{area.top}"
    last = f"{column}{column_letters(area.right)}", f"{row}{area.bottom}"
    if area.width == MAX_COLUMN:
        return f"{first[1]}:{last[1]}"
    if area.height == MAX_ROW:
        return f"{first[0]}:{last[0]}"
    start, end = "".join(first), "".join(last)
    return start if start == end else f"{start}:{end}"


def quoted(name: str, *parts: str) -> str:
    """The name of a sheet before an exclamation mark; `parts` also decide about the quotes."""
    if all(map(_PLAIN.fullmatch, parts or (name,))):
        return name
    return "'" + name.replace("'", "''") + "'"


def rgb(color: int) -> tuple[int, int, int]:
    """The three parts of a colour, which Calc holds red first."""
    return color >> 16 & 255, color >> 8 & 255, color & 255


def same(first: str, second: str) -> bool:
    """Excel's names of books, sheets and ranges ignore case."""
    return first.casefold() == second.casefold()


def struct(name: str, **fields: object) -> Any:
    """A filled-in UNO struct."""
    return uno_class(name)(**fields)
