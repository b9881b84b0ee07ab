"""Lines of figures, read cell by cell: everything that may be wrong with them is told here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from xladdin.domain.base import Loc
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Scheme
from xladdin.problems import Place, Problem, warning
from xladdin.schemes.faults import translate
from xladdin.schemes.load import Broken

from .doubtful_texts import text_problem
from .months import EXAMPLE, PART, UNREAD, Fault, MonthColumn, month_of, part_told
from .numbers import MISSING_MARKS
from .scheme_items import Item, items_of
from .stated_figures import UNSURE, PercentCell, read_figure, unsure_percents
from .stated_units import beside
from .table_rows import Row
from .text import clean_lines, is_blank, name_key, narrow, shown, written_text
from .unplaced_lines import Unplaced, meant

_REST_OF_FIGURE = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")

_NAMED = 5
"""People whom one message names."""

Key = tuple[str, str, str]


def is_rest(remark: str) -> bool:
    """Whether a remark is what a comma has cut off from a figure."""
    return _REST_OF_FIGURE.fullmatch(remark) is not None


def is_given(raw: object) -> bool:
    """Whether a cell that should be blank is not."""
    return not is_blank(raw) and narrow(written_text(raw)) not in MISSING_MARKS


@dataclass(slots=True)
class CarefulReader:
    """Reads lines one by one, and says of every cell what is wrong or doubtful about it."""

    employees: dict[str, Employee]
    scheme_of: Callable[[Employee], Scheme | None]
    broken_of: Callable[[Employee], Broken | None]
    months: MonthColumn
    items: dict[str, dict[str, Item] | None] = field(default_factory=dict)
    seen: dict[Key, Place] = field(default_factory=dict)
    newest: Period | None = None
    strangers: list[tuple[Row, Period | None]] = field(default_factory=list)
    """Lines of people whom the roster does not list, with their months."""
    unplaced: list[Unplaced] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsure: dict[Place, str] = field(default_factory=dict)
    """Cells that cannot be told beside the others of their column, and why."""

    def read(self, row: Row) -> Actual | None:
        """The line's figures, refused where something about them is an error.

        None where it is not known whose they are, of which indicator, or of which month.
        """
        before = len(self.problems)
        period = self._period(row)
        self.newest = max(filter(None, (self.newest, period)), default=None)
        employee = self._employee(row, period)
        item = self._item(row, employee) if employee else None
        if not (period and employee and item):
            if employee:
                self._unplaced(row, period, employee, item)
            return None
        self._check_repeated(row, (period, employee.id, item.id))
        self._check_shifted(row)
        figures = {name: self._figure(row, name, item.unit) for name in ("target", "actual")}
        figures["self_rating"] = self._self_rating(row, item)
        self._check_limits(row, item, **figures)
        known = {"period": period, "employee": employee.id, "indicator": item.id}
        made = None
        if not any(problem.is_error for problem in self.problems[before:]):
            made = self._actual(row, **known, **figures)
        entered = written_text(row.cell("actual")[0])
        return made or Actual.unusable(period, employee.id, item.id, entered)

    def _unplaced(
        self, row: Row, period: Period | None, employee: Employee, item: Item | None
    ) -> None:
        known = (self.items.get(employee.id) or {}).values()
        items = (item.id,) if item else meant(row.key("indicator"), known)
        said = row.cell("actual" if item else "indicator")[0]
        if not is_blank(row.cell("actual")[0]):
            line = Unplaced(employee.id, period, items, written_text(said))
            self.unplaced.append(line)

    def _fault(self, code: str, message: str, row: Row, name: str) -> None:
        self.problems.append(Problem(code, message, row.where(name)))

    def _period(self, row: Row) -> Period | None:
        if not row.key("period"):
            self._fault(UNREAD, f"没有填考核月份，{EXAMPLE}", row, "period")
            return None
        said, (raw, place) = self.months.said(row), row.cell("period")
        found = month_of(said, raw)
        if isinstance(found, Fault):
            self._fault(found.code, found.message, row, "period")
            return None
        if told := part_told(said, raw, found):
            self.problems.append(warning(PART, told, place))
        return found

    def _employee(self, row: Row, period: Period | None) -> Employee | None:
        key = row.key("employee")
        employee = self.employees.get(key)
        doubt = text_problem(*row.cell("employee"))
        self.problems += [doubt] if doubt else []
        if doubt and doubt.is_error:
            return None
        if not key:
            self._fault("missing_value", "没有填工号", row, "employee")
        elif employee is None:
            self.strangers.append((row, period))
        else:
            self._check_name(row, employee)
        return employee

    def tell_strangers(self) -> None:
        """Whoever is in no line of the newest month has left, and may have been taken off the
        roster; but a name that the roster has under another id is a slip."""
        names = {name_key(employee.name) for employee in self.employees.values()}
        former: dict[str, list[Place]] = {}
        for row, period in self.strangers:
            key, name = row.key("employee"), row.key("name")
            past = period is not None and self.newest is not None and period < self.newest
            if past and name_key(name) not in names:
                who = " ".join(part[:40] for part in (key, name) if part)
                former.setdefault(who, []).append(row.where("employee"))
            else:
                self._fault("unknown_employee", f"名册里没有工号「{key[:40]}」", row, "employee")
        self.problems += former_employees(former)

    def _check_name(self, row: Row, employee: Employee) -> None:
        name = row.key("name")
        if name and name_key(name) != name_key(employee.name):
            message = f"姓名写的是「{name[:30]}」，名册里工号 {employee.id} 是「{employee.name}」，按工号读"
            self.problems.append(warning("name_mismatch", message, row.where("name")))

    def _item(self, row: Row, employee: Employee) -> Item | None:
        key = row.key("indicator")
        known = self.asked_of(employee)
        if known is None:
            broken = self.broken_of(employee)
            why = f"（岗位「{employee.position}」）没有考核方案"
            if broken or employee.scheme:
                wrong = "有错误" if broken else "不存在"
                why = f"的考核方案「{broken.label if broken else employee.scheme}」{wrong}"
            self._fault("no_scheme", f"{employee.name}{why}，这一行没有用上", row, "employee")
            return None
        if key in known:
            return known[key]
        if not key:
            self._fault("missing_value", "没有填指标", row, "indicator")
        else:
            message = f"{employee.name}的考核方案里没有指标{shown(key)}"
            self._fault("unknown_indicator", message, row, "indicator")
        return None

    def _check_repeated(self, row: Row, key: Key) -> None:
        place = row.where("indicator")
        first = self.seen.setdefault(key, place)
        if first is not place:
            message = f"同一人、同一指标、同一月份写了两次，前面已有：{first}"
            self._fault("duplicate_actual", message, row, "indicator")

    def _check_limits(
        self,
        row: Row,
        item: Item,
        target: Decimal | None,
        actual: Decimal | None,
        self_rating: Decimal | None,
    ) -> None:
        for name, points in (("actual", actual), ("self_rating", self_rating)):
            if points is not None and (message := item.beyond(points)):
                self._fault("points_beyond", message, row, name)
        if target is not None and (message := item.aimless(target)):
            self._fault("negative_target", message, row, "target")

    def _check_shifted(self, row: Row) -> None:
        """``1,234.50`` without quotation marks in a text file: 1, and 234.50 for a remark."""
        remark = row.key("remark")
        if not row.grid.sheet and is_rest(remark):
            message = (
                f"备注只有数字「{remark}」，可能是前面的数字里有逗号，把这一行错开了；"
                '请给带逗号的数字加英文双引号，如 "1,234.50"'
            )
            self._fault("row_shifted", message, row, "remark")

    def _figure(self, row: Row, name: str, unit: Unit) -> Decimal | None:
        raw, place = row.cell(name)
        if place in self.unsure:
            self.problems.append(Problem(UNSURE, self.unsure[place], place))
            return None
        near = beside(row, name, unit)
        reading = read_figure(raw, unit, near, date1904=row.grid.date1904)
        if reading.problem:
            self.problems.append(Problem("number", reading.problem, place))
        if reading.guess:
            self.problems.append(warning(reading.code, reading.guess, place))
        return reading.value

    def _self_rating(self, row: Row, item: Item) -> Decimal | None:
        """What people gave themselves; told where nobody asks for it."""
        if item.of_self:
            return self._figure(row, "self_rating", item.unit)
        raw, place = row.cell("self_rating")
        if is_given(raw):
            told = f"「{item.name}」没有自评，填的自评没有用上"
            self.problems.append(warning("unused_value", told, place))
        return None

    def look_through(self, rows: Iterable[Row]) -> None:
        """See which percentages cannot be told beside the others of their column and month."""
        self.unsure = unsure_percents(cell for row in rows for cell in self._percents(row))

    def _percents(self, row: Row) -> Iterator[PercentCell]:
        employee = self.employees.get(row.key("employee"))
        item = (self.asked_of(employee) or {}).get(row.key("indicator")) if employee else None
        if item is None or item.unit is not Unit.PERCENT:
            return
        for name in ("target", "actual"):
            raw, place = row.cell(name)
            group = (row.grid.file, row.grid.sheet, name, item.name, row.key("period"))
            yield PercentCell(group, raw, place, beside(row, name, item.unit))

    def asked_of(self, employee: Employee) -> dict[str, Item] | None:
        """What an employee's scheme asks for; None without a scheme."""
        if employee.id not in self.items:
            scheme = self.scheme_of(employee)
            self.items[employee.id] = items_of(scheme) if scheme else None
        return self.items[employee.id]

    def _actual(self, row: Row, **values: Any) -> Actual | None:
        def locate(loc: Loc) -> Place:
            return row.where(str(loc[0])) if loc else row.place

        remark = clean_lines(written_text(row.cell("remark")[0]))
        try:
            return Actual(remark=remark, **values)
        except ValidationError as error:
            self.problems += translate(error, locate)
            return None


def former_employees(found: Mapping[str, Sequence[Place]]) -> list[Problem]:
    """One word for all lines of past months of people who are no longer listed.

    ``found``: who, and the places of their lines.
    """
    if not found:
        return []
    places = [place for lines in found.values() for place in lines]
    named = "、".join(list(found)[:_NAMED]) + ("等" if len(found) > _NAMED else "")
    message = (
        f"名册里已没有的 {len(found)} 人（{named}）以前月份的数据共 {len(places)} 行，没有用上；"
        "已离职的不用管，工号写错的请改正"
    )
    return [warning("former_employees", message, places[0])]
