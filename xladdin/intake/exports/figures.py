"""Figures out of the cells of an export, in the units of the indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import Unit, facts, written
from xladdin.domain.schemes import Scheme
from xladdin.intake.numbers import read_number
from xladdin.intake.scheme_items import Item, items_of
from xladdin.intake.tables import Row
from xladdin.intake.text import key_text, narrow, shown
from xladdin.problems import Place, Problem, warning

from .export_columns import Column, unit_of
from .units import converted, convertible

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
    _guesses: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)
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
            value = self._value(row, column, unit_of(column, mapping, item.unit), item)
            if value is not None:
                found.append(
                    Measured(self.period, employee, item, value, place, where, column.head)
                )
        return found

    def _value(self, row: Row, column: Column, unit: Unit, item: Item) -> Decimal | None:
        raw, place = row.cell(column.field)
        if not convertible(unit, item.unit):
            self._refuse(column, unit, item, place)
            return None
        reading = read_number(raw, unit, date1904=row.grid.date1904)
        if reading.problem:
            self.problems.append(Problem("number", reading.problem, place))
        elif reading.guess:
            self._guesses.setdefault(column.head, []).append((reading.guess, place))
        elif reading.value is None:
            self.blank += 1
        value = None if reading.value is None else converted(reading.value, unit, item.unit)
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
        for head, said in self._guesses.items():
            guess, place = said[0]
            more = f"；「{head}」列共{len(said)}格是这样读的" if len(said) > 1 else ""
            found.append(warning("number_guess", f"{guess}{more}", place))
        return found


def mixed_percents(rows: Iterable[Row], column: Column, unit: Unit) -> list[Problem]:
    """Bare 0.8 beside bare 64.1: 80% by itself, hardly so in this column."""
    if unit is not Unit.PERCENT:
        return []
    cells = [row.cell(column.field) for row in rows]
    bare = [(number, raw, place) for raw, place in cells if (number := _bare(raw)) is not None]
    if not any(number > 10 for number, *_ in bare):
        return []
    return [
        Problem(
            "number",
            f"{shown(raw)}没有百分号，同一列里别的数字像百分数，不知道是 0.x% 还是几十%，请带上百分号",
            place,
        )
        for number, raw, place in bare
        if 0 < number <= 1
    ]


def _bare(raw: object) -> Decimal | None:
    """A number without its sign; booleans and marks are none."""
    if isinstance(raw, bool):
        return None
    try:
        value = Decimal(narrow(raw) if isinstance(raw, str) else repr(raw))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


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
