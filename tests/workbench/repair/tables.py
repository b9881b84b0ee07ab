"""Rules of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..addresses import Area, address
from ..package import MAIN, unescape, utf16_length
from .book import Book, Table
from .names import is_legal, is_like_cell
from .problem import Code, RepairProblem

MAX_COLUMN_NAME = 255


def check(book: Book) -> Iterator[RepairProblem]:
    """Find tables whose name, columns, header cells or area Excel would repair."""
    yield from _duplicates(book)
    for table in book.tables:
        yield from _name(table)
        yield from _columns(table)
        yield from _area(table)
        yield from _header(table)
    for sheet in book.sheets:
        yield from _overlaps(book.tables_of(sheet))


def _problem(code: Code, table: Table, message: str) -> RepairProblem:
    return RepairProblem(code, f"table {table.name}", message)


def _duplicates(book: Book) -> Iterator[RepairProblem]:
    names = Counter(table.name.lower() for table in book.tables)
    ids = Counter(table.root.get("id", "") for table in book.tables)
    for table in book.tables:
        if names[table.name.lower()] > 1:
            yield _problem(Code.TABLE_NAME_DUPLICATE, table, "another table has this name")
        if ids[table.root.get("id", "")] > 1:
            yield _problem(Code.TABLE_ID_DUPLICATE, table, "another table has its id")


def _name(table: Table) -> Iterator[RepairProblem]:
    if not is_legal(table.name) or is_like_cell(table.name):
        yield _problem(Code.TABLE_NAME, table, "not a legal name for a table")


def _columns(table: Table) -> Iterator[RepairProblem]:
    if len({name.lower() for name in table.columns}) < len(table.columns):
        yield _problem(Code.TABLE_COLUMN_DUPLICATE, table, "two columns have one name")
    for name in table.columns:
        # A line feed is fine when written as &#xA; or _x000a_. A bare one reads as a blank, so
        # that the header cell differs.
        if utf16_length(name) > MAX_COLUMN_NAME or "\r" in name:
            message = f"column {name!r} is over {MAX_COLUMN_NAME} long or has a carriage return"
            yield _problem(Code.TABLE_COLUMN_NAME, table, message)


def _area(table: Table) -> Iterator[RepairProblem]:
    area, listed = table.area, table.root.find(MAIN + "tableColumns")
    stated = -1 if listed is None else int(listed.get("count", len(table.columns)))
    if not area.width == stated == len(table.columns):
        message = f"{area} is {area.width} wide, but {len(table.columns)} columns are listed"
        yield _problem(Code.TABLE_COLUMN_COUNT, table, message)
    if area.height < 2:
        yield _problem(Code.TABLE_EMPTY, table, f"{area} has no row below its header")
    filters = table.root.find(MAIN + "autoFilter")
    if filters is not None and not _covers_header(Area.parse(filters.get("ref", "")), area):
        yield _problem(Code.TABLE_FILTER, table, f"the filter does not span the header of {area}")


def _covers_header(filters: Area, area: Area) -> bool:
    # A totals row lies outside of the filter, so the last rows may differ.
    return (filters.top, filters.left, filters.right) == (area.top, area.left, area.right)


def _header(table: Table) -> Iterator[RepairProblem]:
    if table.root.get("headerRowCount") == "0":
        return
    for offset, column in enumerate(table.columns):
        place = address(table.area.top, table.area.left + offset)
        text = table.sheet.text(place)
        if text is None or text != unescape(column):
            message = f"{place} holds {text!r}, the column is {column!r}"
            yield _problem(Code.TABLE_HEADER, table, message)


def _overlaps(tables: list[Table]) -> Iterator[RepairProblem]:
    for index, table in enumerate(tables):
        for other in tables[:index]:
            if table.area.overlaps(other.area):
                yield _problem(Code.TABLE_OVERLAP, table, f"overlaps table {other.name}")
