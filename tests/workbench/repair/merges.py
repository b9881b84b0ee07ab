"""Rules of merged areas."""

from __future__ import annotations

from collections.abc import Iterator

from ..addresses import Area
from ..package import MAIN
from .book import Book, Sheet
from .problem import Code, RepairProblem


def check(book: Book) -> Iterator[RepairProblem]:
    """Find merged areas of one cell, across each other or across a table."""
    for sheet in book.sheets:
        areas = [Area.parse(m.get("ref", "")) for m in sheet.root.iter(MAIN + "mergeCell")]
        tables = [table.area for table in book.tables_of(sheet)]
        for index, area in enumerate(areas):
            yield from _check(sheet, area, areas[:index], tables)


def _check(
    sheet: Sheet, area: Area, earlier: list[Area], tables: list[Area]
) -> Iterator[RepairProblem]:
    place = f"{sheet.name}!{area}"
    if area.width == area.height == 1:
        yield RepairProblem(Code.MERGE_SINGLE, place, "a single cell cannot be merged")
    if any(area.overlaps(other) for other in earlier):
        yield RepairProblem(Code.MERGE_OVERLAP, place, "overlaps another merged area")
    if any(area.overlaps(table) for table in tables):
        yield RepairProblem(Code.MERGE_TABLE, place, "lies in a table")
