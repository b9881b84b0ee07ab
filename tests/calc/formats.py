"""Number formats: Excel's codes, and what they tell of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.workbench.unobridge import uno_class

# com.sun.star.util.NumberFormat
DATE, TIME, TEXT, LOGICAL = 2, 4, 256, 1024
_TELLING = DATE | TIME | TEXT | LOGICAL
GENERAL = "General"
_QUOTED = re.compile(r'("[^"]*"|\\.)')

Place = tuple[int, int]


def english() -> Any:
    return uno_class("com.sun.star.lang.Locale")("en", "US", "")


def key_of(component: Any, code: str) -> int:
    """Calc's number for a format."""
    formats = component.NumberFormats
    if code == GENERAL:
        # The office's own, as a file's cells have it: the English one is another to it.
        standard: int = formats.getStandardIndex(uno_class("com.sun.star.lang.Locale")())
        return standard
    key: int = formats.queryKey(code, english(), False)
    return key if key >= 0 else formats.addNew(code, english())


def code_of(component: Any, key: int) -> str:
    """A format as Excel writes it: in English, the letters of dates small."""
    formats = component.NumberFormats
    found = formats.getByKey(key)
    if found.Locale.Language != "en":
        key = formats.addNewConverted(found.FormatString, found.Locale, english())
    code: str = formats.getByKey(key).FormatString
    if not found.Type & (DATE | TIME):
        return code
    parts = _QUOTED.split(code)
    return "".join(part if index % 2 else part.lower() for index, part in enumerate(parts))


def keys_in(cells: Any) -> set[int]:
    """Calc's numbers for all formats in a range."""
    return {key for key, _ in _groups(cells)}


def keys_of(cells: Any) -> dict[Place, int]:
    """Calc's number for the format of each cell, by its place in the range."""
    start, found = cells.RangeAddress, {}
    for key, areas in _groups(cells):
        for area in areas:
            found.update(dict.fromkeys(_places(area, start), key))
    return found


def kinds(component: Any, keys: dict[Place, int]) -> dict[Place, int]:
    """Which cells have the format of a date, a time, a text or a boolean."""
    types = {key: component.NumberFormats.getByKey(key).Type for key in set(keys.values())}
    telling = {place: types[key] & _TELLING for place, key in keys.items()}
    return {place: kind for place, kind in telling.items() if kind}


def _groups(cells: Any) -> Iterator[tuple[int, Any]]:
    # Cells that differ in something else are in groups of their own.
    groups = cells.getUniqueCellFormatRanges()
    for group in map(groups.getByIndex, range(groups.Count)):
        yield group.NumberFormat, group.RangeAddresses


def _places(area: Any, start: Any) -> Iterator[Place]:
    for row in range(area.StartRow, area.EndRow + 1):
        for column in range(area.StartColumn, area.EndColumn + 1):
            yield row - start.StartRow, column - start.StartColumn
