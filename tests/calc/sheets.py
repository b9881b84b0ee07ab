"""The sheets of a book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.workbench.addresses import Area

from .names import Names
from .places import WHOLE_SHEET, area_at, area_of, bounding, quoted, same
from .ranges import Range
from .refusals import ComError, guarded, refused
from .tables import tables_kept

if TYPE_CHECKING:
    from .books import Book

VISIBLE, HIDDEN, VERY_HIDDEN = -1, 0, 2
"""What Excel's `Visible` gives; `True` is -1 to COM."""
_LONGEST_NAME = 31


@dataclass
class Memory:
    """What Excel knows of a sheet and Calc does not, as long as the book is open.

    Calc has no very hidden sheets. Of a selection it sorts the areas and drops filtered rows.
    """

    very_hidden: bool = False
    selected: tuple[Area, ...] = ()


class Sheets(base_classes.Sheets):
    """Counted from 1; a name may be written in any case."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def api(self) -> Any:
        return self._book.xl.Sheets

    @property
    def names(self) -> tuple[str, ...]:
        found: tuple[str, ...] = self.api.ElementNames
        return found

    def of(self, xl: Any) -> Sheet:
        return Sheet(self._book, xl)

    @property
    def active(self) -> Sheet:
        return self.of(self._book.xl.CurrentController.ActiveSheet)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Sheet]:
        return map(self, self.names)

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Unlike a book, an unknown sheet is no `KeyError` in xlwings' engine for Windows."""
        if isinstance(name_or_index, str) and self.api.hasByName(name_or_index):
            return self.of(self.api.getByName(name_or_index))
        names = self.names
        if isinstance(name_or_index, str):
            name = next((each for each in names if same(each, name_or_index)), None)
        else:
            name = names[name_or_index - 1] if 1 <= name_or_index <= len(names) else None
        if name is None:
            raise ComError(f"there is no sheet {name_or_index!r}")
        return self.of(self.api.getByName(name))

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """A new sheet, which is then active; by default before the one that was."""
        self._book.refuse_if_protected()
        numbers = (f"Sheet{number}" for number in range(1, len(self) + 2))
        new = name or next(each for each in numbers if not self.taken(each))
        at = self.position(before or (None if after else self.active), after)
        with refused(f"adding {new}"):
            self.api.insertNewByName(new, at)
        sheet = self(new)
        sheet.activate()
        return sheet

    def position(self, before: Sheet | None, after: Sheet | None) -> int:
        """Where a new sheet goes, counted from 0."""
        return before.index - 1 if before else after.index if after else len(self)

    def taken(self, name: str) -> bool:
        return any(same(name, each) for each in self.names)

    def free_name(self, name: str) -> str:
        """The name itself, or `name (2)` as Excel finds it for a copy."""
        new, number = name, 1
        while self.taken(new):
            number += 1
            ending = f" ({number})"
            new = name[: _LONGEST_NAME - len(ending)] + ending
        return new


class Sheet(base_classes.Sheet):
    """A worksheet; `xl` is Calc's."""

    def __init__(self, book: Book, xl: Any) -> None:
        self._book = book
        self.xl = xl

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        found: str = self.xl.Name
        return found

    @name.setter
    def name(self, value: str) -> None:
        self._book.refuse_if_protected()
        if not same(value, self.name) and self._book.sheets.taken(value):
            raise ComError(f"the name {value} is already taken")
        memory = self.memory
        del self._book.memories[self.name]
        self.xl.Name = value
        self._book.memories[value] = memory

    @property
    def memory(self) -> Memory:
        return self._book.memories[self.name]

    @property
    def names(self) -> Names:
        return Names(self._book, [self], whole=False)

    @property
    def index(self) -> int:
        place: int = self.xl.RangeAddress.Sheet
        return place + 1

    @property
    def cells(self) -> Range:
        return Range(self, [WHOLE_SHEET])

    @property
    def used_range(self) -> Range:
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return Range(self, [area_at(cursor.RangeAddress)])

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, tuple) and len(arg1) == 4:
            row, column, height, width = arg1
            return Range(self, [Area(row, column, row + height - 1, column + width - 1)])
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        if arg2 is None:
            return Range(self, self._areas(arg1))
        return Range(self, [bounding(self._areas(arg1)[0], self._areas(arg2)[0])])

    def _areas(self, given: Any) -> list[Area]:
        if isinstance(given, Range):
            return list(given.areas)
        if isinstance(given, tuple):
            if 0 in given:
                raise IndexError(
                    "Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based."
                )
            return [Area(*given, *given)]
        try:
            return [area_of(part.strip()) for part in given.split(",")]
        except ValueError:
            return self._named(given)

    def _named(self, name: str) -> list[Area]:
        own = f"{quoted(self.name)}!{name}"
        names = self._book.names
        found = names(own if names.contains(own) else name).refers_to_range
        if found.sheet.name != self.name:
            raise ComError(f"{name} is on another sheet")
        return list(found.areas)

    def activate(self) -> None:
        if not self.xl.IsVisible:
            raise ComError(f"{self.name} is hidden")
        self._book.looked_at()
        self._book.xl.CurrentController.setActiveSheet(self.xl)
        self._book.looked_at()

    select = activate

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    @property
    def visible(self) -> int:
        if self.xl.IsVisible:
            return VISIBLE
        return VERY_HIDDEN if self.memory.very_hidden else HIDDEN

    @visible.setter
    def visible(self, value: int) -> None:
        self._book.refuse_if_protected()
        seen = value in {VISIBLE, True}
        if not seen:
            self._refuse_if_last()
        self.xl.IsVisible = seen
        self.memory.very_hidden = value == VERY_HIDDEN

    def _refuse_if_last(self) -> None:
        if [sheet.name for sheet in self._book.sheets if sheet.xl.IsVisible] == [self.name]:
            raise ComError("a workbook keeps at least one visible sheet")

    def delete(self) -> None:
        self._book.refuse_if_protected()
        self._refuse_if_last()
        with refused(f"deleting {self.name}"), tables_kept(self._book.xl, self.index - 1):
            self._book.memories.pop(self.name, None)
            self._book.sheets.api.removeByName(self.name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """The copy keeps its formulas and becomes the active sheet, also of another book."""
        target = (before or after or self)._book
        target.refuse_if_protected()
        at, name = target.sheets.position(before, after), target.sheets.free_name(self.name)
        with guarded(target.app.office, f"copying {self.name}"):
            if target is self._book:
                target.xl.Sheets.copyByName(self.name, name, at)
            else:
                at = target.xl.Sheets.importSheet(self._book.xl, self.name, at)
                target.xl.Sheets.getByIndex(at).Name = name  # Calc's own would be `name_2`
        target.activate()
        if self.xl.IsVisible:
            target.sheets(name).activate()
