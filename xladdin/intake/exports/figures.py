"""Figures out of the cells of an export, in the units of the indicators."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import Unit, facts, written
from xladdin.domain.schemes import Scheme
from xladdin.intake.headers import header_key
from xladdin.intake.month_writings import Days
from xladdin.intake.numbers import MISSING_MARKS, bare_number
from xladdin.intake.scheme_items import Item, items_of
from xladdin.intake.stated_figures import UNSURE, PercentCell, read_figure, unsure_percents
from xladdin.intake.stated_units import NOTHING, beside, convertible
from xladdin.intake.tables import Row
from xladdin.intake.text import key_text, narrow, shown, written_text
from xladdin.problems import Place, Problem, warning

from .aggregation import ZERO
from .export_columns import Column, parts_of, unit_of
from .mapping import COUNTS, HOW_LABELS, TWO_COLUMNS, How, Mapping
from .pivot_heads import misfit
from .row_conditions import condition_of
from .units import beside_cell, note_of, unit_named

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
    target: Decimal | None = None
    """What was to be reached, where that is to be filled in, too."""
    self_rating: Decimal | None = None
    """What people gave themselves, where that is to be filled in, too."""

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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an export that is about somebody."""

    employee: Employee
    days: Days | None
    """Of which days of the month; None: of all."""
    account: str
    """As whom the export knows the person; some have several accounts."""
    row: tuple[str, str, int]
    """File, sheet and row."""
    same: int
    """The same for lines whose cells are all the same."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a line says of an indicator: the figure, or a part of it."""

    line: Line
    item: Item
    mapping: Mapping
    column: str
    """The head of its column."""
    place: Place
    value: Decimal | None
    """None: there should be one, and it cannot be read."""
    second: Decimal | None = None
    """What it weighs or is divided by; None where that is not known."""
    text: str = ""
    """Of what is counted once only: what it is."""


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
    _shares: dict[tuple[str, str, str], _Share] = field(default_factory=dict)

    def read(
        self, row: Row, line: Line, columns: Sequence[Column], doubts: Collection[Place] = ()
    ) -> list[Part]:
        """What one line says; ``doubts``: cells that cannot be told beside the others."""
        items = self._items_of(row, line.employee)
        found = [self._cell(row, line, column, items, doubts) for column in columns if items]
        return [part for parts in found for part in parts]

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
        self,
        row: Row,
        line: Line,
        column: Column,
        items: dict[str, Item],
        doubts: Collection[Place],
    ) -> list[Part]:
        asked = [(m, items[key]) for m in column.targets if (key := key_text(m.target)) in items]
        if not asked:
            self.unasked += 1
        place = row.where(column.field)
        found = []
        for said, item in asked:
            if self._unfit(column, said, item, row):
                continue
            counted = column.pivot is How.COUNT  # by the pivot table
            mapping = replace(said, how=How.SUM, condition="") if counted else said
            part = Part(line, item, mapping, column.head, place, None)
            read = self._said(row, column, mapping, item) if place not in doubts else _UNREAD
            if read is not None:
                found.append(replace(part, value=read[0], second=read[1], text=read[2]))
        return found

    def _unfit(self, column: Column, mapping: Mapping, item: Item, row: Row) -> bool:
        """Whether a column cannot be of an indicator; told once for both."""
        raw, place = row.cell(column.field)
        why, code = "", "unit_differs"
        if column.pivot and (why := misfit(column.pivot, mapping.how, item.name, item.unit)):
            why = f"「{column.head}」：{why}，没有导入；请检查透视表和“导入对照”表的汇总方式"
            code = "pivot_differs"
        elif not column.pivot or column.pivot is not How.COUNT:
            unit = _unit_made(column, mapping, item.unit)
            # A cell with a unit of its own (95%) needs none of its column.
            bare = mapping.how in COUNTS or bare_number(raw) is not None
            if bare and not convertible(unit, item.unit):
                made = f"按{HOW_LABELS[mapping.how]}是" if mapping.how in COUNTS else "的单位是"
                why = (
                    f"「{column.head}」{made}{facts(unit).label}，指标「{item.name}」的单位是"
                    f"{facts(item.unit).label}，没有导入；请检查“导入对照”表"
                )
        if why and (column.field, item.id) not in self._refused:
            self._refused.add((column.field, item.id))
            self.problems.append(Problem(code, why, place))
        return bool(why)

    def _said(self, row: Row, column: Column, mapping: Mapping, item: Item) -> _Said | None:
        """Figure, second figure and text of a cell; None where it says nothing."""
        readable, counts = self._counts(row, column, mapping)
        if not readable:
            return _UNREAD
        if mapping.how in COUNTS:
            return self._counted(row, column, mapping, counts)
        if not counts:
            return (ZERO, ZERO, "") if mapping.how is How.SUM else None
        return self._measured(row, column, mapping, item)

    def _counts(self, row: Row, column: Column, mapping: Mapping) -> tuple[bool, bool | None]:
        """Whether a line's condition can be read (told where not), and whether it is met;
        None where its cell says nothing.
        """
        condition = condition_of(mapping.condition) if mapping.condition else None
        if condition is None:
            return True, True
        name = header_key(condition.column) if condition.column else column.field
        raw, place = row.cell(name)
        unit = unit_named(note_of(row.head.label(name)), mapping.unit or Unit.NUMBER)
        unit = unit or (mapping.unit if mapping.unit not in (None, Unit.PERCENT) else Unit.NUMBER)
        unit = Unit.PERCENT if condition.percent else unit or Unit.NUMBER
        # Of a column of which no unit is known the figures are as they stand.
        near = NOTHING if unit is Unit.NUMBER else beside(row, name, unit)
        holds, reading = condition.holds(raw, unit, near)
        if reading.guess:
            said = (reading.guess, place)
            self._guesses.setdefault((row.head.label(name), reading.code), []).append(said)
        if holds is None and not _is_missing(raw):
            message = f"{shown(raw)}不知道是不是「{condition.said}」，这里应为数字"
            self.problems.append(Problem("number", message, place))
            return False, None
        if mapping.how in COUNTS:
            share = self._shares.setdefault((column.head, mapping.target, condition.said), _Share())
            share.note(holds, raw, place)
        return True, holds

    def _counted(
        self, row: Row, column: Column, mapping: Mapping, counts: bool | None
    ) -> _Said | None:
        raw, _ = row.cell(column.field)
        if mapping.how is How.SHARE:
            if counts is None:
                self.blank += 1
                return None
            return (Decimal(counts), None, "")
        counts = bool(counts) and not _is_missing(raw)
        return (Decimal(counts), None, key_text(raw) if counts else "")

    def _measured(self, row: Row, column: Column, mapping: Mapping, item: Item) -> _Said | None:
        fields = (column.field, *column.others)
        divided = mapping.how is How.RATIO and item.unit is Unit.PERCENT
        # What is divided is counted; what comes of it is the percentage.
        unit = unit_of(column, mapping, item.unit) if divided else item.unit
        values = self._added(row, fields, unit, column.head, None if divided else mapping.unit)
        second = self._second(row, mapping)
        if values is None:
            return None if not second else _UNREAD
        if values is _BAD:
            return _UNREAD
        if mapping.how is How.RATIO:
            if second is None:
                message = f"「{mapping.by}」没有填，「{column.head}」不能除"
                self.problems.append(Problem("number", message, row.where(column.field)))
                return _UNREAD
            return (values, second, "")
        return (values, second, "")

    def _added(
        self, row: Row, fields: Sequence[str], unit: Unit, head: str, noted: Unit | None = None
    ) -> Decimal | None:
        """The sum of some cells; None for blank ones, ``_BAD`` for what cannot be read.

        ``noted``: the unit that the company has noted for their columns.
        """
        cells = [self._number(row, name, unit, head, noted) for name in fields]
        if any(cell is _BAD for cell in cells):
            return _BAD
        if all(cell is None for cell in cells):
            return None
        if any(cell is None for cell in cells):
            empty = fields[cells.index(None)]
            message = f"「{row.head.label(empty)}」没有填，「{head}」加不起来"
            self.problems.append(Problem("number", message, row.where(empty)))
            return _BAD
        return sum((cell for cell in cells if cell is not None), ZERO)

    def _second(self, row: Row, mapping: Mapping) -> Decimal | None:
        """What a line weighs or is divided by; None where it does not say so."""
        if mapping.how not in TWO_COLUMNS:
            return None
        fields = [header_key(part) for part in parts_of(mapping.by)]
        if not fields or any(len(row.head.columns.get(name, ())) != 1 for name in fields):
            return None
        unit = unit_named(note_of(row.head.label(fields[0])), Unit.NUMBER) or Unit.NUMBER
        found = self._added(row, fields, unit, mapping.by)
        return None if found is _BAD else found

    def _number(
        self, row: Row, name: str, unit: Unit, head: str, noted: Unit | None
    ) -> Decimal | None:
        raw, place = row.cell(name)
        near = beside_cell(row, name, unit, noted)
        reading = read_figure(raw, unit, near, date1904=row.grid.date1904)
        if reading.problem:
            self.problems.append(Problem("number", reading.problem, place))
            return _BAD
        if reading.guess:
            self._guesses.setdefault((head, reading.code), []).append((reading.guess, place))
        elif reading.value is None:
            self.blank += 1
        return reading.value

    def guesses(self) -> list[Problem]:
        """One warning for a column, however many of its cells were guessed at."""
        found = []
        for (head, code), said in self._guesses.items():
            guess, place = said[0]
            more = f"；「{head}」列共{len(said)}格是这样读的" if len(said) > 1 else ""
            found.append(warning(code, f"{guess}{more}", place))
        return found

    def unmet(self) -> list[Problem]:
        """Conditions that no line meets, most likely misspelt."""
        found = []
        for (head, target, condition), share in self._shares.items():
            if not share.met and share.place and share.seen:
                seen = "、".join(f"「{word}」" for word in share.seen)
                message = (
                    f"「{head}」的条件「{condition}」没有一行满足，看到的是{seen}；"
                    f"「{target}」按 0 算，请核对“导入对照”表里的条件"
                )
                found.append(warning("condition_unmet", message, share.place))
        return found


