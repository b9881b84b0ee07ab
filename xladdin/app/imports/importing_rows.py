"""The master workbook's sheet of targets and actuals, and figures put into it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit, plain
from xladdin.intake.decimals import snapped
from xladdin.intake.epochs import OFFSET_1904
from xladdin.intake.exports.figures import Measured
from xladdin.intake.grids import Grid
from xladdin.intake.month_writings import FIRST_SERIAL, LAST_SERIAL
from xladdin.intake.months import UNCLEAR, MonthColumn, may_name, month_of
from xladdin.intake.numbers import MISSING_MARKS
from xladdin.intake.scheme_items import Item, items_of
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.stated_units import beside
from xladdin.intake.tables import Row
from xladdin.intake.text import is_blank, narrow, shown, written_text
from xladdin.master.finding import find_sheets
from xladdin.master.lines import Notes, Sheet
from xladdin.master.people_sheets import FIGURES
from xladdin.ooxml.addresses import letters, position
from xladdin.patch.appending import append
from xladdin.patch.cell_elements import DAY_0, Value
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.style_part import Shown
from xladdin.patch.workbook import Workbook
from xladdin.problems import Place, Problem, warning

Key = tuple[str, str, str]
FINAL, PROVISIONAL = "最终", "暂定"
ZERO = Decimal(0)
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


def figures_sheet(file: str, grids: list[Grid]) -> tuple[Sheet | None, list[Problem]]:
    """The sheet of targets and actuals, wherever a clerk has put it; a problem in its place."""
    sheet = find_sheets(file, grids, Notes()).sheets.get(FIGURES.key)
    if sheet is not None:
        return sheet, []
    heads = "、".join(column.head for column in FIGURES.columns if column.required)
    message = f"没有找到「{FIGURES.name}」表（表头应有：{heads}），没有写入"
    return None, [Problem("sheet_missing", message, Place(file))]


class FigureSheet:
    """Rows by month, employee and indicator; cells are changed through the patch."""

    def __init__(self, book: Workbook, sheet: Sheet, company: Company) -> None:
        self.sheet, self.company = sheet, company
        self.patch = SheetPatch(book, sheet.grid.sheet)
        self.problems: list[Problem] = []
        self._measures: dict[str, dict[str, Item]] = {}
        self._months = MonthColumn((line.row for line in sheet), "period")
        self.written: list[tuple[Place, Measured]] = []
        """Every figure that is another one now, and its cell."""
        self._own: list[Change] = []
        """What became of the self-ratings."""

    def put(
        self, lines: Sequence[Measured], state: str, progress: Callable[[int, int, str], None]
    ) -> list[Change]:
        """Write every figure into its row, or a new one; RefusedError where there is no room."""
        self._check_columns()
        lines = self._own_taken([replace(line, value=held(line.value)) for line in lines])
        fresh = [line for line in lines if line.key not in self._rows and not self._unsure(line)]
        changes = [
            change
            for line in lines
            if line.key in self._rows
            for change in [self._update(line, self._rows[line.key], state)]
            if change is not None
        ]
        changes += self._append(fresh, state)
        changes += self._own
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
        for row, whose in self._whose:
            month = month_of(self._months.said(row), row.cell("period")[0])
            if isinstance(month, Period):
                found.setdefault((month, *whose), []).append(row)
        return found

    @cached_property
    def _whose(self) -> list[tuple[Row, tuple[str, str]]]:
        """The rows that tell employee and indicator, with both."""
        found = []
        for line in self.sheet:
            employee = self.company.people.get(line.row.key("employee"))
            item = self._items(employee.id).get(line.row.key("indicator")) if employee else None
            if employee and item:
                found.append((line.row, (employee.id, item.id)))
        return found

    @cached_property
    def _of_one(self) -> dict[tuple[str, str], list[Row]]:
        """Employee and indicator -> their rows, of whatever month."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row, whose in self._whose:
            found.setdefault(whose, []).append(row)
        return found

    def _unsure(self, line: Measured) -> bool:
        """Whether a row that may be of this month is already there, told where it is."""
        for row in self._of_one.get(line.key[1:], ()):
            raw, place = row.cell("period")
            if may_name(self._months.said(row), line.period):
                message = (
                    f"{line.employee.name}的「{line.item.name}」有一行的考核月份是{shown(raw)}，"
                    f"不知道是不是{line.period.label}，没有写入 {line.said}；请改成 {line.period}"
                )
                self.problems.append(Problem(UNCLEAR, message, place))
                return True
        return False

    def _items(self, employee: str) -> dict[str, Item]:
        if employee not in self._measures:
            scheme = self.company.scheme_of(self.company.people[employee])
            self._measures[employee] = items_of(scheme) if scheme else {}
        return self._measures[employee]

    def _update(self, line: Measured, rows: Sequence[Row], state: str) -> Change | None:
        row, place = rows[0], rows[0].where("actual")
        old, value = self._old(row, "actual", line.item.unit)
        fault = self._twice(line, rows, place)
        # What stands beside the actual is written whether the actual is another one or not.
        more = fault is None and (line := self._fill_own(row, line)).self_rating is not None
        more |= fault is None and self._fill_target(row, line)
        if more and value == line.value:
            self.written.append((place, line))
            return self._change("same", line, place, old)
        fault = fault or self._unwritable(line, place)
        if fault is not None:
            self.problems.append(fault)
            return None
        if value == line.value and self._says(row, "state") == state:
            return self._change("same", line, place, old)
        if self._says(row, "state") == FINAL and state == PROVISIONAL:
            return self._keep(line, place, old, same=value == line.value)
        if value != line.value:
            self.patch.set(place.cell, _value(line), SHOWN.get(line.item.unit, Shown.NUMBER))
            self.written.append((place, line))
        self._note(row.index + 1, line, state)
        return self._told(line, row, place, old, value)

    def _fill_target(self, row: Row, line: Measured) -> bool:
        """A target only where none is; whether it was written."""
        if line.target is None or not is_blank(row.raw("target")) or not self._takes_targets:
            return False
        place = row.where("target").cell
        if self.patch.is_formula(place):
            return False
        shown_as = SHOWN.get(line.item.unit, Shown.NUMBER)
        self.patch.set(place, _as_cell(line.target, line.item.unit), shown_as)
        return True

    @property
    def _takes_targets(self) -> bool:
        return "target" in self.sheet.head.columns

    def _twice(self, line: Measured, rows: Sequence[Row], place: Place) -> Problem | None:
        """That a figure has several rows."""
        if len(rows) == 1:
            return None
        others = "、".join(str(row.where("actual")) for row in rows)
        message = (
            f"{line.employee.name}的「{line.item.name}」写了{len(rows)}行（{others}），没有写入"
        )
        return Problem("duplicate_actual", message, place)

    def _unwritable(self, line: Measured, place: Place) -> Problem | None:
        """Why the cell of an actual cannot be written to."""
        if self.patch.anchor(place.cell) != position(place.cell):
            return Problem("merged", f"实际值是合并的单元格，没有写入 {line.said}", place)
        if self.patch.is_formula(place.cell):
            message = f"实际值是公式，没有覆盖；导出表中是 {line.said}（{line.place}）"
            return warning("formula_kept", message, place)
        return None

    def _own_taken(self, lines: Sequence[Measured]) -> list[Measured]:
        """The lines, without self-ratings where no column takes them."""
        count = sum(line.self_rating is not None for line in lines)
        if not count or self._takes_own:
            return [*lines]
        message = f"没有「自评」列，{count} 项自评没有写入；请加上这一列再收一次"
        place = self.sheet.grid.place(self.sheet.head.row)
        self.problems.append(warning("column_missing", message, place))
        return [replace(line, self_rating=None) for line in lines]

    @property
    def _takes_own(self) -> bool:
        return "self_rating" in self.sheet.head.columns

    def _fill_own(self, row: Row, line: Measured) -> Measured:
        """Write a self-rating into its row; the line, without it where nothing was written."""
        if line.self_rating is None:
            return line
        place = row.where("self_rating")
        old, value = self._old(row, "self_rating", line.item.unit)
        why = self._own_kept(row, place, value)
        if value == line.self_rating or why:
            if why:
                rating = f"{plain(line.self_rating)}（{line.place}）"
                message = f"「{line.item.name}」的自评{why}，没有写入 {rating}"
                self.problems.append(warning("self_rating_kept", message, place))
            return replace(line, self_rating=None)
        self.patch.set(place.cell, line.self_rating, Shown.NUMBER)
        self._own.append(_own_change("filled" if value is None else "changed", line, place, old))
        return line

    def _own_kept(self, row: Row, place: Place, value: Decimal | None) -> str:
        """Why the cell of a self-rating is left as it is."""
        if self.patch.is_formula(place.cell):
            return "那一格是公式"
        if self.patch.anchor(place.cell) != position(place.cell):
            return "那一格是合并的单元格"
        raw = row.raw("self_rating")
        if value is None and narrow(written_text(raw)).upper() not in MISSING_MARKS:
            return f"那一格写着{shown(raw)}"
        return ""

    def _old(self, row: Row, name: str, unit: Unit) -> tuple[str, Decimal | None]:
        """What stands there, as text and as a figure."""
        raw, _ = row.cell(name)
        value = read_figure(raw, unit, beside(row, name, unit), date1904=row.grid.date1904).value
        return ("" if is_blank(raw) else shown(raw)), value

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
        return letters(self.sheet.head.columns[name][0] + 1)

    def _append(self, lines: Sequence[Measured], state: str) -> list[Change]:
        written = [self._line(line, state) for line in lines]
        rows = append(self.patch, self.sheet.head.row + 1, written)
        changes = []
        for number, line in zip(rows, lines, strict=True):
            self._show(number, line)
            self._write_month(number, line.period)
            place = self.sheet.grid.place(number - 1, self.sheet.head.columns["actual"][0])
            self.written.append((place, line))
            changes.append(self._change("added", line, place, ""))
            if line.self_rating is not None:
                own = self.sheet.grid.place(number - 1, self.sheet.head.columns["self_rating"][0])
                self._own.append(_own_change("added", line, own, ""))
        return changes

    def _line(self, line: Measured, state: str) -> dict[str, Value]:
        values: dict[str, Value] = {
            "period": str(line.period),
            "employee": self._id(line.employee.id),
            "name": line.employee.name,
            "indicator": line.item.name,
            "actual": _value(line),
            "state": state,
            "origin": _origin(line),
        }
        if line.target is not None:
            values["target"] = _as_cell(line.target, line.item.unit)
        if line.self_rating is not None:
            values["self_rating"] = line.self_rating
        there = self.sheet.head.columns
        return {self._letters(name): value for name, value in values.items() if name in there}

    def _show(self, number: int, line: Measured) -> None:
        """Also the target that somebody will type: 145000 in a cell for percentages is 1450.

        The row looks like the one above, which may be of another unit: 3 in a cell for 分 are no 次.
        """
        as_ = SHOWN.get(line.item.unit, Shown.NUMBER)
        for name in ("actual", "target"):
            if name in self.sheet.head.columns:
                self.patch.show(f"{self._letters(name)}{number}", as_, bare=True)

    def _write_month(self, number: int, period: Period) -> None:
        """The month as its column has it, where that is not text."""
        place = f"{self._letters('period')}{number}"
        dated = self._dated
        if self._takes_dates(place, len(dated)):
            self.patch.set(place, dt.date(period.year, period.month, 1))
            models = [cell for raw, cell in dated if isinstance(raw, dt.date)]
            if models:
                self.patch.look_like(place, models[-1])
        elif self._in_digits:
            self.patch.set(place, Decimal(f"{period.year}{period.month:02d}"), Shown.NUMBER)

    def _takes_dates(self, place: str, dated: int) -> bool:
        """A column of dates goes on with dates; in a mixed one the cell above and its own format
        decide, in an empty one the format.
        """
        if not self._month_cells:
            return self.patch.is_date(place)
        if dated == len(self._month_cells):
            return True
        return _is_day(self._month_cells[-1][0]) and not self.patch.is_text(place)

    @cached_property
    def _month_cells(self) -> list[tuple[object, str]]:
        """The months that are there, with their cells."""
        cells = (line.row.cell("period") for line in self.sheet)
        return [(raw, place.cell) for raw, place in cells if not is_blank(raw)]

    @cached_property
    def _dated(self) -> list[tuple[object, str]]:
        """Those that are days."""
        return [(raw, cell) for raw, cell in self._month_cells if _is_day(raw)]

    @cached_property
    def _in_digits(self) -> bool:
        """Whether all of them are written as 202611."""
        cells = self._month_cells
        return bool(cells) and all(_is_digits(raw) for raw, _ in cells)

    def _id(self, id_: str) -> Value:
        """A number where the column has numbers, so that the clerk's look-ups still match."""
        numeric = isinstance(self._last("employee"), int | float)
        return Decimal(id_) if numeric and _WHOLE.fullmatch(id_) else id_

    def _last(self, name: str) -> object:
        raws = (line.row.cell(name)[0] for line in reversed(self.sheet.lines))
        return next((raw for raw in raws if not is_blank(raw)), None)


