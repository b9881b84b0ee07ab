"""How single figures are shown: in the unit of their row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from xladdin.books.entry import number_format, percent_format
from xladdin.domain.quantities import Unit
from xladdin.formula.evaluate import Cells

from .cell_kinds import Kind, Row
from .list_sheet import unit_in
from .setting_columns import METHOD_WORDS, PARAMETERS
from .sheet_spec import Column, SheetSpec

Rows: TypeAlias = Mapping[str, Sequence[Row]]
Formats: TypeAlias = dict[tuple[int, str], str]

SHARES = (Kind.POINTS, Kind.RATIO, Kind.RATE)
SETTINGS = {
    METHOD_WORDS[kind]: {one.column: one for one in items} for kind, items in PARAMETERS.items()
}
"""Method as it is written -> its settings by column."""
UNIT_COLUMNS = {"steps": "scale_at"}


def unit_column(sheet: str, key: str) -> str:
    """The computed column that says in which row of the units a figure's own unit stands."""
    return f"{sheet}.step_at" if key == "step" else f"{sheet}.{UNIT_COLUMNS.get(sheet, 'unit_at')}"


def kind_in(spec: SheetSpec, column: Column, method: object) -> Kind | None:
    """How a cell is read: a setting as its method has it; None where the method has none."""
    if spec.key != "indicators" or column.key not in ALL_SETTINGS:
        return column.kind
    setting = SETTINGS.get(str(method), {}).get(column.key)
    return setting.kind if setting else None


ALL_SETTINGS = frozenset(one.column for items in PARAMETERS.values() for one in items)


def number_formats(spec: SheetSpec, rows: Rows, columns: Mapping[str, Cells]) -> Formats:
    """Row and column -> number format, where the column's own will not do."""
    found = {}
    for number, row in enumerate(rows.get(spec.key, ())):
        for column in spec.columns:
            kind = kind_in(spec, column, row.get("method"))
            if kind is Kind.MEASURE:
                unit = unit_in(columns[unit_column(spec.key, column.key)][number])
                shown = _in_unit(row.get(column.key), unit)
            else:
                shown = _share(row.get(column.key)) if kind in SHARES else ""
            if shown:
                found[number, column.key] = shown
    return found


def _share(value: object) -> str:
    return percent_format(value) if isinstance(value, Decimal) else ""


def _in_unit(value: object, unit: Unit | None) -> str:
    if unit is None or unit is Unit.NUMBER:
        return ""
    return _share(value) or number_format(unit) if unit is Unit.PERCENT else number_format(unit)
