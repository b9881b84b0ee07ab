"""The master workbook's sheet of targets and actuals, and figures put into it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from xladdin.domain.people import Period, day_number
from xladdin.domain.quantities import Unit
from xladdin.intake.exports.figures import Item, Measured, items_of
from xladdin.intake.exports.reading import months_in
from xladdin.intake.grids import column_letters
from xladdin.intake.master.content import Content
from xladdin.intake.master.lines import Sheet
from xladdin.intake.numbers import read_number
from xladdin.intake.tables import Row
from xladdin.intake.text import is_blank, shown, written_text
from xladdin.ooxml.addresses import position
from xladdin.patch.appending import append
from xladdin.patch.cells import Value
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.styles import Shown
from xladdin.patch.workbook import Workbook
from xladdin.problems import Place, Problem, warning

Key = tuple[str, str, str]
FINAL, PROVISIONAL = "最终", "暂定"
SHOWN = {Unit.PERCENT: Shown.PERCENT, Unit.DATE: Shown.DATE}
"""How a figure is shown; all the others as plain numbers."""
_WHOLE = re.compile(r"[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one figure: where it stands, what stood there before."""

    kind: Literal["added", "filled", "changed", "same", "kept"]
    place: Place
    employee: str
    indicator: str
    old: str
    new: str

    def as_json(self) -> dict[str, str]:
        fields = ("kind", "employee", "indicator", "old", "new")
        return {name: getattr(self, name) for name in fields} | {"place": str(self.place)}