def _own_change(
    kind: Literal["added", "filled", "changed"], line: Measured, place: Place, old: str
) -> Change:
    """What became of a self-rating."""
    new = plain(line.self_rating or ZERO)
    return Change(kind, place, line.employee.id, f"{line.item.name}（自评）", old, new)


def held(value: Decimal) -> Decimal:
    """A figure as a cell can hold it: 15 to 17 digits of it."""
    return snapped(Decimal(repr(float(value))))


def _value(line: Measured) -> Value:
    """What goes into the cell of the actual."""
    return _as_cell(line.value, line.item.unit)


def _as_cell(value: Decimal, unit: Unit) -> Value:
    """A figure as a cell holds it: a day where it is one."""
    return DAY_0 + dt.timedelta(days=int(value)) if unit is Unit.DATE else value


def _is_day(raw: object) -> bool:
    """A date, or the bare number of one."""
    serial = isinstance(raw, int | float) and FIRST_SERIAL - OFFSET_1904 <= raw <= LAST_SERIAL
    return isinstance(raw, dt.date) or serial


def _is_digits(raw: object) -> bool:
    """202611 as a number."""
    return isinstance(raw, int | float) and len(written_text(raw)) == len("202611")


def _origin(line: Measured) -> str:
    return f"{line.file}：{line.column}"
