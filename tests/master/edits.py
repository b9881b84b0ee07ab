"""Small edits of a test workbook, as a clerk might make them, described in YAML."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.domain.positions import Requirements
from xladdin.master.all_sheets import SHEETS

from .books import Book, Error, Percent, Sheet, book_of

FIGURES = 24
HEADS = {
    head: [
        (spec, key) for spec in SHEETS for key, known in spec.wanted.items() if head in known[1:]
    ]
    for head in {one for spec in SHEETS for known in spec.wanted.values() for one in known[1:]}
}
"""Other heads -> the columns that take them."""


def _names() -> dict[str, set[str]]:
    library = example_company().library
    schemes = [*library.schemes, *library.competencies]
    inside = [one for each in library.schemes for one in (*each.indicators, *each.adjustments)]
    inside += [one for each in library.competencies for one in each.elements]
    found: dict[str, set[str]] = defaultdict(set)
    for one in (*library.positions, *schemes, *inside):
        found[one.id].add(one.name)
    return found


NAMES = _names()
"""Id -> names of what rows refer to: in one scheme it is called so, in another otherwise."""


def calm(content: Company) -> Company:
    """The content without anything that the law warns of, and with few figures."""
    positions = tuple(
        item.model_copy(
            update={
                "requirements": Requirements(
                    **item.requirements.model_dump() | {"age": "不限", "sex": "不限"}
                )
            }
        )
        for item in content.library.positions
    )
    library = replace(content.library, positions=positions)
    return replace(content, library=library, figures=content.figures[:FIGURES])


def edited(edits: list[dict[str, Any]]) -> Book:
    """The calm example with some edits made."""
    book = deepcopy(book_of(calm(example_company())))
    for edit in edits:
        ((name, settings),) = edit.items()
        EDITS[name](book, **settings)
    return book


def sheet_of(book: Book, name: str) -> Sheet:
    return next(sheet for sheet in book if sheet.name == name)


def _column(sheet: Sheet, head: str) -> int:
    """The column with a head, or with the one that stands for it now (方案编号 -> 考核方案)."""
    heads = (head, *(spec.column(key).head for spec, key in HEADS.get(head, ())))
    return next(row.index(one) for one in heads for row in sheet.cells if one in row)


def _rows(sheet: Sheet, where: dict[str, Any]) -> Iterator[int]:
    """The rows whose cells say what is asked for, by id or by name."""
    columns = {_column(sheet, head): str(value) for head, value in where.items()}
    for y, row in enumerate(sheet.cells):
        if all(_said(row[x]) in {value, *NAMES.get(value, ())} for x, value in columns.items()):
            yield y


def _said(value: Any) -> str:
    return str(value.value if isinstance(value, Percent | Error) else value)


def _value(given: Any) -> Any:
    match given:
        case {"percent": fraction}:
            return Percent(Decimal(str(fraction)))
        case {"error": code}:
            return Error(code)
        case {"time": text}:
            return dt.time.fromisoformat(text)
        case dt.date():
            return dt.datetime.combine(given, dt.time())
        case float():
            return Decimal(str(given))
        case _:
            return given


def _set(book: Book, sheet: str, where: dict[str, Any], column: str, value: Any) -> None:
    page = sheet_of(book, sheet)
    x = _column(page, column)
    found = list(_rows(page, where))
    assert found, f"{sheet}: {where}"
    for y in found:
        page.cells[y][x] = _value(value)


def _append(
    book: Book, sheet: str, cells: dict[str, Any], like: dict[str, Any] | None = None
) -> None:
    page = sheet_of(book, sheet)
    row: list[Any] = [None] * len(page.cells[0])
    if like is not None:
        row = list(page.cells[next(_rows(page, like))])
    for head, value in cells.items():
        row[_column(page, head)] = _value(value)
    page.cells.append(row)


def _delete(book: Book, sheet: str, where: dict[str, Any]) -> None:
    page = sheet_of(book, sheet)
    for y in reversed(list(_rows(page, where))):
        del page.cells[y]


def _drop_column(book: Book, sheet: str, column: str) -> None:
    page = sheet_of(book, sheet)
    x = _column(page, column)
    for row in page.cells:
        del row[x]


def _drop_sheet(book: Book, sheet: str) -> None:
    book.remove(sheet_of(book, sheet))


def _rename(book: Book, sheet: str, name: str) -> None:
    sheet_of(book, sheet).name = name


def _copy(book: Book, sheet: str, name: str) -> None:
    book.append(replace(deepcopy(sheet_of(book, sheet)), name=name))


def _head(book: Book, sheet: str, column: str, name: str) -> None:
    page = sheet_of(book, sheet)
    page.cells[0][_column(page, column)] = name


def _insert_rows(book: Book, sheet: str, at: int, rows: list[list[Any]]) -> None:
    page = sheet_of(book, sheet)
    page.cells[at - 1 : at - 1] = [[*map(_value, row)] for row in rows]


def _insert_sheet(book: Book, name: str, rows: list[list[Any]]) -> None:
    book.insert(0, Sheet(name, rows))


def _insert_column(book: Book, sheet: str, at: int, column: str | None, value: Any) -> None:
    for y, row in enumerate(sheet_of(book, sheet).cells):
        row.insert(at - 1, _value(value) if y else column)


def _merge(book: Book, sheet: str, column: str, rows: tuple[int, int]) -> None:
    """Merge some rows of a column; the first keeps its value, as in Excel."""
    page = sheet_of(book, sheet)
    x = _column(page, column)
    top, bottom = rows[0] - 1, rows[1] - 1
    for y in range(top + 1, bottom + 1):
        page.cells[y][x] = None
    page.merged.append((top, x, bottom, x))


def _hide_sheet(book: Book, sheet: str) -> None:
    sheet_of(book, sheet).hidden = True


EDITS: dict[str, Callable[..., None]] = {
    "set": _set,
    "append": _append,
    "delete": _delete,
    "drop_column": _drop_column,
    "drop_sheet": _drop_sheet,
    "rename": _rename,
    "copy": _copy,
    "head": _head,
    "insert_rows": _insert_rows,
    "insert_sheet": _insert_sheet,
    "insert_column": _insert_column,
    "merge": _merge,
    "hide_sheet": _hide_sheet,
}