class FigureSheet:
    """Rows by month, employee and indicator; cells are changed through the patch."""

    def __init__(self, book: Workbook, sheet: Sheet, content: Content) -> None:
        self.sheet, self.content = sheet, content
        self.patch = SheetPatch(book, sheet.grid.sheet)
        self.problems: list[Problem] = []
        self._people = {employee.id: employee for employee in content.employees}
        self._measures: dict[str, dict[str, Item]] = {}

    def put(
        self, lines: Sequence[Measured], state: str, progress: Callable[[int, int, str], None]
    ) -> list[Change]:
        """Write every figure into its row, or a new one; RefusedError where there is no room."""
        self._check_columns()
        fresh = [line for line in lines if line.key not in self._rows]
        changes = [
            change
            for line in lines
            if line.key in self._rows
            for change in [self._update(line, self._rows[line.key], state)]
            if change is not None
        ]
        changes += self._append(fresh, state)
        progress(len(lines), len(lines), "写入")
        return changes

    def _check_columns(self) -> None:
        for key in ("state", "origin"):
            if key not in self.sheet.head.columns:
                column = self.sheet.spec.column(key)
                message = f"没有「{column.head}」列，{column.head}没有写入"
                place = self.sheet.grid.place(self.sheet.head.row)
                self.problems.append(warning("column_missing", message, place))

    @cached_property
    def _rows(self) -> dict[Key, list[Row]]:
        """The rows of every month, employee and indicator; more than one is a fault."""
        found: dict[Key, list[Row]] = {}
        for line in self.sheet:
            key = self._key(line.row)
            if key is not None:
                found.setdefault(key, []).append(line.row)
        return found

    def _key(self, row: Row) -> Key | None:
        months = months_in(written_text(row.cell("period")[0]))
        employee = self._people.get(row.key("employee"))
        item = self._items(employee.id).get(row.key("indicator")) if employee else None
        if len(months) != 1 or employee is None or item is None:
            return None
        return months.pop(), employee.id, item.id

    def _items(self, employee: str) -> dict[str, Item]:
        if employee not in self._measures:
            scheme = self.content.scheme_of(self._people[employee])
            self._measures[employee] = items_of(scheme) if scheme else {}
        return self._measures[employee]

    def _update(self, line: Measured, rows: Sequence[Row], state: str) -> Change | None:
        row, place = rows[0], rows[0].where("actual")
        fault = self._fault(line, rows, place)
        if fault is not None:
            self.problems.append(fault)
            return None
        old, value = self._old(row, line.item.unit)
        if value == line.value and self._says(row, "state") == state:
            return self._change("same", line, place, old)
        if self._says(row, "state") == FINAL and state == PROVISIONAL:
            return self._keep(line, place, old, same=value == line.value)
        if value != line.value:
            self.patch.set(place.cell, line.value, SHOWN.get(line.item.unit, Shown.NUMBER))
        self._note(row.index + 1, line, state)
        return self._told(line, row, place, old, value)

    def _fault(self, line: Measured, rows: Sequence[Row], place: Place) -> Problem | None:
        """Why a row cannot be written to."""
        if len(rows) > 1:
            others = "、".join(str(row.where("actual")) for row in rows)
            message = (
                f"{line.employee.name}的「{line.item.name}」写了{len(rows)}行（{others}），没有写入"
            )
            return Problem("duplicate_actual", message, place)
        if self.patch.anchor(place.cell) != position(place.cell):
            return Problem("merged", f"实际值是合并的单元格，没有写入 {line.said}", place)
        if self.patch.is_formula(place.cell):
            message = f"实际值是公式，没有覆盖；导出表中是 {line.said}（{line.place}）"
            return warning("formula_kept", message, place)
        return None

    def _old(self, row: Row, unit: Unit) -> tuple[str, Decimal | None]:
        """What stands there, as text and as a figure."""
        raw, _ = row.cell("actual")
        return ("" if is_blank(raw) else shown(raw)), read_number(raw, unit).value

    def _says(self, row: Row, name: str) -> str:
        return row.text(name) if name in self.sheet.head.columns else ""

    def _change(self, kind: Any, line: Measured, place: Place, old: str) -> Change:
        return Change(kind, place, line.employee.id, line.item.name, old, line.said)

    def _keep(self, line: Measured, place: Place, old: str, *, same: bool) -> Change:
        if not same:
            message = f"已是最终数据{old}，没有用暂定的 {line.said}（{line.place}）覆盖"
            self.problems.append(warning("final_kept", message, place))
        return self._change("kept", line, place, old)

    def _told(
        self, line: Measured, row: Row, place: Place, old: str, value: Decimal | None
    ) -> Change:
        if value == line.value:
            return self._change("same", line, place, old)
        if not old:
            return self._change("filled", line, place, old)
        origin = self._says(row, "origin")
        source = f"原来从「{origin}」导入" if origin else "原来是手填的"
        message = f"{line.employee.name}的「{line.item.name}」由{old}改为 {line.said}（{source}）"
        self.problems.append(warning("value_changed", message, place))
        return self._change("changed", line, place, old)

    def _note(self, number: int, line: Measured, state: str) -> None:
        """Whether the figure is final, and where it comes from."""
        for name, text in (("state", state), ("origin", _origin(line))):
            if name in self.sheet.head.columns:
                self.patch.set(f"{self._letters(name)}{number}", text)

    def _letters(self, name: str) -> str:
        return column_letters(self.sheet.head.columns[name][0])

    def _append(self, lines: Sequence[Measured], state: str) -> list[Change]:
        written = [self._line(line, state) for line in lines]
        rows = append(self.patch, self.sheet.head.row + 1, written)
        changes = []
        for number, line in zip(rows, lines, strict=True):
            self._show(number, line)
            place = self.sheet.grid.place(number - 1, self.sheet.head.columns["actual"][0])
            changes.append(self._change("added", line, place, ""))
        return changes

    def _line(self, line: Measured, state: str) -> dict[str, Value]:
        values: dict[str, Value] = {
            "period": self._period(line.period),
            "employee": self._id(line.employee.id),
            "name": line.employee.name,
            "indicator": line.item.name,
            "actual": line.value,
            "state": state,
            "origin": _origin(line),
        }
        there = self.sheet.head.columns
        return {self._letters(name): value for name, value in values.items() if name in there}

    def _show(self, number: int, line: Measured) -> None:
        """Also the target that somebody will type: 145000 in a cell for percentages is 1450."""
        as_ = SHOWN.get(line.item.unit, Shown.NUMBER)
        for name in ("actual", "target"):
            if name in self.sheet.head.columns:
                self.patch.show(f"{self._letters(name)}{number}", as_)

    def _period(self, period: Period) -> Value:
        """As the column has it: Excel makes a date of a typed 2026-11."""
        raw = self._last("period")
        if isinstance(raw, dt.date):
            return day_number(dt.date(period.year, period.month, 1))
        return str(period)

    def _id(self, id_: str) -> Value:
        """A number where the column has numbers, so that the clerk's look-ups still match."""
        numeric = isinstance(self._last("employee"), int | float)
        return Decimal(id_) if numeric and _WHOLE.fullmatch(id_) else id_

    def _last(self, name: str) -> object:
        raws = (line.row.cell(name)[0] for line in reversed(self.sheet.lines))
        return next((raw for raw in raws if not is_blank(raw)), None)


def _origin(line: Measured) -> str:
    return f"{line.file}：{line.column}"
