"""A1 addresses and rectangular areas. Rows and columns count from 1, as in the file format."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")


class BadReference(ValueError):
    """The text is not an A1 reference inside the sheet."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not a cell or area of a sheet")


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA; letters only."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the A1 address of a cell."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, order=True)
class Area:
    """A rectangle of cells; all four bounds are inside it."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Area:
        """Read `B2` or `A1:C3`, dollars allowed; raise `BadReference` otherwise."""
        match = _REFERENCE.fullmatch(text)
        if match is None:
            raise BadReference(text)
        left, top, right, bottom = match.groups()
        area = cls(int(top), column_number(left), int(bottom or top), column_number(right or left))
        if not area._inside_sheet():
            raise BadReference(text)
        return area

    def _inside_sheet(self) -> bool:
        rows = 1 <= self.top <= self.bottom <= MAX_ROW
        return rows and self.left <= self.right <= MAX_COLUMN

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.bottom - self.top + 1

    def overlaps(self, other: Area) -> bool:
        """Tell whether the two areas share a cell."""
        apart = self.right < other.left or other.right < self.left
        return not (apart or self.bottom < other.top or other.bottom < self.top)

    def __str__(self) -> str:
        start = address(self.top, self.left)
        end = address(self.bottom, self.right)
        return start if start == end else f"{start}:{end}"


def parse_areas(text: str) -> list[Area]:
    """Read a space-separated list of references, as `sqref` holds it."""
    return [Area.parse(part) for part in text.split()]
