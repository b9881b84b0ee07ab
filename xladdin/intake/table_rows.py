"""The lines of a table: one by one, each cell with its place, or all of them by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

from xladdin.problems import Place

from .coded_rows import ODD, CodedRows, Column
from .grids import Grid, cell_at
from .headers import Headers
from .text import clean, key_text, written_text


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    grid: Grid
    head: Headers
    index: int

    @property
    def place(self) -> Place:
        """The line itself."""
        return self.grid.place(self.index, self.head.first_column)

    def cell(self, name: str) -> tuple[object, Place]:
        """The raw cell of a field and where it stands; None where there is no such column."""
        if name not in self.head.columns:
            return None, self.place
        column = self.head.columns[name][0]
        place = self.grid.place(self.index, column, self.head.labels[column])
        return cell_at(self.grid.rows[self.index], column), place

    def raw(self, name: str) -> object:
        """The raw cell of a field; None where there is no such column."""
        found = self.head.columns.get(name)
        return cell_at(self.grid.rows[self.index], found[0]) if found else None

    def where(self, name: str) -> Place:
        return self.cell(name)[1]

    def text(self, name: str) -> str:
        """The cell as one line of text."""
        return clean(written_text(self.raw(name)))

    def key(self, name: str) -> str:
        """The cell as an id or name to look up by."""
        return key_text(self.raw(name))


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one sheet, or of one text file."""

    grid: Grid
    head: Headers
    coded: CodedRows
    """The cells of the grid by column."""
    numbers: Sequence[int]
    """The rows that are lines of the table."""

    def row(self, at: int) -> Row:
        """A line by its number among them."""
        return Row(self.grid, self.head, self.numbers[at])

    def column(self, name: str) -> Column | None:
        """The column of a field; None where there is none."""
        found = self.head.columns.get(name)
        return self.coded.column(found[0]) if found else None

    def codes(self, column: Column) -> Iterator[int]:
        """The numbers of a column's cells, line by line."""
        return map(column.codes.__getitem__, self.numbers)


class Rows(Sequence[Row]):
    """The lines of all sheets of a table."""

    def __init__(self, parts: Sequence[Lines] = ()) -> None:
        self.parts = tuple(parts)

    def __len__(self) -> int:
        return sum(len(part.numbers) for part in self.parts)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        left = range(len(self))[at]
        for part in self.parts:
            if left < len(part.numbers):
                return part.row(left)
            left -= len(part.numbers)
        raise IndexError(at)

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(map(part.row, range(len(part.numbers))) for part in self.parts)

    def differing(self, name: str) -> Iterator[Row]:
        """Of the lines that say the same in a field the first; there may be several for a text that
        is written in several ways."""
        for part in self.parts:
            yield from map(part.row, _firsts(part, name))


def _firsts(part: Lines, name: str) -> Iterator[int]:
    column = part.column(name)
    if column is None:
        return iter(range(len(part.numbers)))
    seen: set[int] = set()
    found = []
    for at, code in enumerate(part.codes(column)):
        if code not in seen:
            found.append(at)
            if code != ODD:
                seen.add(code)
    return iter(found)
