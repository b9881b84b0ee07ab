"""A finished form read back from its file, by another library than the one that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from xladdin.books import identity
from xladdin.books.forms import rebuild
from xladdin.books.identity import Identity, read_identity
from xladdin.layout.cells import Asked, Book, Given
from xladdin.layout.place import key_of, keyed_cells
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library

NAMED_FORMULA = "f_"
Where = tuple[str, str]
"""Sheet and address of a cell."""


@dataclass(frozen=True)
class Opened:
    """A workbook as openpyxl reads it."""

    path: Path

    @cached_property
    def book(self) -> openpyxl.Workbook:
        return openpyxl.load_workbook(self.path)

    @property
    def sheets(self) -> list[Worksheet]:
        return [self.book[name] for name in self.book.sheetnames]

    @property
    def visible(self) -> list[Worksheet]:
        return [sheet for sheet in self.sheets if sheet.title != identity.SHEET_NAME]

    @cached_property
    def names(self) -> dict[str, Where]:
        """Where each defined name of the book points to."""
        found = {}
        for name, defined in self.book.defined_names.items():
            if name in self.named_formulas:
                continue
            # One that leads to a column of a table stands for no cell.
            for sheet, place in defined.destinations:
                found[name] = (sheet, place.replace("$", ""))
        return found

    @cached_property
    def named_formulas(self) -> dict[str, str]:
        """The formulas of tables' columns that have a name for all rows, by that name."""
        return {
            name: defined.attr_text
            for name, defined in self.book.defined_names.items()
            if name.startswith(NAMED_FORMULA)
        }

    @cached_property
    def keys(self) -> dict[str, Where]:
        """Where each key of the form stands."""
        return {key_of(name) or f"?{name}": where for name, where in self.names.items()}

    def value(self, key: str) -> Any:
        sheet, place = self.keys[key]
        return self.book[sheet][place].value

    def cached(self, key: str) -> Any:
        """The value stored with a formula, None where it is empty."""
        sheet, place = self.keys[key]
        return self._cached[sheet][place].value

    @cached_property
    def _cached(self) -> openpyxl.Workbook:
        return openpyxl.load_workbook(self.path, data_only=True)

    @property
    def identity(self) -> dict[str, Any]:
        """The hidden identity as the sheet tells it, label beside value; HR's own list has none."""
        if identity.SHEET_NAME not in self.book.sheetnames:
            return {}
        sheet = self.book[identity.SHEET_NAME]
        return {str(label): value for label, value in sheet.iter_rows(values_only=True)}

    @property
    def form(self) -> str:
        return str(self.identity.get("id.form", ""))

    @property
    def entry_cells(self) -> set[Where]:
        """The cells that are there to be filled in."""
        return {self.keys[key] for key in entry_keys(self.made)} if self.form else set()

    @cached_property
    def known(self) -> Identity:
        """The hidden identity as the package reads it."""
        found, problems = read_identity(self.path.name, self.path.read_bytes())
        assert found, problems
        return found

    @cached_property
    def made(self) -> Book:
        """The book that it was written from, as its identity tells."""
        found, problems = rebuild(self.known, library())
        assert found, problems
        return found

    @cached_property
    def unlocked(self) -> set[Where]:
        """Unlocked cells; a merged area counts as its first cell."""
        found = set()
        for sheet in self.sheets:
            covered = hidden_by_merges(sheet)
            for row in sheet.iter_rows():
                for cell in row:
                    if not cell.protection.locked and cell.coordinate not in covered:
                        found.add((sheet.title, cell.coordinate))
        return found

    @property
    def texts(self) -> set[str]:
        """Every text that stands in a cell."""
        cells = (cell for sheet in self.sheets for row in sheet.iter_rows() for cell in row)
        return {str(cell.value) for cell in cells if cell.value is not None}

    def formulas(self) -> Iterator[Where]:
        for sheet in self.sheets:
            for row in sheet.iter_rows():
                yield from ((sheet.title, c.coordinate) for c in row if c.data_type == "f")

    def validations(self) -> Iterator[tuple[Where, DataValidation]]:
        """Each validation with each cell that it checks."""
        for sheet in self.sheets:
            for validation in sheet.data_validations.dataValidation:
                for area in validation.sqref.ranges:
                    assert area.size["rows"] == area.size["columns"] == 1, area
                    yield (sheet.title, area.coord), validation


@cache
def library() -> Library:
    """The shipped templates, and the example company's own."""
    shipped, (own, _) = Library.shipped(), Library.from_dir(templates_dir() / "example_company")
    names = {position.name for position in own.positions}
    others = (position for position in shipped.positions if position.name not in names)
    positions = (*own.positions, *others)
    return Library(shipped.schemes, positions, shipped.competencies)


def entry_keys(book: Book) -> set[str]:
    """The keys of the cells that are there to be filled in."""
    return {
        key
        for key, _, cell in keyed_cells(book)
        if isinstance(cell.content, Asked)
        or (isinstance(cell.content, Given) and cell.content.open)
    }


def hidden_by_merges(sheet: Worksheet) -> set[str]:
    """The cells behind the first one of each merged area."""
    return {
        sheet.cell(row, col).coordinate
        for area in sheet.merged_cells.ranges
        for row, col in list(area.cells)[1:]
    }
