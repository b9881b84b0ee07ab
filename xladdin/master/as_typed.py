"""Entries that are understood although the workbook's own formulas do not understand them.

A reader knows that ``２０％`` typed as a text is 20%, that ``Y`` is 是 and ``大于等于`` is ≥; a formula
sees another text, and the live 检查 column objects.  What is read so is used, but told with its
place and with what the column says, so that both doors say something about every such row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from xladdin.domain.people import day_number
from xladdin.domain.quantities import plain
from xladdin.intake.decimals import decimal_of
from xladdin.intake.grids import cell_at
from xladdin.intake.seen_numbers import SeenText
from xladdin.intake.text import narrow, shown, written_text

from .all_sheets import SHEETS
from .cell_kinds import CellValue, Row
from .check_column import CHECK, NOTICED, STANDING, WRONG
from .compared_columns import SIGNS, compared_columns
from .finding import Book
from .judging import Judge, columns_read
from .lines import Line, Notes, RowKey, row_key
from .list_sheet import lists_table
from .sheet_spec import SheetSpec
from .table_sheet import check_head, table_of


def tell_unlike(judge: Judge, book: Book, notes: Notes) -> None:
    """Note each row of which the live column says more than the reader has."""
    if book.unusable or not any(_has_check(book, spec) for spec in SHEETS):
        return
    typed = {spec.key: [_typed(book, line) for line in book.lines(spec.key)] for spec in SHEETS}
    unlike = _unlike_columns(judge, typed)
    tables = (*(table_of(spec, typed[spec.key], spare=0) for spec in SHEETS), lists_table())
    # What reads nothing that they see otherwise was worked out when the rows were judged.
    live = judge.columns.changed(((table, 0) for table in tables), unlike)
    told = _told(notes)
    for spec in SHEETS:
        if unlike.isdisjoint(_asked_of(spec)) or not _has_check(book, spec):
            continue
        for i, line in enumerate(book.lines(spec.key)):
            standing = live[f"{spec.key}.{STANDING}"][i]
            heard = told.get(line.key)
            if (standing == WRONG and not heard) or (standing == NOTICED and heard is None):
                said = str(live[f"{spec.key}.{CHECK}"][i])
                _tell(judge, spec, i, typed[spec.key][i], said, notes)


@cache
def _asked_of(spec: SheetSpec) -> frozenset[str]:
    """Every column that decides on what the check of a sheet says."""
    return frozenset().union(*(columns_read(spec, rule.wrong) for rule in spec.rules))


def _told(notes: Notes) -> dict[RowKey, bool]:
    """The rows of which something is said already, and whether it is an error."""
    found: dict[RowKey, bool] = {}
    for problem in notes.problems:
        key = row_key(problem.place)
        found[key] = found.get(key, False) or problem.is_error
    return found


def _unlike_columns(judge: Judge, typed: Mapping[str, Sequence[Row]]) -> set[str]:
    """The columns in which formulas see something else, in one row at least."""
    return {
        f"{sheet}.{key}"
        for sheet, rows in typed.items()
        for row, entered in zip(rows, judge.entered(sheet), strict=True)
        for key in _unlike(sheet, row, entered)
    }


def _has_check(book: Book, spec: SheetSpec) -> bool:
    sheet = book.sheets.get(spec.key)
    return sheet is not None and check_head(STANDING) in sheet.head.labels


def _typed(book: Book, line: Line) -> Row:
    """A row as formulas see it; a dash is a text to them."""
    sheet = book.sheets[line.spec.key]
    cells, columns = sheet.grid.rows[line.row.index], sheet.head.columns
    return {
        column.key: _seen(cell_at(cells, columns[column.key][0])) if column.key in columns else None
        for column in line.spec.columns
    }


def _seen(raw: object) -> CellValue:
    match raw:
        case None | "":
            return None
        case SeenText(number=number):
            return decimal_of(number)
        case bool() | str():
            return written_text(raw)
        case int() | float() | Decimal():
            return decimal_of(raw)
        case dt.datetime():
            midnight = dt.datetime.combine(raw.date(), dt.time(), raw.tzinfo)
            return day_number(raw.date()) + Decimal((raw - midnight).seconds) / 86400
        case dt.date():
            return day_number(raw)
        case _:
            return written_text(raw)


def _tell(judge: Judge, spec: SheetSpec, i: int, typed: Row, said: str, notes: Notes) -> None:
    line = judge.book.lines(spec.key)[i]
    unlike = _unlike(spec.key, typed, judge.entered(spec.key)[i])
    if not unlike:
        message = f"检查列显示“{said}”：它看不懂别处的有些写法，这里按看懂的内容核对，没有错"
        notes.warn("check_differs", message, line.place)
        return
    key = unlike[0]
    what = spec.column(key).head + _understood(typed[key], judge, spec, i, key)
    message = f"{what}；检查列看不懂这种写法，显示“{said}”，请改过来"
    notes.warn("check_differs", message, line.where(key))


def _understood(typed: CellValue, judge: Judge, spec: SheetSpec, i: int, key: str) -> str:
    entered = judge.entered(spec.key)[i][key]
    if isinstance(typed, Decimal):  # a day is a number to formulas alone
        raw = judge.book.lines(spec.key)[i].raw(key)
        typed_as = raw.date() if isinstance(raw, dt.datetime) else raw
        there = shown(plain(typed) if isinstance(typed_as, float) else typed_as)
        return f"写的是{there}，按「{judge.said(spec.key, i, key)}」读"
    match typed:
        case _ if entered is None:
            return f"写的是{shown(typed)}，按没有填读"
        case str() if isinstance(entered, Decimal):
            return f"是文字{shown(typed)}，按数字读"
        case str() if narrow(typed) == narrow(str(entered)):
            return f"{shown(typed)}里有多余的空格或全角字符，按没有读"
        case _:
            return f"写的是{shown(typed)}，按「{judge.said(spec.key, i, key)}」读"


def _unlike(sheet: str, typed: Row, entered: Row) -> list[str]:
    """The columns in which formulas see something else; letter case is nothing to them."""
    return [
        key
        for key, value in entered.items()
        if typed[key] != value and not _alike(f"{sheet}.{key}", typed[key], value)
    ]


def _alike(column: str, typed: CellValue, entered: CellValue) -> bool:
    if not isinstance(typed, str) or not isinstance(entered, str):
        return False
    if column not in compared_columns():
        typed = typed.translate(SIGNS)
    return typed.casefold() == entered.casefold()
