"""A form as it went out: what stands where, and what may come back in it.

Derived from the book's blueprint and what a copy is written with; nothing here knows any one form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from xladdin.books.forms import Copy, FormKind, keys
from xladdin.books.identity import SHEET_NAME as IDENTITY_SHEET
from xladdin.characters import bare
from xladdin.domain.competency import Source
from xladdin.domain.quantities import plain
from xladdin.formula.evaluate import Value
from xladdin.formula.excel import excel
from xladdin.intake.text import narrow
from xladdin.layout.cells import Book, Cell, Fixed, Result, Sheet, Slot
from xladdin.layout.place import Places, inputs, results
from xladdin.schemes.load import Template

from .book_view import Spot


def text_key(text: str) -> str:
    """A label to compare by: without blanks, line ends and letter case."""
    return "".join(narrow(text).split()).casefold()


@dataclass(frozen=True)
class PatternSheet:
    """One sheet of a blueprint, by cells from 1."""

    name: str
    sheet: Sheet
    fixed: Mapping[Spot, str]
    """What stands there in every copy, as texts to compare by."""
    slots: Mapping[str, Cell]
    """Key -> the cell where it is entered or computed first."""
    covered: frozenset[Spot]
    """Every cell that the form takes up, those under merged areas too."""
    book: Book
    """The blueprint that it is of."""

    @cached_property
    def formulas(self) -> tuple[tuple[str, Cell, str], ...]:
        """Key, cell and text of what it computes."""
        places = Places(self.book, self.sheet)
        return tuple(
            (cell.content.key, cell, excel(self.book.model[cell.content.key], places))
            for cell in self.sheet.cells
            if isinstance(cell.content, Result)
        )

    @property
    def asks(self) -> bool:
        """Whether people fill anything in here."""
        return any(not cell.style.locked for cell in self.slots.values())


def spot_of(cell: Cell) -> Spot:
    """Where a blueprint's cell stands, from 1."""
    return (cell.row + 1, cell.col + 1)


@dataclass(frozen=True)
class Pattern:
    """What one copy of a form is, as the company would write it now."""

    kind: FormKind[Any]
    template: Template
    book: Book
    rows: tuple[Source, ...]
    values: Mapping[str, Value]
    """Slots of this copy, defaults too."""
    asked: tuple[str, ...]
    given: tuple[str, ...]
    company: str = ""
    """Whose form it is."""

    # Asked for with every cell, and to find them again takes longer than all else.
    @cached_property
    def sheets(self) -> tuple[PatternSheet, ...]:
        return sheets_of(self.kind, self.template, self.rows)

    @cached_property
    def main(self) -> PatternSheet:
        """The sheet that people fill in: each of our forms has one."""
        return next(sheet for sheet in self.sheets if sheet.asks)

    def cell(self, key: str) -> Cell | None:
        return self.main.slots.get(key)

    def computed(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Every result, of what the copy was written with and these values."""
        return results(self.book, {**self.values, **values})

    def formulas(self) -> tuple[tuple[str, Cell, str], ...]:
        """Key, cell and text of what the main sheet computes."""
        return self.main.formulas

    def of(self, copy: Copy) -> Pattern:
        """Another copy of the same form."""
        found = _written(self.kind, self.template, copy, self.rows, self.book)
        found.__dict__.update(sheets=self.sheets, main=self.main)
        return found


def pattern_of(
    kind: FormKind[Any], template: Any, copy: Copy | None, rows: tuple[Source, ...] = ()
) -> Pattern:
    """A copy as it would be written now; without one, of nobody."""
    return _written(kind, template, copy, rows, kind.book(template, rows))


def _written(
    kind: FormKind[Any], template: Any, copy: Copy | None, rows: tuple[Source, ...], book: Book
) -> Pattern:
    written = dict(kind.slots(template, copy)) if kind.slots else {}
    sorted_keys = keys(book, written)
    slots = inputs(book, written)
    company = copy.company.name if copy else ""
    return Pattern(kind, template, book, rows, slots, sorted_keys.asked, sorted_keys.given, company)


@cache
def sheets_of(
    kind: FormKind[Any], template: Template, rows: tuple[Source, ...]
) -> tuple[PatternSheet, ...]:
    """The visible sheets of a blueprint, worked out once."""
    book = kind.book(template, rows)
    return tuple(_sheet(book, each) for each in book.sheets if each.name != IDENTITY_SHEET)


def _sheet(book: Book, sheet: Sheet) -> PatternSheet:
    fixed: dict[Spot, str] = {}
    slots: dict[str, Cell] = {}
    covered: set[Spot] = set()
    for cell in sheet.cells:
        row, column = spot_of(cell)
        covered |= {
            (row + down, column + right) for down in range(cell.rows) for right in range(cell.cols)
        }
        match cell.content:
            case Fixed(value=value) if value is not None and (text := text_key(_text(value))):
                fixed[row, column] = text
                if cell.content.key:
                    slots.setdefault(cell.content.key, cell)
            case Slot(key=key) | Result(key=key):
                slots.setdefault(key, cell)
    return PatternSheet(sheet.name, sheet, fixed, slots, frozenset(covered), book)


def _text(value: str | Decimal) -> str:
    return bare(value) if isinstance(value, str) else plain(value)
