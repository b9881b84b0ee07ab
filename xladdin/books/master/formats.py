"""How single figures are shown: in the unit of their row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from xladdin.books.entry import number_format, percent_format
from xladdin.domain.quantities import FACTS, Unit
from xladdin.intake.master.columns import Column, Kind, SheetSpec
from xladdin.intake.master.parameters import PARAMETERS
from xladdin.intake.master.values import Row
from xladdin.intake.master.words import word, words

Rows: TypeAlias = Mapping[str, Sequence[Row]]
Formats: TypeAlias = dict[tuple[int, str], str]

UNITS = {facts.label: unit for unit, facts in FACTS.items()}
SHARES = (Kind.POINTS, Kind.RATIO)


def number_formats(spec: SheetSpec, rows: Rows) -> Formats:
    """Row and column -> number format, where the column's own will not do."""
    units = _Units(rows)
    found = {}
    for number, row in enumerate(rows.get(spec.key, ())):
        for column in spec.columns:
            if shown := _format(spec, column, row, units):
                found[number, column.key] = shown
    return found


def _format(spec: SheetSpec, column: Column, row: Row, units: _Units) -> str:
    value = row.get(column.key)
    kind = _kind(spec, column, row)
    if kind in SHARES:
        return percent_format(value) if isinstance(value, Decimal) else ""
    unit = units.of(spec.key, row) if kind is Kind.MEASURE else None
    if unit is None:
        return ""
    if unit is Unit.PERCENT and isinstance(value, Decimal):
        return percent_format(value)
    return number_format(unit)


def _kind(spec: SheetSpec, column: Column, row: Row) -> Kind:
    """How the cell is read: a parameter's kind depends on the row's method."""
    if spec.key == "indicators":
        for item in METHODS.get(str(row.get("method")), ()):
            if item.column == column.key:
                return item.kind
    return column.kind


METHODS = {label: PARAMETERS[kind] for kind, label in words("indicators", "method").items()}


class _Units:
    """The unit in which a row's figures are."""

    def __init__(self, rows: Rows) -> None:
        self._own: dict[tuple[str, str], Unit | None] = {}
        self._named: dict[str, set[Unit | None]] = {}
        for row in rows.get("indicators", ()):
            unit = UNITS.get(str(row.get("unit")))
            for name in {str(row.get("id")), str(row.get("name"))}:
                self._named.setdefault(name, set()).add(unit)
            self._own[str(row.get("scheme")), str(row.get("id"))] = (
                Unit.PERCENT if row.get("basis") == COMPLETION else unit
            )

    def of(self, sheet: str, row: Row) -> Unit | None:
        match sheet:
            case "figures":
                return self._only(str(row.get("indicator")))
            case "steps":
                points = row.get("kind") not in MEASURED
                own = self._own.get((str(row.get("scheme")), str(row.get("item"))))
                return None if points else own
            case _:
                return UNITS.get(str(row.get("unit")))

    def _only(self, indicator: str) -> Unit | None:
        """The unit of an indicator, where all schemes that have it agree."""
        found = self._named.get(indicator, set())
        return next(iter(found)) if len(found) == 1 else None


COMPLETION = word("indicators", "basis", "completion")
MEASURED = tuple(word("steps", "kind", kind) for kind in ("steps", "ends"))
