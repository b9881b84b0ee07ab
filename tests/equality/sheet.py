"""Models written into a worksheet, one row each, and recalculated by LibreOffice.

A row holds its inputs, then its formulas, which read the cells of the same row.  The value stored
with a formula is nonsense, so an engine that trusts it instead of calculating is found out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter

from tests.workbench.addresses import address
from tests.workbench.office import Office
from tests.workbench.values import ErrorText, OfficeValue
from xladdin.formula.evaluate import Value, solve
from xladdin.formula.excel import excel
from xladdin.formula.nodes import Expr

SHEET = "S"
SCORE = "score"
STALE = "not calculated"
SHOWN = 10

Values: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Row:
    """A model with inputs, and the values that the sheet must give."""

    name: str
    model: Mapping[str, Expr]
    inputs: Values
    expected: Values


@dataclass(frozen=True)
class Disagreement:
    """A formula whose recalculated value is not the expected one."""

    row: Row
    key: str
    formula: str
    found: OfficeValue

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value}" for name, value in self.row.inputs.items())
        ours, theirs = self.row.expected[self.key], self.found
        return (
            f"{self.row.name} [{self.key}] {given}\n  ={self.formula}\n"
            f"  Python {ours!r}, LibreOffice {theirs!r}"
        )


def computed(name: str, model: Mapping[str, Expr], inputs: Values) -> Row:
    """A row that must give what Python computes."""
    return Row(name, model, inputs, solve(model, inputs))


def disagreements(rows: Sequence[Row], office: Office, folder: Path) -> list[Disagreement]:
    """Every formula of the rows that LibreOffice calculates otherwise than expected."""
    placed = [_places(row, number) for number, row in enumerate(rows, start=1)]
    path = _written(rows, placed, folder / "rows.xlsx")
    with office.open(path) as document:
        document.recalculate()
        grid = document.grid(SHEET)
    return [
        wrong
        for row, places, cells in zip(rows, placed, grid, strict=True)
        for wrong in _wrong(row, places, cells)
    ]


def listed(found: Sequence[Disagreement]) -> str:
    """The first few of what was found."""
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "\n".join([*map(str, found[:SHOWN]), *more])


def _places(row: Row, number: int) -> dict[str, str]:
    keys = (*row.inputs, *row.model)
    return {key: address(number, column) for column, key in enumerate(keys, start=1)}


def _written(rows: Sequence[Row], placed: Iterable[Mapping[str, str]], path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        for row, places in zip(rows, placed, strict=True):
            for key, value in row.inputs.items():
                _write_input(sheet, places[key], value)
            for key, expr in row.model.items():
                sheet.write_formula(places[key], f"={excel(expr, places)}", None, STALE)
    return path


def _write_input(sheet: Any, place: str, value: Value) -> None:
    if isinstance(value, str):
        sheet.write_string(place, value)
    elif value is not None:
        sheet.write_number(place, value)


def _wrong(
    row: Row, places: Mapping[str, str], cells: Sequence[OfficeValue]
) -> Iterator[Disagreement]:
    for column, key in enumerate((*row.inputs, *row.model)):
        # Trailing blanks may lie outside of what LibreOffice calls used.
        found = cells[column] if column < len(cells) else ""
        if key in row.expected and not same(row.expected[key], found):
            yield Disagreement(row, key, excel(row.model[key], places), found)


def same(ours: Value, theirs: OfficeValue) -> bool:
    """Equal to the last printed digit; nothing is an empty text, a truth value 1 or 0."""
    if isinstance(theirs, ErrorText):
        return False
    if isinstance(ours, bool | Decimal):
        return isinstance(theirs, float) and Decimal(repr(theirs)) == Decimal(ours)
    return (ours or "") == theirs
