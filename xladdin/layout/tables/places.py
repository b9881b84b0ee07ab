"""Where conditional formats and validations of tables find things.

They may not use table references: a row is addressed by its first one, a column by a defined name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xladdin.formula.excel import excel
from xladdin.formula.nodes import Range
from xladdin.formula.walk import ranges
from xladdin.ooxml.addresses import letters, quoted_sheet

from ..cell_rules import Check, Holds, Offered
from ..cells import Book, Sheet
from ..name_spelling import spelled
from ..place import Places, address
from .lists import column_name, entries_of, filled_part, list_name, ranges_of
from .table import HEAD_ROW, LAST_ROW, NUMBER, OWN, Column, Table


def tables_of(book: Book) -> Iterator[tuple[Sheet, Table]]:
    """Every table with its sheet."""
    return ((sheet, sheet.table) for sheet in book.sheets if sheet.table is not None)


def plain_places(book: Book, sheet: Sheet, table: Table) -> dict[str, str]:
    """Where conditional formats and validations of a table find things, as seen from its first row."""
    row = sheet.table_top + 2
    first, last = map(letters, table.own)
    return {
        **{name: column_name(Range(name)) for _, each in tables_of(book) for name in each.places},
        **{one.key: f"${letters(i)}{row}" for i, one in enumerate(table.columns, start=1)},
        OWN: f"${first}{row}:${last}{row}",
    }


def defined_names(book: Book) -> dict[str, str]:
    """The names of columns and lists that conditional formats and validations use."""
    offered = set(_offered(book))
    used = {name for _, table in tables_of(book) for one in table.columns for name in _read(one)}
    found = {}
    for sheet, table in tables_of(book):
        for index, one in enumerate(table.columns):
            of = table.range_of(one)
            if of.name in used:
                found[column_name(of)] = "=" + _area(sheet, table, index)
            if of in offered:
                found[list_name(of)] = "=" + filled_part(of)
    return found


def formula_name(table: Table, one: Column) -> str:
    """The defined name that holds a computed column's formula."""
    return spelled(f"f_{table.key}_{one.key}")


def formulas(book: Book) -> dict[str, str]:
    """The formula of every computed column, written once: its cells hold only its name.

    As names are stored: a cell of the same row is addressed as it is seen from the first one.
    """
    shared = Places(book, None)
    return {
        formula_name(table, one): "=" + excel(one.formula, {**shared, **_row_places(sheet, table)})
        for sheet, table in tables_of(book)
        for one in table.columns
        if one.formula is not None
    }


def _row_places(sheet: Sheet, table: Table) -> dict[str, str]:
    """Where a formula that stands in a name finds the cells of the row that uses it."""
    here = quoted_sheet(sheet.name) + "!"
    first, last = map(letters, table.own)
    # Summed, since a row's number is an array there, and would make arrays of all that it is in.
    head = f"SUM(ROW({table.name}[[#Headers],{table.columns[0].bracketed}]))"
    return {
        **{one.key: f"{here}${letters(i)}1" for i, one in enumerate(table.columns, start=1)},
        NUMBER: f"(SUM(ROW({here}$A1))-{head})",
        HEAD_ROW: head,
        OWN: f"{here}${first}1:${last}1",
    }


def last_row(sheet: Sheet, table: Table) -> int:
    """The last sheet row (from 0) down to which entries are checked."""
    return max(LAST_ROW - 1, sheet.table_top + table.height)


def _area(sheet: Sheet, table: Table, index: int) -> str:
    first = address(sheet.table_top + 1, index)
    return f"{quoted_sheet(sheet.name)}!{first}:{address(last_row(sheet, table), index)}"


def _read(one: Column) -> Iterator[str]:
    """The ranges that a column's validation and conditional formats read."""
    for highlight in one.highlights:
        yield from ranges(highlight.when)
    match one.check:
        case Check(rule=Holds(test)):
            yield from ranges(test)
        case Check(rule=Offered(source)):
            yield from (of.name for of in ranges_of(source))


def _offered(book: Book) -> Iterable[Range]:
    for _, table in tables_of(book):
        for one in table.columns:
            if isinstance(one.check, Check) and isinstance(one.check.rule, Offered):
                yield from entries_of(one.check.rule.source)
