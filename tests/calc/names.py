"""Defined names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .places import area_at, quoted, same, struct
from .ranges import Range
from .refusals import ComError, refused

if TYPE_CHECKING:
    from .books import Book
    from .sheets import Sheet


class Name(base_classes.Name):
    """A name of a workbook, or of one of its sheets."""

    def __init__(self, book: Book, home: Any, name: str, sheet: Sheet | None = None) -> None:
        self._book, self._home, self._name, self._sheet = book, home, name, sheet

    @property
    def api(self) -> Any:
        return self._home.getByName(self._name)

    @property
    def name(self) -> str:
        return f"{quoted(self._sheet.name)}!{self._name}" if self._sheet else self._name

    def called(self, name: str) -> bool:
        return same(self.name, name)

    @property
    def refers_to(self) -> str:
        return self._book.grammar.to_excel(self.api, self.api.ReferencePosition)

    @property
    def refers_to_range(self) -> Range:
        cells = self.api.ReferredCells
        if cells is None:
            raise ComError(f"{self.name} is no range")
        sheet = self._book.sheets.of(cells.Spreadsheet)
        return Range(sheet, [area_at(cells.RangeAddress)])

    def delete(self) -> None:
        self._home.removeByName(self._name)


class Names(base_classes.Names):
    """The names of some sheets, and those of the whole book unless it is for one sheet only."""

    def __init__(self, book: Book, sheets: Sequence[Sheet], whole: bool) -> None:
        self._book, self._sheets, self._whole = book, sheets, whole

    @property
    def api(self) -> Any:
        return self._book.xl.NamedRanges

    def _all(self) -> list[Name]:
        homes = [(self.api, None)] if self._whole else []
        homes += [(sheet.xl.NamedRanges, sheet) for sheet in self._sheets]
        return [
            Name(self._book, home, name, sheet)
            for home, sheet in homes
            for name in sorted(home.ElementNames, key=str.casefold)
        ]

    def __len__(self) -> int:
        return len(self._all())

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self._all()]

    def _found(self, name: str) -> Name | None:
        return next((each for each in self._all() if each.called(name)), None)

    def contains(self, name_or_index: str | int) -> bool:
        return self._found(str(name_or_index)) is not None

    def __call__(self, name_or_index: str | int) -> Name:
        if isinstance(name_or_index, int):
            return self._all()[name_or_index - 1]
        found = self._found(name_or_index)
        if found is None:
            raise ComError(f"there is no name {name_or_index}")
        return found

    def add(self, name: str, refers_to: str) -> Name:
        """For the whole book."""
        origin = struct("com.sun.star.table.CellAddress")
        content = self._book.grammar.from_excel(refers_to, origin).removeprefix("=")
        with refused(f"naming {name}"):
            self.api.addNewByName(name, content, origin, 0)
        return Name(self._book, self.api, name)
