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


class Formats:
    """The number formats of one open workbook.

    Each question to Calc takes its time, and what a number means never changes while the workbook is
    open: it is asked for once.
    """

    def __init__(self, component: Any) -> None:
        self._formats = component.NumberFormats
        self._keys: dict[str, int] = {}
        self._codes: dict[int, str] = {}
        self._types: dict[int, int] = {}

    def key_of(self, code: str) -> int:
        """Calc's number for a format."""
        if code not in self._keys:
            self._keys[code] = self._key_of(code)
        return self._keys[code]

    def _key_of(self, code: str) -> int:
        if code == GENERAL:
            # The office's own, as a file's cells have it: the English one is another to it.
            standard: int = self._formats.getStandardIndex(uno_class("com.sun.star.lang.Locale")())
            return standard
        key: int = self._formats.queryKey(code, english(), False)
        return key if key >= 0 else self._formats.addNew(code, english())

    def code_of(self, key: int) -> str:
        """A format as Excel writes it: in English, the letters of dates small."""
        if key not in self._codes:
            self._codes[key] = self._code_of(key)
        return self._codes[key]

    def _code_of(self, key: int) -> str:
        found = self._formats.getByKey(key)
        if found.Locale.Language != "en":
            key = self._formats.addNewConverted(found.FormatString, found.Locale, english())
        code: str = self._formats.getByKey(key).FormatString
        if not found.Type & (DATE | TIME):
            return code
        parts = _QUOTED.split(code)
        return "".join(part if index % 2 else part.lower() for index, part in enumerate(parts))

    def kinds(self, keys: dict[Place, int]) -> dict[Place, int]:
        """Which cells have the format of a date, a time, a text or a boolean."""
        telling = {place: self._kind(key) for place, key in keys.items()}
        return {place: kind for place, kind in telling.items() if kind}

    def _kind(self, key: int) -> int:
        if key not in self._types:
            self._types[key] = self._formats.getByKey(key).Type & _TELLING
        return self._types[key]


def keys_in(cells: Any, *, one: bool) -> set[int]:
    """Calc's numbers for all formats in a range; of a single cell that is asked for at once."""
    return {cells.NumberFormat} if one else {key for key, _ in _groups(cells)}


def keys_of(cells: Any, *, one: bool) -> dict[Place, int]:
    """Calc's number for the format of each cell, by its place in the range."""
    if one:
        return {(0, 0): cells.NumberFormat}
    start, found = cells.RangeAddress, {}
    for key, areas in _groups(cells):
        for area in areas:
            found.update(dict.fromkeys(_places(area, start), key))
    return found


def _groups(cells: Any) -> Iterator[tuple[int, Any]]:
    # Cells that differ in something else are in groups of their own.
    groups = cells.getUniqueCellFormatRanges()
    for group in map(groups.getByIndex, range(groups.Count)):
        yield group.NumberFormat, group.RangeAddresses


def _places(area: Any, start: Any) -> Iterator[Place]:
    for row in range(area.StartRow, area.EndRow + 1):
        for column in range(area.StartColumn, area.EndColumn + 1):
            yield row - start.StartRow, column - start.StartColumn
