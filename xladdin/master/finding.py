"""Which sheet of a workbook is which: by its head row, whatever it is called and wherever it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from xladdin.intake.coded_rows import coded
from xladdin.intake.grids import Grid
from xladdin.intake.headers import Headers, HeadRows, find_headers
from xladdin.intake.tables import SUMMARY_ROWS, rows_of
from xladdin.problems import Place

from .all_sheets import SHEETS
from .cell_kinds import is_empty
from .lines import Line, Notes, Sheet
from .sheet_spec import Column, SheetSpec

NEEDED = frozenset({"roster", "positions", "duties", "schemes", "indicators", "grades"})
"""Sheets without which nothing can be done; of the others their absence means that all is empty."""

_LIKE = 0.5
"""Of the required columns that a sheet must have to be taken for one that lost some."""


@dataclass(slots=True)
class Book:
    """The sheets that were found; ``unusable`` are the keys of those that lack what they need."""

    file: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    unusable: set[str] = field(default_factory=set)

    def lines(self, key: str) -> tuple[Line, ...]:
        sheet = self.sheets.get(key)
        return sheet.lines if sheet else ()

    def has(self, key: str, column: Column) -> bool:
        """Whether a sheet has something in a column, or for it where it has nothing."""
        sheet = self.sheets.get(key)
        return sheet is not None and (column.key in sheet.head.columns or bool(column.instead))

    def name(self, key: str) -> str:
        """What a sheet is called in this workbook."""
        sheet = self.sheets.get(key)
        return sheet.grid.sheet if sheet else _spec(key).name

    def usable(self, *keys: str) -> bool:
        return self.unusable.isdisjoint(keys)


class _Rank(NamedTuple):
    """How well a grid fits a sheet; compared in this order."""

    visible: bool
    required: float
    columns: float
    named: bool
    order: int


@dataclass(frozen=True)
class _Fit:
    """A grid taken for a sheet."""

    spec: SheetSpec
    grid: Grid
    head: Headers
    index: int

    @property
    def named(self) -> bool:
        return self.grid.sheet.strip() == self.spec.name

    @cached_property
    def rank(self) -> _Rank:
        has = self.head.columns
        required = sum(key in has for key in self.spec.required) / len(self.spec.required)
        columns = len(has) / sum(not column.added for column in self.spec.columns)
        return _Rank(not self.grid.hidden, required, columns, self.named, -self.index)

    @property
    def plausible(self) -> bool:
        """A sheet of the right name is it, even with its head row gone."""
        rank = self.rank
        like = rank.required >= _LIKE and rank.columns >= _LIKE
        return rank.required == 1 or like or (rank.named and rank.visible)


def find_sheets(file: str, grids: Sequence[Grid], notes: Notes) -> Book:
    """Every sheet of the master workbook that is there; what is missing is noted."""
    book = Book(file)
    fits = _fits(grids)
    for fit in _best(fits):
        if _complete(fit, notes):
            book.sheets[fit.spec.key] = _sheet(fit, notes)
        else:
            book.unusable.add(fit.spec.key)
    if not book.sheets and not book.unusable:
        message = f"没有一张工作表像总表里的；看到的工作表是：{_names(grids)}"
        notes.error("not_master", message, Place(file))
        book.unusable |= {spec.key for spec in SHEETS}
    for spec in SHEETS:
        if spec.key not in book.sheets and spec.key not in book.unusable:
            _missing(spec, book, grids, notes)
    _left_out(book, fits, notes)
    return book


def _spec(key: str) -> SheetSpec:
    return next(spec for spec in SHEETS if spec.key == key)


def _fits(grids: Sequence[Grid]) -> list[_Fit]:
    heads = [HeadRows(grid.rows) for grid in grids]
    found = [
        _Fit(spec, grid, find_headers(heads[index], spec.wanted), index)
        for spec in SHEETS
        for index, grid in enumerate(grids)
    ]
    return [fit for fit in found if fit.plausible]


def _best(fits: Iterable[_Fit]) -> list[_Fit]:
    """Each sheet and each grid once, the best pairs first."""
    chosen: list[_Fit] = []
    for fit in sorted(fits, key=lambda each: each.rank, reverse=True):
        if all(fit.spec is not other.spec and fit.index != other.index for other in chosen):
            chosen.append(fit)
    return chosen


def _sheet(fit: _Fit, notes: Notes) -> Sheet:
    # Nothing where people put a dash to say that there is nothing; a head row keeps what it says.
    cells, below = coded(fit.grid.rows).replaced(_said), fit.head.row + 1
    grid = replace(fit.grid, rows=[*fit.grid.rows[:below], *cells.lists()[below:]])
    rows, problems = rows_of(grid, fit.head, SUMMARY_ROWS, cells)
    notes.extend(problems)
    lines = tuple(Line(fit.spec, row) for row in rows)
    return Sheet(fit.spec, fit.grid, fit.head, lines)


def _said(cell: object) -> object:
    return None if is_empty(cell) else cell


def _complete(fit: _Fit, notes: Notes) -> bool:
    """Whether all required columns are there; every missing column is noted."""
    place = fit.grid.place(fit.head.row) if fit.head.score else fit.grid.whole()
    seen = f"看到的表头是：{fit.head.seen}" if fit.head.score else "没有找到表头"
    lacking = [column for column in fit.spec.columns if column.key not in fit.head.columns]
    for column in lacking:
        if column.required:
            notes.error("missing_column", f"缺少「{column.head}」列；{seen}", place)
    optional = [f"「{column.head}」" for column in lacking if not (column.required or column.added)]
    if optional and not any(column.required for column in lacking):
        message = f"没有{'、'.join(optional)}列，都按没有填写读；{seen}"
        notes.warn("column_left_out", message, place)
    return not any(column.required for column in lacking)


def _missing(spec: SheetSpec, book: Book, grids: Sequence[Grid], notes: Notes) -> None:
    heads = "、".join(column.head for column in spec.columns if column.required)
    message = f"缺少工作表「{spec.name}」（表头应有：{heads}）；看到的工作表是：{_names(grids)}"
    if spec.key in NEEDED:
        book.unusable.add(spec.key)
        notes.error("sheet_missing", message, Place(book.file))
    else:
        notes.warn("sheet_missing", f"{message}；按没有内容读", Place(book.file))


def _names(grids: Sequence[Grid]) -> str:
    return "、".join(grid.sheet for grid in grids if not grid.hidden)


def _left_out(book: Book, fits: Iterable[_Fit], notes: Notes) -> None:
    """Sheets that look just like one that was read: a copy, or a month of its own."""
    read = {id(sheet.grid) for sheet in book.sheets.values()}
    for fit in fits:
        sheet = book.sheets.get(fit.spec.key)
        if not sheet or fit.grid.hidden or id(fit.grid) in read:
            continue
        if fit.head.score >= sheet.head.score:
            message = f"这张表和「{sheet.grid.sheet}」的表头一样，只读了「{sheet.grid.sheet}」"
            notes.warn("sheet_left_out", message, fit.grid.whole())
