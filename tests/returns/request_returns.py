"""A 收数表 as people send it back: filled in, sorted, retyped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.company.people import company as people
from tests.company.people import employee
from tests.returns.report_returns import (
    Returning,
    commented,
    name_broken,
    names_deleted,
    record_cut,
    record_deleted,
    row_inserted,
    sheet_added,
    sheet_renamed,
    typed_at,
)
from xladdin.app.months.asking_figures import requests_of
from xladdin.books.data_request import TITLE, Request, Wanted, book, figure_of
from xladdin.company.company import Company, Figure
from xladdin.domain.people import Actual, Period
from xladdin.formula.evaluate import Value
from xladdin.layout.writer import workbook_bytes
from xladdin.returns.file_reading import FileRead, read_file
from xladdin.returns.handed_files import HandedFile

PERIOD = Period("2026-12")
FILE = "收数表_2026-12_售后组长.xlsx"
POST = "售后客服"


def company() -> Company:
    """Three people of one scheme; of the first one figure is known."""
    known = Actual(period=PERIOD, employee="A-1", indicator="satisfaction", actual=Decimal("0.97"))
    staff = (
        employee("A-1", POST, name="韩雪"),
        employee("工二", POST, name="魏思"),
        employee("007", POST, name="余佳"),
    )
    return replace(people(*staff), figures=(Figure(known, "暂定"),))


@cache
def request() -> Request:
    """What one of them who deliver is asked."""
    return next(one for one in requests_of(company(), PERIOD) if one.deliverer == "售后组长")


@cache
def sent() -> bytes:
    """As it goes out."""
    return workbook_bytes(book(request()), {})


def key(spelled: str) -> str:
    """``007.attitude`` -> the key of its cell; other keys as they are."""
    person, _, item = spelled.partition(".")
    found = [
        one.key for one in request().figures if (one.employee.id, one.item.id) == (person, item)
    ]
    return found[0] if found else spelled


def spelled(inputs: Mapping[str, Value]) -> dict[str, str]:
    """What was read, as cases write it."""
    return {
        ".".join(figure_of(one) or (one,)): "" if value is None else f"{value}"
        for one, value in inputs.items()
    }


def read(data: bytes, name: str = FILE) -> FileRead:
    """A file as collecting reads it."""
    file = HandedFile(name, Path(name), data, at=dt.datetime(2027, 1, 3, 10))
    return read_file(file, company())


def wanted(item: str) -> Wanted:
    """One figure that is asked for."""
    return next(one for one in request().asked if one.item.id == item)


# What people do beside what they do to reports.


def _rows(work: Returning) -> tuple[Any, list[int]]:
    sheet = work.book[TITLE]
    ids = {one.id for one in company().employees}
    return sheet, [r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 3).value) in ids]


def rows_sorted(work: Returning) -> None:
    """The values of the rows stand the other way round; names stay where they were."""
    sheet, rows = _rows(work)
    values = [[cell.value for cell in sheet[r]] for r in rows]
    for row, cells in zip(rows, reversed(values), strict=True):
        for column, value in enumerate(cells, start=1):
            sheet.cell(row, column).value = value


def id_typed(work: Returning, old: str, new: str) -> None:
    """Somebody types another id into a row."""
    sheet, rows = _rows(work)
    row = next(r for r in rows if str(sheet.cell(r, 3).value) == old)
    sheet.cell(row, 3).value = new


def column_inserted(work: Returning, column: int) -> None:
    """A column before another, by a program that leaves names where they were."""
    sheet = work.book[TITLE]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_cols(column)


DONE: Mapping[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        row_inserted,
        names_deleted,
        name_broken,
        typed_at,
        sheet_added,
        sheet_renamed,
        commented,
        record_cut,
        record_deleted,
        rows_sorted,
        id_typed,
        column_inserted,
    )
}
