"""Cells and areas by number, from 1; what a workbook writes as A1, A1:C3 and '表'!$A$1."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from string import ascii_uppercase

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ON_A_SHEET = re.compile(r"(?:'((?:[^'\[\]]|'')+)'|([^\s'!\[\]:,()]+))!([$A-Za-z0-9:]+)")


@lru_cache(maxsize=MOST_COLUMNS)
def letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@lru_cache(maxsize=MOST_COLUMNS)
def number(text: str) -> int:
    """A -> 1, AA -> 27."""
    value = 0
    for letter in text.upper():
        value = value * 26 + ord(letter) - ord("A") + 1
    return value


def address(row: int, column: int) -> str:
    """1, 2 -> B1."""
    return f"{letters(column)}{row}"


def row_digits(cell: str) -> str:
    """B12 -> 12."""
    return cell.lstrip(ascii_uppercase)


def absolute(row: int, column: int) -> str:
    """1, 2 -> $B$1."""
    return f"${letters(column)}${row}"


def quoted_sheet(name: str) -> str:
    """A sheet's name as formulas quote it."""
    return "'" + name.replace("'", "''") + "'"


def position(text: str) -> tuple[int, int]:
    """B1 -> row 1, column 2; ValueError for what is no cell of a sheet."""
    found = _CELL.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    row, column = int(found[2]), number(found[1])
    if not (1 <= row <= MOST_ROWS and column <= MOST_COLUMNS):
        raise ValueError(text)
    return row, column


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, all bounds inside."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Area:
        """Read A1 or A1:C3; ValueError for anything else (whole columns, names)."""
        first, _, last = text.partition(":")
        top, left = position(first)
        bottom, right = position(last or first)
        return cls(top, left, bottom, right)

    def __str__(self) -> str:
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def absolute(self) -> str:
        """With dollar signs, as names hold it."""
        first, last = absolute(self.top, self.left), absolute(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def overlaps(self, other: Area) -> bool:
        apart = self.right < other.left or other.right < self.left
        return not (apart or self.bottom < other.top or other.bottom < self.top)

    def down_to(self, bottom: int) -> Area:
        return replace(self, bottom=bottom)

    def with_cell(self, row: int, column: int) -> Area:
        return Area(
            min(self.top, row),
            min(self.left, column),
            max(self.bottom, row),
            max(self.right, column),
        )


@dataclass(frozen=True, slots=True)
class SheetArea:
    """An area with the sheet on which it lies: what a defined name stands for."""

    sheet: str
    area: Area

    @classmethod
    def parse(cls, text: str) -> SheetArea:
        """Read 表!$A$1 or 'a sheet'!A1:C3, with or without an equals sign.

        ValueError for anything else: several areas, whole columns, formulas, other workbooks.
        """
        found = _ON_A_SHEET.fullmatch(text.strip().removeprefix("="))
        if not found:
            raise ValueError(text)
        quoted, plain, area = found.groups()
        try:
            return cls(quoted.replace("''", "'") if quoted else plain, Area.parse(area))
        except ValueError as error:
            raise ValueError(text) from error

    def __str__(self) -> str:
        return f"{quoted_sheet(self.sheet)}!{self.area.absolute}"
