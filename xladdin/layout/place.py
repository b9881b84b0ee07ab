"""Placement: where each key stands, what it is called, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from xladdin.formula.evaluate import Cells, Value
from xladdin.ooxml.addresses import absolute, quoted_sheet

from .cells import Book, Cell, Sheet
from .name_spelling import spelled, unspelled
from .tables.values import column_values

NAME_PREFIX = "xl_"


def address(row: int, col: int) -> str:
    """(0, 0) -> ``$A$1``."""
    return absolute(row + 1, col + 1)


def defined_name(key: str) -> str:
    """The ASCII name of a key's cell: ``actual.reply`` -> ``xl_actual__reply``."""
    return NAME_PREFIX + spelled(key).replace(".", "__")


def key_of(name: str) -> str | None:
    """The key behind a defined name, or None where the name is not one of ours."""
    if not name.startswith(NAME_PREFIX):
        return None
    return unspelled(name.removeprefix(NAME_PREFIX)).replace("__", ".")


def keyed_cells(book: Book) -> Iterator[tuple[str, Sheet, Cell]]:
    """Every cell that has a key, with its sheet."""
    return iter(book.keyed)


class Places(Mapping[str, str]):
    """Where each key stands, as seen from one sheet: other sheets are named in the address.

    Columns of tables are called by their names.

    Seen from no sheet (charts), every address names its sheet.
    """

    def __init__(self, book: Book, sheet: Sheet | None) -> None:
        self._texts: dict[str, str] = {}
        self._named, self._cells = book.named_cells, set[str]()
        for each in book.sheets:
            self._texts |= each.table.places if each.table else {}
        for key, other, cell in keyed_cells(book):
            prefix = "" if other is sheet else quoted_sheet(other.name) + "!"
            # A key shown in several places is read from where it is entered or computed first.
            self._texts.setdefault(key, prefix + address(cell.row, cell.col))
            self._cells.add(key)

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The same with defined names for what stands on other sheets, where there are names.

        In conditional formats older Excels know addresses of their own sheet only, and names.
        """
        if not self._named:
            return self
        return {
            key: defined_name(key) if "!" in text and key in self._cells else text
            for key, text in self._texts.items()
        }

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def inputs(book: Book, values: Mapping[str, Value]) -> dict[str, Value]:
    """What the model reads in cells: what is fixed, then defaults, then what this copy is given."""
    return {**book.own_values, **values}


def columns(book: Book) -> dict[str, Cells]:
    """What stands in every column of every table."""
    tables = ((sheet.table, sheet.table_top) for sheet in book.sheets if sheet.table)
    return column_values(tables)


def results(
    book: Book, values: Mapping[str, Value], known: Mapping[str, Cells] | None = None
) -> dict[str, Value]:
    """Every computed value of one copy of the book; ``known`` are the columns of its tables."""
    read = columns(book) if known is None else known
    return book.solver.values({**inputs(book, values), **read})
