"""Rows of cells by column, in which each different cell is held once and known by its number.

A table of figures repeats itself: months, people, indicators, targets.  What is asked of a cell by
itself is asked of each different one, and a million lines take four bytes for each of their cells.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import islice
from typing import overload

from .grids import Cells

ODD, NONE = 0, 1
"""Numbers of what stands in a row of another width than the others, and beyond their end."""
AT_ONCE = 4096
"""Rows that are taken together."""
_TYPECODE = "I"


class _Numbers(dict[object, int]):
    """Cell -> its number, in the order in which they come."""

    def __init__(self, values: list[object]) -> None:
        super().__init__()
        self.values_: list[object] = values

    def __missing__(self, key: object) -> int:
        number = self[key] = len(self.values_)
        self.values_.append(key[-1] if type(key) is tuple else key)
        return number


def _key(cell: object) -> object:
    """What a cell is known by: 1, 1.0 and TRUE are one number, but not one cell."""
    kind = type(cell)
    if kind is str:
        return cell
    if kind is float and cell:
        return kind, cell
    # -0.0 is 0.0, and a number may be shown in several ways (``seen_numbers``).
    return kind, getattr(cell, "text", "") or (repr(cell) if cell == 0 else ""), cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the number of each row's cell, and the cells by number.

    Where the number is ``ODD`` the cell is found in its row.
    """

    codes: Sequence[int]
    values: Sequence[object]

    def where(self, holds: Callable[[object], bool]) -> set[int]:
        """The numbers of the cells of which something is true; nothing is asked of ``ODD`` ones."""
        return {n for n, cell in enumerate(self.values) if n > ODD and holds(cell)}

    def rows(self, numbers: set[int]) -> Iterator[int]:
        """The rows in which one of these cells stands."""
        return (row for row, code in enumerate(self.codes) if code in numbers)


class CodedRows(Sequence[Cells]):
    """Rows to be read by column, or one by one like any others."""

    def __init__(self, rows: Sequence[Cells] = ()) -> None:
        self._width: int | None = None
        self._values: list[list[object]] = []
        self._numbers: list[_Numbers] = []
        self._codes: list[array[int]] = []
        self._odd: dict[int, Cells] = {}
        self._count = 0
        self._last: tuple[int, Cells] = (-1, [])
        found = iter(rows)
        while some := list(islice(found, AT_ONCE)):
            self.take(some)

    @property
    def odd(self) -> Sequence[int]:
        """The rows of another width than most."""
        return [*self._odd]

    @property
    def width(self) -> int:
        """Of most rows."""
        return self._width or 0

    @property
    def different(self) -> int:
        """How many different cells there are, each column by itself."""
        return sum(map(len, self._values))

    def take(self, rows: Sequence[Cells]) -> None:
        """Add rows, many at once; the first of them decide on the width."""
        widths = Counter(map(len, rows))
        if self._width is None:
            self._begin(widths.most_common(1)[0][0])
        if len(widths) > 1 or self._width not in widths:
            rows = [self._fitting(row, at) for at, row in enumerate(rows, start=self._count)]
        self._count += len(rows)
        for number, cells in enumerate(zip(*rows, strict=True)):
            plain = set(map(type, cells)) == {str}
            keys = cells if plain else map(_key, cells)
            self._codes[number].extend(map(self._numbers[number].__getitem__, keys))

    def _begin(self, width: int) -> None:
        self._width = width
        # The first two numbers are nobody's: what stands there is told from the number.
        self._values = [[None, None] for _ in range(width)]
        self._numbers = [_Numbers(values) for values in self._values]
        self._codes = [array(_TYPECODE) for _ in range(width)]
        for numbers in self._numbers:
            numbers[_key(_ABSENT)] = ODD

    def _fitting(self, row: Cells, at: int) -> Cells:
        if len(row) == self._width:
            return row
        self._odd[at] = row
        return [_ABSENT] * (self._width or 0)

    def done(self) -> CodedRows:
        """Let go of what only new rows are looked up in."""
        for numbers in self._numbers:
            numbers.clear()
        return self

    def column(self, column: int) -> Column:
        """A column of all rows; there may be none that reach so far."""
        if column < len(self._codes):
            return Column(self._codes[column], self._values[column])
        codes = array(_TYPECODE, [NONE]) * self._count
        for row in self._odd:
            codes[row] = ODD
        return Column(codes, (None, None))

    @property
    def columns(self) -> Iterator[Column]:
        """Those that most rows have."""
        return map(self.column, range(len(self._codes)))

    def replaced(self, by: Callable[[object], object]) -> CodedRows:
        """The same rows with every cell replaced; each different one is asked about once."""
        found = copy(self)
        found._values = [[by(cell) for cell in values] for values in self._values]
        found._odd = {row: [by(cell) for cell in cells] for row, cells in self._odd.items()}
        found._last = (-1, [])
        return found

    def lists(self) -> list[Cells]:
        """All rows, for whoever looks at them in no order."""
        cells = (
            map(values.__getitem__, codes)
            for values, codes in zip(self._values, self._codes, strict=True)
        )
        found = [*map(list, zip(*cells, strict=True))] if self._codes else [[]] * self._count
        for row, own in self._odd.items():
            found[row] = own
        return found

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Cells: ...
    @overload
    def __getitem__(self, at: slice) -> list[Cells]: ...
    def __getitem__(self, at: int | slice) -> Cells | list[Cells]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(self._count))]
        row = range(self._count)[at]
        if self._last[0] != row:
            # A row's cells are mostly asked for one after the other.
            self._last = (row, self._odd[row] if row in self._odd else self._cells(row))
        return self._last[1]

    def _cells(self, row: int) -> Cells:
        pairs = zip(self._values, self._codes, strict=True)
        return [values[codes[row]] for values, codes in pairs]


class _Absent:
    """What stands for the cells of a row that is kept by itself."""


_ABSENT = _Absent()


def coded(rows: Sequence[Cells]) -> CodedRows:
    """The same rows, to be read by column."""
    return rows if isinstance(rows, CodedRows) else CodedRows(rows).done()
