"""A workbook read cell by cell: its names, and of each sheet what was typed and what computes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from xladdin.problems import Problem

from .addresses import SheetArea
from .book_parts import DefinedName, SheetPart, book_parts
from .budget import Budget
from .cell_styles import CellStyle, CellStyles
from .limits import MOST_FORM_CELLS, MOST_READ
from .opening import OpenedFile, require_package
from .refused import SAVE_AS, DamagedError, RefusedError
from .relations import main_part
from .shared_texts import SharedTexts
from .sheet_cells import SheetCells, read_sheet


class BookCells:
    """An .xlsx; a sheet is read when it is asked for, and all of them count together."""

    def __init__(self, file: OpenedFile) -> None:
        """Raises RefusedError for what is damaged, too large, or of another kind."""
        require_package(file.data)
        self._archive, self._budget = file.archive.within(MOST_READ), Budget(MOST_FORM_CELLS)
        main = main_part(self._archive, self._budget.elements)
        if not main:
            raise DamagedError("no main part")
        if main.lower().endswith(".bin"):
            raise RefusedError("file_binary", f"是二进制工作簿（.xlsb），{SAVE_AS}")
        self._parts = book_parts(self._archive, main, self._budget.elements)
        self._known: dict[str, SheetCells] = {}

    @property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The sheets of cells in their order, hidden ones too."""
        return self._parts.sheets

    @property
    def date1904(self) -> bool:
        """Whether its days are counted from 1904, as old Macs did."""
        return self._parts.date1904

    @property
    def names(self) -> tuple[DefinedName, ...]:
        """Every name, also those of one sheet and those of no cells."""
        return self._parts.names

    @cached_property
    def places(self) -> Mapping[str, SheetArea]:
        """Name -> the cells that it stands for, of the names that hold in the whole workbook.

        Without those of formulas and of cells that are gone (``#REF!``).  Copying a sheet makes
        names of one sheet alone; they are among ``names``.
        """
        found = ((each.name, each.area) for each in self.names if each.sheet is None)
        return {name: area for name, area in found if area is not None}

    def sheet(self, name: str) -> SheetCells | None:
        """The cells of a sheet (upper and lower case are one, as in Excel); None: no such sheet.

        Raises DamagedError and TooLargeError.
        """
        part = next((s.part for s in self.sheets if s.name.casefold() == name.casefold()), None)
        if part is None:
            return None
        if part not in self._known:
            data = self._archive.read(part)
            self._known[part] = read_sheet(data, self._texts, self._styles, self._budget)
        return self._known[part]

    @cached_property
    def _texts(self) -> list[str]:
        part = self._parts.strings
        return SharedTexts(self._archive.read(part), self._budget).texts if part else []

    @cached_property
    def _styles(self) -> tuple[CellStyle, ...]:
        part = self._parts.styles
        elements = self._budget.elements
        return CellStyles(self._archive.read(part), elements).styles if part else ()


def read_cells(file: OpenedFile) -> tuple[BookCells | None, list[Problem]]:
    """The workbook of a file that was opened; every sheet of it is read, and nothing is raised."""
    if file.problems:
        return None, [*file.problems]
    try:
        book = BookCells(file)
        for sheet in book.sheets:
            book.sheet(sheet.name)
    except RefusedError as error:
        return None, [error.problem(file.name)]
    return book, []
