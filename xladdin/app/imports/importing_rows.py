"""The master workbook's sheet of targets and actuals, and figures put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from xladdin.company.company import Company
from xladdin.company.figure_states import FINAL, PROVISIONAL
from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import Unit, plain
from xladdin.intake.decimals import snapped
from xladdin.intake.exports.figures import Measured
from xladdin.intake.grids import Grid
from xladdin.intake.months import UNCLEAR, may_name, month_of
from xladdin.intake.numbers import MISSING_MARKS
from xladdin.intake.scheme_items import Item, items_of
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.stated_units import beside
from xladdin.intake.tables import Row
from xladdin.intake.text import is_blank, narrow, shown, written_text
from xladdin.master.finding import find_sheets
from xladdin.master.lines import Notes, Sheet
from xladdin.master.people_sheets import FIGURES
from xladdin.ooxml.addresses import position
from xladdin.patch.cell_elements import Value
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.style_part import Shown
from xladdin.patch.workbook import Workbook
from xladdin.problems import Place, Problem, warning

from .figure_cells import SHOWN, FigureCells, NewRow, as_cell

Key = tuple[str, str, str]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one figure: where it stands, what stood there before."""

    kind: Literal["added", "filled", "changed", "same", "kept"]
    place: Place
    employee: str
    indicator: str
    old: str
    new: str
    settled: bool = False
    """Whether it was provisional and is final now."""

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


@dataclass(frozen=True, slots=True)
class Aim:
    """What a row is to be of."""

    period: Period
    employee: Employee
    item: Item


class FigureSheet:
    """Rows by month, employee and indicator; cells are changed through the patch."""

    def __init__(self, book: Workbook, sheet: Sheet, company: Company) -> None:
        self.sheet, self.company = sheet, company
        self.patch = SheetPatch(book, sheet.grid.sheet)
        self.problems: list[Problem] = []
        self._measures: dict[str, dict[str, Item]] = {}
        self.cells = FigureCells(self.patch, sheet)
        self.written: list[tuple[Place, Measured]] = []
        """Every figure that is another one now, and its cell."""
        self._own: list[Change] = []
        """What became of the self-ratings."""

    def put(
        self, lines: Sequence[Measured], state: str, progress: Callable[[int, int, str], None]
    ) -> list[Change]:
        """Write every figure into its row, or a new one; RefusedError where there is no room."""
        self._check_columns()
        self._own = []
        lines = self._own_taken([replace(line, value=held(line.value)) for line in lines])
        fresh = [
            line
            for line in lines
            if line.key not in self._rows and not self._unsure(line, f"没有写入 {line.said}")
        ]
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
            month = month_of(self.cells.months.said(row), row.cell("period")[0])
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

    def lacking(self, wanted: Iterable[Aim]) -> list[Aim]:
        """Those of which there is no row, nor one that may be of that month: that is told."""
        return [
            aim
            for aim in wanted
            if (aim.period, aim.employee.id, aim.item.id) not in self._rows
            and not self._unsure(aim, "没有加一行")
        ]

    def strangers(self, period: Period) -> Iterator[tuple[str, Place]]:
        """Rows of a month that name somebody's indicator and are not of their scheme: name and place."""
        for line in self.sheet:
            row = line.row
            employee = self.company.people.get(row.key("employee"))
            name = row.key("indicator")
            if employee is None or not name or name in self._items(employee.id):
                continue
            if month_of(self.cells.months.said(row), row.cell("period")[0]) == period:
                yield f"{employee.name}「{row.text('indicator')}」", row.where("indicator")

    def _unsure(self, line: Aim | Measured, kept: str) -> bool:
        """Whether a row that may be of this month is already there, told where it is."""
        for row in self._of_whom.get((line.employee.id, line.item.id), ()):
            raw, place = row.cell("period")
            if may_name(self.cells.months.said(row), line.period):
                message = (
                    f"{line.employee.name}的「{line.item.name}」有一行的考核月份是{shown(raw)}，"
                    f"不知道是不是{line.period.label}，{kept}；请改成 {line.period}"
                )
                self.problems.append(Problem(UNCLEAR, message, place))
                return True
        return False

    @cached_property
    def _of_whom(self) -> dict[tuple[str, str], list[Row]]:
        """The rows by employee and indicator."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row, whose in self._whose:
            found.setdefault(whose, []).append(row)
        return found

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
        settled = bool(old) and (self._says(row, "state"), state) == (PROVISIONAL, FINAL)
        self._note(row.index + 1, line, state)
        return replace(self._told(line, row, place, old, value), settled=settled)

    def _fill_target(self, row: Row, line: Measured) -> bool:
        """A target only where none is; whether it was written."""
        if line.target is None or not is_blank(row.raw("target")) or not self._takes_targets:
            return False
        place = row.where("target").cell
        if self.patch.is_formula(place):
            return False
        shown_as = SHOWN.get(line.item.unit, Shown.NUMBER)
        self.patch.set(place, as_cell(line.target, line.item.unit), shown_as)
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
                self.patch.set(f"{self.cells.letters(name)}{number}", text)

    def _append(self, lines: Sequence[Measured], state: str) -> list[Change]:
        rows = self.cells.append([self._line(line, state) for line in lines])
        changes = []
        for number, line in zip(rows, lines, strict=True):
            place = self.sheet.grid.place(number - 1, self.sheet.head.columns["actual"][0])
            self.written.append((place, line))
            changes.append(self._change("added", line, place, ""))
            if line.self_rating is not None:
                own = self.sheet.grid.place(number - 1, self.sheet.head.columns["self_rating"][0])
                self._own.append(_own_change("added", line, own, ""))
        return changes

    def _line(self, line: Measured, state: str) -> NewRow:
        values: dict[str, Value] = {
            "actual": _value(line),
            "state": state,
            "origin": _origin(line),
        }
        if line.target is not None:
            values["target"] = as_cell(line.target, line.item.unit)
        if line.self_rating is not None:
            values["self_rating"] = line.self_rating
        return NewRow(line.period, line.employee, line.item, values)


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
    return as_cell(line.value, line.item.unit)


def _origin(line: Measured) -> str:
    return f"{line.file}：{line.column}"
