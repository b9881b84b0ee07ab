"""Figures out of the cells of an export, in the units of the indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import Unit, facts, written
from xladdin.domain.schemes import Scheme
from xladdin.intake.numbers import bare_number
from xladdin.intake.scheme_items import Item, items_of
from xladdin.intake.stated_figures import UNSURE, PercentCell, read_figure, unsure_percents
from xladdin.intake.stated_units import convertible
from xladdin.intake.tables import Row
from xladdin.intake.text import key_text
from xladdin.problems import Place, Problem, warning

from .export_columns import Column, unit_of
from .mapping import Mapping
from .units import beside_cell

SchemeOf = Callable[[Employee], Scheme | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure that an export states."""

    period: Period
    employee: Employee
    item: Item
    value: Decimal
    place: Place
    row: tuple[str, str, int]
    """File, sheet and row."""
    column: str
    """The head of its column."""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.period, self.employee.id, self.item.id

    @property
    def said(self) -> str:
        """The figure with its unit."""
        return written(self.value, self.item.unit)

    @property
    def file(self) -> str:
        return self.row[0]


@dataclass(slots=True)
class Reader:
    """Reads the cells of one file's lines."""

    period: Period
    scheme_of: SchemeOf
    problems: list[Problem] = field(default_factory=list)
    blank: int = 0
    """Cells that hold no figure (``-``)."""
    unasked: int = 0
    """Figures that the employee's scheme does not ask for."""
    _items: dict[str, dict[str, Item]] = field(default_factory=dict)
    _guesses: dict[tuple[str, str], list[tuple[str, Place]]] = field(default_factory=dict)
    _refused: set[tuple[str, str]] = field(default_factory=set)

    def read(self, row: Row, employee: Employee, columns: Sequence[Column]) -> list[Measured]:
        """The figures of one line."""
        items = self._items_of(row, employee)
        found = [self._cell(row, employee, column, items) for column in columns] if items else []
        return [line for lines in found for line in lines]

    def _items_of(self, row: Row, employee: Employee) -> dict[str, Item]:
        if employee.id not in self._items:
            scheme = self.scheme_of(employee)
            self._items[employee.id] = items_of(scheme) if scheme else {}
            if scheme is None:
                message = f"{employee.name}（岗位「{employee.position}」）没有考核方案，没有导入"
                self.problems.append(warning("no_scheme", message, row.place))
        return self._items[employee.id]

    def asks_percent(self, column: Column, employees: Iterable[Employee]) -> bool:
        """Whether a column is of a percentage in the scheme of anybody."""
        noted = [m for m in column.targets if m.unit in (None, Unit.PERCENT)]
        return any(
            known.unit is Unit.PERCENT
            for employee in (employees if noted else ())
            for items in [self._known(employee)]
            for mapping in noted
            if (known := items.get(key_text(mapping.target)))
        )

    def _known(self, employee: Employee) -> dict[str, Item]:
        scheme = self.scheme_of(employee)
        return items_of(scheme) if scheme else {}

    def _cell(
        self, row: Row, employee: Employee, column: Column, items: dict[str, Item]
    ) -> list[Measured]:
        asked = [(m, items[key]) for m in column.targets if (key := key_text(m.target)) in items]
        if not asked:
            self.unasked += 1
        place = row.where(column.field)
        where = (row.grid.file, row.grid.sheet, row.index)
        found = []
        for mapping, item in asked:
            value = self._value(row, column, mapping, item)
            if value is not None:
                found.append(
                    Measured(self.period, employee, item, value, place, where, column.head)
                )
        return found

    def _value(self, row: Row, column: Column, mapping: Mapping, item: Item) -> Decimal | None:
        raw, place = row.cell(column.field)
        unit = unit_of(column, mapping, item.unit)
        # A cell with a unit of its own (95%) needs none of its column.
        if not convertible(unit, item.unit) and bare_number(raw) is not None:
            self._refuse(column, unit, item, place)
            return None
        near = beside_cell(row, column.field, item.unit, mapping.unit)
        reading = read_figure(raw, item.unit, near, date1904=row.grid.date1904)
        if reading.problem:
            self.problems.append(Problem("number", reading.problem, place))
        elif reading.guess:
            self._guesses.setdefault((column.head, reading.code), []).append((reading.guess, place))
        elif reading.value is None:
            self.blank += 1
        value = reading.value
        if value is not None and (beyond := item.beyond(value)):
            self.problems.append(Problem("points_beyond", f"{beyond}，没有导入", place))
            return None
        return value

    def _refuse(self, column: Column, unit: Unit, item: Item, place: Place) -> None:
        """Once for a column and an indicator."""
        if (column.field, item.id) not in self._refused:
            self._refused.add((column.field, item.id))
            message = (
                f"「{column.head}」的单位是{facts(unit).label}，指标「{item.name}」的单位是"
                f"{facts(item.unit).label}，没有导入；请检查“导入对照”表"
            )
            self.problems.append(Problem("unit_differs", message, place))

    def guesses(self) -> list[Problem]:
        """One warning for a column, however many of its cells were guessed at."""
        found = []
        for (head, code), said in self._guesses.items():
            guess, place = said[0]
            more = f"；「{head}」列共{len(said)}格是这样读的" if len(said) > 1 else ""
            found.append(warning(code, f"{guess}{more}", place))
        return found


def mixed_percents(
    rows: Iterable[Row], columns: Iterable[Column], asks_percent: Callable[[Column], bool]
) -> list[Problem]:
    """Columns of percentages whose bare figures differ in kind: none of these is read."""
    rows, problems = list(rows), []
    for column in columns:
        name, noted = column.field, column.targets[0].unit
        unsure = unsure_percents(
            PercentCell(name, *row.cell(name), beside_cell(row, name, Unit.PERCENT, noted))
            for row in rows
        )
        if unsure and asks_percent(column):
            problems += [Problem(UNSURE, why, place) for place, why in unsure.items()]
    return problems


def settled(lines: Iterable[Measured]) -> tuple[list[Measured], list[Problem]]:
    """One figure for each person and indicator; where it is not clear which, none.

    The same figure out of two files is one export given twice.  Out of two rows of one file it
    may be two days', to be added up, or two shops'.
    """
    groups: dict[tuple[str, str, str], list[Measured]] = {}
    for line in lines:
        groups.setdefault(line.key, []).append(line)
    kept, problems = [], []
    for found in groups.values():
        why = _unsettled(found)
        if why:
            first = found[0]
            listed = "、".join(f"{line.said}（{line.place}）" for line in found)
            message = f"{first.employee.name}的「{first.item.name}」{why}，都没有导入：{listed}"
            problems.append(Problem("figures_differ", message, first.place))
        else:
            kept.append(found[0])
    return kept, problems


def _unsettled(found: Sequence[Measured]) -> str:
    if any(line.value != found[0].value for line in found):
        return f"有{len(found)}处，数字不一样"
    rows = {line.row for line in found}
    if len(rows) > len({line.file for line in found}):
        return f"有{len(rows)}行，不知道是重复还是应该相加"
    return ""
