"""How rows of the master's figures are written: in the columns and in the manner that a clerk has there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import Unit, facts
from xladdin.intake.epochs import OFFSET_1904
from xladdin.intake.month_writings import FIRST_SERIAL, LAST_SERIAL
from xladdin.intake.months import MonthColumn
from xladdin.intake.scheme_items import Item
from xladdin.intake.text import is_blank, written_text
from xladdin.master.lines import Sheet
from xladdin.ooxml.addresses import letters
from xladdin.patch.appending import append
from xladdin.patch.cell_elements import DAY_0, Value
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.style_part import Shown

SHOWN = {Unit.PERCENT: Shown.PERCENT, Unit.DATE: Shown.DATE}
"""How a figure is shown; all the others as plain numbers."""
_WHOLE = re.compile(r"[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that is to be written: of which month, of whom, of what, and what else stands in it."""

    period: Period
    employee: Employee
    item: Item
    values: Mapping[str, Value]
    """Column key -> value."""


@dataclass(frozen=True)
class FigureCells:
    """The sheet's cells, changed through the patch."""

    patch: SheetPatch
    sheet: Sheet

    @cached_property
    def months(self) -> MonthColumn:
        return MonthColumn((line.row for line in self.sheet), "period")

    def append(self, rows: Sequence[NewRow]) -> list[int]:
        """Rows below the last one; their numbers, from 1.

        Columns that the sheet does not have are left out; RefusedError where there is no room.
        """
        numbers = append(self.patch, self.sheet.head.row + 1, [self._cells(row) for row in rows])
        for number, row in zip(numbers, rows, strict=True):
            self._show(number, row.item.unit)
            self._write_month(number, row.period)
        return numbers

    def _cells(self, row: NewRow) -> dict[str, Value]:
        values: dict[str, Value] = {
            "period": str(row.period),
            "employee": self._id(row.employee.id),
            "name": row.employee.name,
            "indicator": row.item.name,
            **row.values,
        }
        there = self.sheet.head.columns
        return {self.letters(name): value for name, value in values.items() if name in there}

    def letters(self, name: str) -> str:
        """The letters of a column."""
        return letters(self.sheet.head.columns[name][0] + 1)

    def _show(self, number: int, unit: Unit) -> None:
        """Also the target that somebody will type: 145000 in a cell for percentages is 1450."""
        as_ = SHOWN.get(unit, Shown.NUMBER)
        # A new row looks like the one above it, whose figures may be of another unit.
        behind = facts(unit).suffix if as_ is Shown.NUMBER else None
        for name in ("actual", "target"):
            if name in self.sheet.head.columns:
                self.patch.show(f"{self.letters(name)}{number}", as_, behind)

    def _write_month(self, number: int, period: Period) -> None:
        """The month as its column has it, where that is not text."""
        place = f"{self.letters('period')}{number}"
        if self._takes_dates(place):
            self.patch.set(place, dt.date(period.year, period.month, 1))
            if self._month_model:
                self.patch.look_like(place, self._month_model)
        elif self._in_digits:
            self.patch.set(place, Decimal(f"{period.year}{period.month:02d}"), Shown.NUMBER)

    def _takes_dates(self, place: str) -> bool:
        """A column of dates goes on with dates; in a mixed one the cell above and its own format
        decide, in an empty one the format.
        """
        if not self._month_cells:
            return self.patch.is_date(place)
        if len(self._dated) == len(self._month_cells):
            return True
        return _is_day(self._month_cells[-1][0]) and not self.patch.is_text(place)

    # Asked of every row that is written: worked out once.

    @cached_property
    def _dated(self) -> list[tuple[object, str]]:
        return [(raw, cell) for raw, cell in self._month_cells if _is_day(raw)]

    @cached_property
    def _month_model(self) -> str:
        """The last cell that looks like a date."""
        cells = (cell for raw, cell in reversed(self._dated) if isinstance(raw, dt.date))
        return next(cells, "")

    @cached_property
    def _in_digits(self) -> bool:
        return bool(self._month_cells) and all(_is_digits(raw) for raw, _ in self._month_cells)

    @cached_property
    def _month_cells(self) -> list[tuple[object, str]]:
        """The months that are there, with their cells."""
        cells = (line.row.cell("period") for line in self.sheet)
        return [(raw, place.cell) for raw, place in cells if not is_blank(raw)]

    def _id(self, id_: str) -> Value:
        """A number where the column has numbers, so that the clerk's look-ups still match."""
        return Decimal(id_) if self._numeric_ids and _WHOLE.fullmatch(id_) else id_

    @cached_property
    def _numeric_ids(self) -> bool:
        raws = (line.row.cell("employee")[0] for line in reversed(self.sheet.lines))
        return isinstance(next((raw for raw in raws if not is_blank(raw)), None), int | float)


def as_cell(value: Decimal, unit: Unit) -> Value:
    """A figure as a cell holds it: a day where it is one."""
    return DAY_0 + dt.timedelta(days=int(value)) if unit is Unit.DATE else value


def _is_day(raw: object) -> bool:
    """A date, or the bare number of one."""
    serial = isinstance(raw, int | float) and FIRST_SERIAL - OFFSET_1904 <= raw <= LAST_SERIAL
    return isinstance(raw, dt.date) or serial


def _is_digits(raw: object) -> bool:
    """202611 as a number."""
    return isinstance(raw, int | float) and len(written_text(raw)) == len("202611")