_Said = tuple[Decimal | None, Decimal | None, str]
_UNREAD: _Said = (None, None, "")
_BAD = Decimal("NaN")
"""Stands for a cell that cannot be read; told by identity."""
_MOST_SEEN, _MOST_LISTED = 4, 5


@dataclass(slots=True)
class _Share:
    """What became of a condition."""

    met: bool = False
    place: Place | None = None
    seen: dict[str, None] = field(default_factory=dict)

    def note(self, holds: bool | None, raw: object, place: Place) -> None:
        self.met = self.met or bool(holds)
        self.place = self.place or place
        if holds is False and len(self.seen) < _MOST_SEEN:
            self.seen[written_text(raw)[:20]] = None


def _is_missing(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and narrow(raw).upper() in MISSING_MARKS - {"无"})


def _unit_made(column: Column, mapping: Mapping, wanted: Unit) -> Unit:
    """The unit of what a mapping makes of a column."""
    if mapping.how is How.SHARE:
        return Unit.PERCENT
    if mapping.how in COUNTS:
        return Unit.TIMES
    if mapping.how is How.RATIO and wanted is Unit.PERCENT:
        return wanted
    return unit_of(column, mapping, wanted)


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

    The same figure out of two files is one export given twice.  Two rows of one file of which
    nobody said how they go together may be two days', to be added up, or two shops'.
    """
    groups: dict[tuple[str, str, str], list[Measured]] = {}
    for line in lines:
        groups.setdefault(line.key, []).append(line)
    kept, problems = [], []
    for found in groups.values():
        why = _unsettled(found)
        if why:
            first = found[0]
            listed = "、".join(f"{line.said}（{line.place}）" for line in found[:_MOST_LISTED])
            more = "等" if len(found) > _MOST_LISTED else ""
            message = (
                f"{first.employee.name}的「{first.item.name}」{why}，都没有导入：{listed}{more}"
            )
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
