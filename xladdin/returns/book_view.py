"""A workbook that came back, as cells that know what was typed, computed, hidden and locked.

An .xlsx is read cell by cell; of other kinds (.xls, .csv) there are only values, and that is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from xladdin.intake.epochs import OFFSET_1904
from xladdin.intake.grids import Grid
from xladdin.intake.seen_numbers import as_seen
from xladdin.intake.text import is_blank
from xladdin.layout.place import key_of
from xladdin.ooxml.addresses import Area, address
from xladdin.ooxml.book_cells import BookCells
from xladdin.ooxml.cell_styles import NO_STYLE, CellStyle
from xladdin.ooxml.number_formats import parsed
from xladdin.ooxml.sheet_cells import ErrorValue, SheetCells
from xladdin.problems import Place

Spot = tuple[int, int]
"""Row and column, from 1."""
_EPOCH = dt.datetime(1899, 12, 30)
_LAST_SERIAL = 2_958_465
_MOST_MERGED = 4_000
"""Merged areas that are looked at; our forms have a hundred."""


@dataclass(frozen=True, slots=True)
class ViewCell:
    """A cell that holds something."""

    spot: Spot
    value: object
    """As a person sees it: ``as_seen``; an error value as its text."""
    plain: object
    """As the file holds it."""
    formula: str = ""
    style: CellStyle = NO_STYLE

    @property
    def address(self) -> str:
        return address(*self.spot)

    @property
    def blank(self) -> bool:
        """Whether a reader sees nothing in it."""
        return is_blank(self.value)


@dataclass(frozen=True)
class ViewSheet:
    """One sheet."""

    file: str
    name: str
    visible: bool
    cells: Mapping[Spot, ViewCell]
    merged: tuple[Area, ...] = ()
    own: SheetCells | None = None
    """With what only an .xlsx tells: locks, drop-downs, what is hidden."""
    date1904: bool = False

    def at(self, spot: Spot) -> ViewCell:
        """A cell; an empty one where nothing stands."""
        found = self.cells.get(spot)
        if found is not None:
            return found
        style = self.own.at(*spot).style if self.own is not None else NO_STYLE
        return ViewCell(spot, None, None, style=style)

    def place(self, spot: Spot) -> Place:
        if not self.name:
            return Place(self.file, line=spot[0])
        return Place(self.file, sheet=self.name, cell=address(*spot))

    @property
    def whole(self) -> Place:
        return Place(self.file, sheet=self.name)

    @cached_property
    def grid(self) -> Grid:
        """The same as rows, for readers of tables."""
        height = max((row for row, _ in self.cells), default=0)
        rows: list[list[object]] = [[] for _ in range(height)]
        for (row, column), cell in self.cells.items():
            cells = rows[row - 1]
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = cell.value
        return Grid(self.file, rows, self.name, hidden=not self.visible, date1904=self.date1904)


@dataclass(frozen=True)
class BookView:
    """The sheets of a file that came back."""

    file: str
    sheets: tuple[ViewSheet, ...]
    names: Mapping[str, tuple[str, Spot]] = field(default_factory=dict)
    """Key -> sheet and first cell, of our names that hold in the whole workbook."""
    local: Mapping[str, Mapping[str, Spot]] = field(default_factory=dict)
    """Sheet -> key -> first cell, of our names that hold on one sheet alone."""
    lost: frozenset[str] = frozenset()
    """Keys whose names lead nowhere any more."""
    cells_known: bool = True
    """Whether formulas, names and locks could be read, too."""

    def sheet(self, name: str) -> ViewSheet | None:
        found = (each for each in self.sheets if each.name.casefold() == name.casefold())
        return next(found, None)


def view_of(file: str, book: BookCells) -> BookView:
    """An .xlsx.  Raises RefusedError for what is damaged or too large."""
    sheets = []
    for part in book.sheets:
        cells = book.sheet(part.name)
        if cells is not None:
            sheets.append(_sheet(file, part.name, part.visible, cells, date1904=book.date1904))
    names: dict[str, tuple[str, Spot]] = {}
    local: dict[str, dict[str, Spot]] = {}
    lost = set()
    for name in book.names:
        key = key_of(name.name)
        if key is None:
            continue
        area = name.area
        if area is None:
            if name.sheet is None:
                lost.add(key)
        elif name.sheet is None:
            names[key] = (area.sheet, (area.area.top, area.area.left))
        else:
            local.setdefault(area.sheet, {})[key] = (area.area.top, area.area.left)
    return BookView(file, tuple(sheets), names, local, frozenset(lost))


def _sheet(file: str, name: str, visible: bool, cells: SheetCells, *, date1904: bool) -> ViewSheet:
    found = {}
    for cell in cells:
        value = cell.value.code if isinstance(cell.value, ErrorValue) else cell.value
        spot = (cell.row, cell.column)
        seen = seen_value(value, cell.style, date1904=date1904)
        found[spot] = ViewCell(spot, seen, value, cell.formula, cell.style)
    return ViewSheet(file, name, visible, found, cells.merged[:_MOST_MERGED], cells, date1904)


def seen_value(value: object, style: CellStyle, *, date1904: bool) -> object:
    """A number as its format shows it: 95%, 3次, a day."""
    if not isinstance(value, float):
        return value
    if style.shows_date:
        serial = value + (OFFSET_1904 if date1904 else 0)
        if 0 <= serial <= _LAST_SERIAL:
            return _EPOCH + dt.timedelta(days=serial)
    # Minus nothing equals nothing, and is written otherwise.
    return _as_seen(value, style.number_format) if value else _seen_anew(value, style.number_format)


def _seen_anew(value: float, format_: str) -> object:
    return as_seen(value, parsed(format_))


_as_seen = lru_cache(maxsize=20_000)(_seen_anew)
"""The same figures stand in many forms."""


def view_of_grids(file: str, grids: Iterable[Grid]) -> BookView:
    """Another kind of file: values alone."""
    return BookView(file, tuple(map(_of_grid, grids)), cells_known=False)


def _of_grid(grid: Grid) -> ViewSheet:
    """What was merged downwards is filled in every row of a grid; here only its first cell counts."""
    covered = {
        (row + 1, left + 1) for top, left, last in grid.merged for row in range(top + 1, last + 1)
    }
    cells = {
        spot: ViewCell(spot, value, value)
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values)
        if value not in (None, "") and (spot := (row + 1, column + 1)) not in covered
    }
    return ViewSheet(grid.file, grid.sheet, not grid.hidden, cells, date1904=grid.date1904)
