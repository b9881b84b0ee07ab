"""Calls of a book's own functions (LAMBDAs under a name), which only Excel 365 computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Call:
    """A function called over cells, with what it gives; several values spill downwards."""

    function: str
    arguments: tuple[str | tuple[str, str], ...]
    """Keys of cells, or the first and the last key of a range."""
    values: tuple[Decimal | str | bool | None, ...]

    def text(self, places: Mapping[str, str]) -> str:
        """The formula."""
        ranges = (keys if isinstance(keys, tuple) else (keys,) for keys in self.arguments)
        return f"={self.function}({','.join(':'.join(places[k] for k in keys) for keys in ranges)})"

    def area(self, row: int, col: int) -> tuple[int, int, int, int]:
        """The cells that the values take up, from the cell of the formula on."""
        return row, col, row + len(self.values) - 1, col
