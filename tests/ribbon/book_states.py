"""Everything that a workbook is, as an independent reader sees it: to tell two states apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlwings as xw
from openpyxl.worksheet.worksheet import Worksheet

ENGLISH = "[$-409]"
"""Calc writes it before a format that was set in English, although it is that of the file."""
GENERAL, NO_FILL = "General", "00000000"
State = dict[str, Any]
"""Place -> what is there; equal only where every cell, format, comment and sheet is."""


def state_of(book: xw.Book, folder: Path) -> State:
    """Of an open workbook: what Calc writes of it, and the colours that it does not write."""
    path = folder / "state.xlsx"
    book.impl.write_copy(path)
    return dict(_read(openpyxl.load_workbook(path)))


def _read(book: openpyxl.Workbook) -> Iterator[tuple[str, Any]]:
    yield "sheets", [(sheet.title, sheet.sheet_state) for sheet in book]
    yield "names", sorted((name, str(one.value)) for name, one in book.defined_names.items())
    for sheet in book.worksheets:
        yield from _sheet(sheet)


def _sheet(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    at, columns = sheet.title, _formats_of_columns(sheet)
    for row in sheet.iter_rows():
        for cell in row:
            said = cell.value
            # Calc gives a formula's cell the format of what it once showed; no command writes formulas.
            computed = cell.data_type == "f"
            number = "" if computed else cell.number_format.removeprefix(ENGLISH)
            looks = number, cell.fill.fgColor.rgb, cell.font.b, cell.font.color
            shown = tuple(map(str, looks)), cell.protection.locked
            note = cell.comment.text if cell.comment else None
            bare = said is None and not note and cell.fill.fgColor.rgb == NO_FILL
            if bare and (not cell.has_style or number == columns.get(cell.column, GENERAL)):
                # Of an empty cell Calc writes its own style or leaves it to the column.
                continue
            if said is not None or cell.has_style or note:
                yield f"{at} {cell.coordinate}", (said, type(said).__name__, shown, note)
    rules = [
        (str(area.sqref), rule.type, tuple(rule.formula), rule.priority)
        for area in sheet.conditional_formatting
        for rule in area.rules
    ]
    yield f"{at} formats", sorted(rules, key=lambda one: one[3])
    checks = sheet.data_validations.dataValidation
    yield f"{at} checks", sorted((str(one.sqref), one.type, one.formula1) for one in checks)
    yield f"{at} widths", {key: one.width for key, one in sheet.column_dimensions.items()}
    yield f"{at} merged", sorted(map(str, sheet.merged_cells.ranges))


def _formats_of_columns(sheet: Worksheet) -> dict[int, str]:
    found = {}
    for one in sheet.column_dimensions.values():
        number = one.number_format.removeprefix(ENGLISH)
        found.update(dict.fromkeys(range(one.min or 0, (one.max or 0) + 1), number))
    return found


def differences(before: State, after: State) -> list[str]:
    """What two states differ in, with both."""
    return [
        f"{key}: {before.get(key)!r} -> {after.get(key)!r}"
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    ]
