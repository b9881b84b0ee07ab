"""The values of a rectangle of cells, as COM hands them over and takes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from .formats import DATE, LOGICAL, TEXT, TIME, Formats, Place, keys_of
from .formulas import Grammar, refuse_unreadable
from .typed import LOGICAL as LOGICAL_CODE
from .typed import Typed, Value, moment, typed

Rows: TypeAlias = tuple[tuple[Any, ...], ...]
Cells: TypeAlias = dict[Place, Typed]

ERRORS = {
    -2146826281: "#DIV/0!",
    -2146826246: "#N/A",
    -2146826259: "#NAME?",
    -2146826288: "#NULL!",
    -2146826252: "#NUM!",
    -2146826265: "#REF!",
    -2146826273: "#VALUE!",
}
"""What COM hands over for the errors of cells."""
_ONE = (1, 1)
_NUMBERS = {text: number for number, text in ERRORS.items()}
# Calc's errors as its own export to Excel's format turns them; any other is #VALUE!.
_CALC_ERRORS = {
    503: "#NUM!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


def read(formats: Formats, cells: Any) -> Rows:
    """Numbers, texts, booleans, dates, numbers of errors; None for an empty cell."""
    data = cells.getDataArray()  # first: calculating gives formulas their formats
    formulas = cells.getFormulaArray()
    known = formats.kinds(keys_of(cells, one=_is_one(data)))

    def value(row: int, column: int) -> Any:
        found = data[row][column]
        if found is None:
            return _error(cells.getCellByPosition(column, row))
        if found == "" and not formulas[row][column]:
            return None
        return _of_kind(found, known.get((row, column), 0))

    return tuple(tuple(value(row, at) for at in range(len(data[0]))) for row in range(len(data)))


def _is_one(data: Rows) -> bool:
    return (len(data), len(data[0])) == _ONE


def _error(cell: Any) -> int:
    return _NUMBERS[_CALC_ERRORS.get(cell.getError(), "#VALUE!")]


def _of_kind(value: float | str, kind: int) -> float | str | bool | dt.datetime:
    if isinstance(value, float) and kind & LOGICAL:
        return bool(value)
    return moment(value) if isinstance(value, float) and kind & (DATE | TIME) else value


def read_formulas(formats: Formats, cells: Any, grammar: Grammar) -> Rows:
    """Formulas as Excel writes them; of other cells the value as a text."""
    data, formulas = cells.getDataArray(), cells.getFormulaArray()
    known = formats.kinds(keys_of(cells, one=_is_one(data)))

    def text(row: int, column: int) -> str:
        found, formula = data[row][column], formulas[row][column]
        # A text that starts with an equals sign is its own formula.
        if formula.startswith(("=", "{=")) and formula != found:
            cell = cells.getCellByPosition(column, row)
            return grammar.to_excel(cell, cell.CellAddress)
        return _constant(found, formula, known.get((row, column), 0))

    return tuple(tuple(text(row, at) for at in range(len(data[0]))) for row in range(len(data)))


def _constant(value: float | str | None, shown: str, kind: int) -> str:
    if not isinstance(value, float):
        return shown if value is None else value
    if kind & LOGICAL:
        return str(bool(value)).upper()
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def write(
    formats: Formats,
    cells: Any,
    shape: tuple[int, int],
    given: Value | Sequence[Any],
    grammar: Grammar,
) -> None:
    """Fill the cells with one value, or with rows of values as many as there are cells."""
    height, width = shape
    keys = keys_of(cells, one=shape == _ONE)
    rows, known = _rows(given, height, width), formats.kinds(keys)
    new = {
        (row, column): typed(rows[row][column], bool(known.get((row, column), 0) & TEXT))
        for row in range(height)
        for column in range(width)
    }
    data = (tuple(new[row, column].value for column in range(width)) for row in range(height))
    cells.setDataArray(tuple(data))
    _format(formats, cells, new, keys)
    shared = None if _is_rows(given) else cells.getCellByPosition(0, 0).CellAddress
    _write_formulas(cells, new, grammar, shared)


def _is_rows(given: object) -> bool:
    return isinstance(given, list | tuple)


def _rows(given: Any, height: int, width: int) -> Sequence[Sequence[Any]]:
    if not _is_rows(given):
        return [[given] * width] * height
    rows = given if given and _is_rows(given[0]) else [given]
    if len(rows) != height or {len(row) for row in rows} != {width}:
        # Excel fills up with #N/A or leaves out: never what a caller means.
        raise ValueError(f"{height}x{width} cells, but the values have another shape")
    return rows


def _format(formats: Formats, cells: Any, new: Cells, keys: dict[Place, int]) -> None:
    """Add the formats that Excel adds."""
    before, after = formats.kinds(keys), keys_of(cells, one=len(new) == 1)
    for place, cell in new.items():
        wanted = _wanted(formats, before.get(place, 0), cell.format, keys[place])
        # Calc makes a text out of a cell whose text it would have read as something else.
        if wanted != after[place]:
            row, column = place
            cells.getCellByPosition(column, row).NumberFormat = wanted


def _wanted(formats: Formats, kind: int, code: str | None, key: int) -> int:
    if code == LOGICAL_CODE:
        return formats.key_of(code)
    if kind & LOGICAL:
        return formats.key_of(code or "General")
    return key if code is None or kind else formats.key_of(code)


def _write_formulas(cells: Any, new: Cells, grammar: Grammar, shared: Any | None) -> None:
    written = False
    for (row, column), wanted in new.items():
        if wanted.formula is not None:
            cell = cells.getCellByPosition(column, row)
            here = cell.CellAddress
            cell.Formula = grammar.from_excel(wanted.formula, shared or here, here)
            written = True
    if written:
        refuse_unreadable(cells)


def clean(
    data: Sequence[Sequence[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: object,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """What xlwings makes of raw values, as its engine for Windows does."""

    def one(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, dt.datetime):
            return _rebuilt(value, datetime_builder)
        if number_builder is not None and isinstance(value, float):
            return number_builder(value)
        if isinstance(value, int) and value in ERRORS:
            return ERRORS[value] if err_to_str else None
        return value

    return [[one(value) for value in row] for row in data]


def _rebuilt(value: dt.datetime, build: Callable[..., Any]) -> Any:
    parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return build(**{part: getattr(value, part) for part in parts}, tzinfo=None)
