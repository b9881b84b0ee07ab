"""The rows of a workbook, read and judged: the rules of the 检查 column, evaluated in Python.

A row is judged as its cells would stand if they were written as we write them: what was understood
in its usual form, what was not as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any

from xladdin.company.company_settings import MONTH_SETTING
from xladdin.domain.identifiers import made_id
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.formula.compiled import compiled
from xladdin.formula.evaluate import Value, text_of
from xladdin.formula.nodes import Expr, Var
from xladdin.formula.range_programs import Program
from xladdin.formula.walk import ranges, variables
from xladdin.intake.decimals import decimal_of
from xladdin.intake.months import PART, MonthColumn, month_of, part_told, said_by
from xladdin.intake.stated_figures import UNSURE, PercentCell, unsure_percents
from xladdin.intake.stated_units import NOTHING, Beside, beside
from xladdin.intake.text import is_error_value, name_key, narrow, written_text
from xladdin.layout.tables.values import Settled
from xladdin.problems import Place, Problem, Severity

from .all_sheets import SHEETS
from .cell_demands import Cells as CellRules
from .cell_kinds import (
    BLANK,
    NO,
    NUMBERS,
    Answer,
    CellValue,
    Kind,
    Row,
    is_empty,
    month_answer,
)
from .constraints import MISSING as LACKING
from .entry_rules import LISTS
from .finding import Book
from .lines import Line, Notes
from .list_sheet import lists_table, unit_in
from .people_sheets import FIGURES
from .row_formats import ALL_SETTINGS, kind_in, unit_column
from .setting_sheets import SETTINGS
from .sheet_spec import Column, Rule, SheetSpec
from .table_sheet import table_of

_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)%")
NARROWED = (Kind.TEXT, Kind.KEY, Kind.NAMES)
"""Kinds whose texts are compared with other cells."""
TEXTS = {
    spec.key: {column.key for column in spec.columns if column.kind in (Kind.TEXT, Kind.KEY)}
    for spec in SHEETS
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A row that was read: what its cells say, and what the workbook works out beside them."""

    line: Line
    index: int
    answers: Mapping[str, Answer]
    columns: Settled

    def get(self, key: str) -> Any:
        """What a cell says, or None where it says nothing or nothing that can be read."""
        return self.answers.get(key, BLANK).value

    def own_id(self, *made: str) -> str:
        """The id of what the row describes: as it is written, else as these columns make it."""
        return self.get("id") or made_id("".join(self.get(key) or "" for key in made or ("name",)))

    def computed(self, key: str) -> Value:
        return self.columns[f"{self.line.spec.key}.{key}"][self.index]

    def at(self, key: str) -> int:
        """Where (from 0) in another sheet the row stands to which a column points; -1: nowhere."""
        place = self.computed(key)
        return int(place) - 1 if isinstance(place, Decimal) else -1

    def where(self, key: str) -> Place:
        return self.line.where(key)

    def head(self, key: str) -> str:
        return self.line.spec.column(key).head


class Judge:
    """All rows of a workbook."""

    def __init__(self, book: Book, notes: Notes) -> None:
        self.book, self.notes = book, notes
        self._answers: dict[str, list[dict[str, Answer]]] = {}
        self._rows: dict[str, list[Row]] = {}
        self._months: dict[str, MonthColumn] = {}
        self._entries: dict[str, list[str]] = {}
        self._read_before: dict[tuple[object, ...], Answer] = {}
        for spec in SHEETS:
            lines, keys = book.lines(spec.key), _in_stages(spec)
            self._answers[spec.key] = [dict.fromkeys(keys, BLANK) for _ in lines]
            self._rows[spec.key] = [dict.fromkeys(keys) for _ in lines]
        tables = [table_of(spec, self._rows[spec.key], spare=0) for spec in SHEETS]
        self.columns = Settled((table, 0) for table in (*tables, lists_table()))
        for wanted in STAGES:
            for spec in SHEETS:
                for column in spec.columns:
                    if wanted(spec, column) and book.has(spec.key, column):
                        self._read(spec, column)

    def rows(self, sheet: str) -> Iterator[Judged]:
        for i, line in enumerate(self.book.lines(sheet)):
            yield Judged(line, i, self._answers[sheet][i], self.columns)

    def entered(self, sheet: str) -> list[Row]:
        """The rows as they would stand if we wrote them."""
        return self._rows[sheet]

    def said(self, sheet: str, i: int, key: str) -> str:
        """A text as the clerk wrote it; anything else as we would write it."""
        answer = self._answers[sheet][i].get(key, BLANK).value
        written = answer if isinstance(answer, str) and key in TEXTS[sheet] else None
        return written or written_text(self._rows[sheet][i].get(key))

    def entries(self, name: str) -> list[str]:
        """Everything in a column, also the empty cells."""
        if name not in self._entries:
            sheet, _, key = name.partition(".")
            rows = range(len(self.book.lines(sheet)))
            self._entries[name] = [self.said(sheet, i, key) for i in rows]
        return self._entries[name]

    @cached_property
    def roster(self) -> list[Judged]:
        return list(self.rows("roster"))

    @cached_property
    def indicators(self) -> list[Judged]:
        return list(self.rows("indicators"))

    def judge(self) -> None:
        """Note every rule that a row breaks; a cell that is wrong by itself is blamed once."""
        known = set(self.notes.faulty)
        for spec in SHEETS:
            lines = self.book.lines(spec.key)
            for i, rules in sorted(self._broken(spec).items()):
                env = self.columns.row(spec.key, i)
                for rule in rules:
                    if (place := _blamed(rule, lines[i])) not in known:
                        message = rule.says(_Case(self, spec, i, env)) if rule.says else ""
                        self._tell(rule, message, message or str(_program(rule.told)(env)), place)
                        if rule.listed == LACKING:
                            known.add(place)

    def _broken(self, spec: SheetSpec) -> dict[int, list[Rule]]:
        """The rows (from 0) that break rules, and which, in the order in which they are asked."""
        found: dict[int, list[Rule]] = defaultdict(list)
        if not self.book.lines(spec.key):
            return found
        for rule in spec.rules:
            if rule.code and self._usable(spec, rule):
                for i, wrong in enumerate(self.columns.down(spec.key, rule.wrong)):
                    if wrong:
                        found[i].append(rule)
        return found

    def _read(self, spec: SheetSpec, column: Column) -> None:
        """A column's cells; nearly all that stand in thousands of rows say what another has said."""
        key, alone = column.key, _alone(spec, column)
        known: dict[str, tuple[Answer, CellValue]] = {}
        rows = zip(self._answers[spec.key], self._rows[spec.key], strict=True)
        for i, (answers, written) in enumerate(rows):
            line = self.book.lines(spec.key)[i]
            raw = line.raw(key)
            if raw is None and not column.instead:
                continue
            text = raw if type(raw) is str and alone else ""  # others have more to say
            if text in known:
                answers[key], written[key] = known[text]
            else:
                answers[key] = self._answer(spec, column, i, raw)
                written[key] = self._canonical(spec, column, i, raw)
            if text:
                known[text] = answers[key], written[key]
            self._note(answers[key], line, key)

    def _answer(self, spec: SheetSpec, column: Column, i: int, raw: object) -> Answer:
        kind = self._kind(spec, column, i)
        when = _only(spec).get(column.key)
        if kind is None or (when and not when(self.columns.row(spec.key, i))):
            return BLANK
        line = self.book.lines(spec.key)[i]
        if kind is Kind.PERIOD:
            return self._month(spec, column, line, raw)
        unit = self._unit(spec, column, i, kind)
        near = self._near(spec, column, line, unit)
        if unit is Unit.PERCENT and (doubt := self._unsure.get(line.where(column.key))):
            return Answer(problem=doubt, code=UNSURE)
        if kind is not Kind.MEASURE or not isinstance(raw, str | float):
            return column.read(raw, unit, kind, date1904=line.row.grid.date1904, near=near)
        said = (spec.key, unit, near, type(raw), raw, *_besides(raw))
        if said not in self._read_before:
            date1904 = line.row.grid.date1904
            self._read_before[said] = column.read(raw, unit, kind, date1904=date1904, near=near)
        return self._read_before[said]

    def _near(self, spec: SheetSpec, column: Column, line: Line, unit: Unit | None) -> Beside:
        """The unit that a clerk's head or own column states; of other sheets 单位 is a column."""
        return beside(line.row, column.key, unit) if unit and spec is FIGURES else NOTHING

    @cached_property
    def _unsure(self) -> Mapping[Place, str]:
        """Percentages that cannot be told beside the others of their column and month."""
        return unsure_percents(
            PercentCell((column.key, said("indicator"), said("period")), *cell, near)
            for column in FIGURES.columns
            if column.kind is Kind.MEASURE
            for i, line in enumerate(self.book.lines(FIGURES.key))
            if self._unit(FIGURES, column, i, Kind.MEASURE) is Unit.PERCENT
            for said, cell in [(line.row.key, line.row.cell(column.key))]
            for near in [self._near(FIGURES, column, line, Unit.PERCENT)]
        )

    def _kind(self, spec: SheetSpec, column: Column, i: int) -> Kind | None:
        """How a cell is read: one of the settings is a month."""
        row = self._rows[spec.key][i]
        if spec is SETTINGS and column.key == "value" and row["setting"] == MONTH_SETTING:
            return Kind.PERIOD
        return kind_in(spec, column, row.get("method"))

    def _month(self, spec: SheetSpec, column: Column, line: Line, raw: object) -> Answer:
        """A month; in a column of them, what one cell leaves open the others may tell."""
        if is_empty(raw) or is_error_value(raw):
            return column.read(raw)
        if spec is SETTINGS:
            found = month_of(said_by(raw, date1904=line.row.grid.date1904), raw)
            answer = month_answer(found)
            return replace(answer, code="bad_period") if answer.problem else answer
        if spec.key not in self._months:
            rows = (each.row for each in self.book.lines(spec.key))
            self._months[spec.key] = MonthColumn(rows, column.key)
        if type(raw) is not str:
            return self._in_month(spec, line, raw)
        if (spec.key, raw) not in self._read_before:
            self._read_before[spec.key, raw] = self._in_month(spec, line, raw)
        return self._read_before[spec.key, raw]

    def _in_month(self, spec: SheetSpec, line: Line, raw: object) -> Answer:
        said = self._months[spec.key].said(line.row)
        found = month_of(said, raw)
        told = part_told(said, raw, found) if isinstance(found, Period) else ""
        return replace(month_answer(found), guess=told, code=PART) if told else month_answer(found)

    def _unit(self, spec: SheetSpec, column: Column, i: int, kind: Kind) -> Unit | None:
        if kind is not Kind.MEASURE:
            return None
        return unit_in(self.columns[unit_column(spec.key, column.key)][i])

    def _canonical(self, spec: SheetSpec, column: Column, i: int, raw: object) -> CellValue:
        """The cell as we would write what it says; as it is where it says nothing readable."""
        answer = self._answers[spec.key][i][column.key]
        value, kind = answer.value, self._kind(spec, column, i)
        if answer.says_nothing:
            return None
        if value is None:
            found = _as_it_is(raw)
            # Where a text is wanted, a number that is none is looked at as a text too.
            return text_of(found) if isinstance(found, Decimal) and kind not in NUMBERS else found
        if value is False:
            return NO  # said, although an empty cell would say the same
        written = column.write(value, kind)
        if not isinstance(written, str) or kind not in NARROWED:
            return written
        return name_key(written) if column.person else narrow(written)

    def _note(self, answer: Answer, line: Line, key: str) -> None:
        if answer.problem:
            self.notes.error(answer.code, answer.problem, line.where(key))
        if answer.guess:
            self.notes.warn(answer.code, answer.guess, line.where(key))

    def _usable(self, spec: SheetSpec, rule: Rule) -> bool:
        """Whether all that a rule looks at was found."""
        read = {name.partition(".")[0] for name in columns_read(spec, rule.wrong)}
        return self.book.usable(spec.key, *read - {LISTS})

    def _tell(self, rule: Rule, final: str, text: str, place: Place) -> None:
        severity = Severity.WARNING if rule.notice else Severity.ERROR
        problem = Problem(rule.code, text, place, severity)
        if final:
            self.notes.add(problem)
        else:
            self.notes.add_open(problem)


def _besides(raw: object) -> tuple[object, ...]:
    """What a cell is besides the text or number that it is equal to (``seen_numbers``)."""
    return getattr(raw, "text", ""), getattr(raw, "shift", 0), getattr(raw, "number", 0)


@dataclass(frozen=True, slots=True)
class _Case:
    """A row that breaks a rule, for whoever words the message."""

    judge: Judge
    spec: SheetSpec
    index: int
    env: Mapping[str, Any]

    def said(self, key: str) -> str:
        return self.judge.said(self.spec.key, self.index, key)

    def head(self, key: str) -> str:
        return self.spec.column(key).head

    def value(self, expr: Expr) -> Any:
        return _program(expr)(self.env)

    def sheet(self, key: str) -> str:
        return self.judge.book.name(key)

    def place(self, sheet: str, number: Any, key: str, *, whole: bool = False) -> str:
        place = self.judge.book.lines(sheet)[int(number) - 1].where(key)
        return str(place) if whole else f"{place.sheet}!{place.cell}"

    def computed(self, name: str) -> Sequence[Value]:
        """What the workbook works out in a column, row by row."""
        return self.judge.columns[name]

    def there(self, sheet: str, at: str, key: str) -> str:
        """What is written in the row of another sheet to which a column points."""
        return self.judge.said(sheet, int(self.value(Var(at))) - 1, key)

    def entries(self, name: str) -> list[str]:
        """Everything in a column, also the empty cells."""
        return self.judge.entries(name)


_program = lru_cache(maxsize=512)(compiled)
"""What messages ask, of thousands of rows the same."""


def _blamed(rule: Rule, line: Line) -> Place:
    return line.where(rule.marks) if rule.marks else line.place


def _as_it_is(raw: object) -> CellValue:
    """A cell that could not be read; a percentage is the number that it shows."""
    match raw:
        case str() if shown_percent := _PERCENT.fullmatch(raw):
            return Decimal(shown_percent[1]) / 100
        case None | "":
            return None
        case bool() | str() | dt.date() | dt.time() | dt.timedelta():
            return narrow(written_text(raw)) or None
        case int() | float() | Decimal():
            return decimal_of(raw)
        case _:
            return written_text(raw) or None


@cache
def _only(spec: SheetSpec) -> Mapping[str, Program]:
    """Columns that are read in some rows only, and in which."""
    rules = next(one for one in spec.constraints if isinstance(one, CellRules))
    return {key: compiled(when) for key, when in rules.only.items()}


def _depends(spec: SheetSpec, column: Column) -> bool:
    setting = spec.key == "indicators" and column.key in ALL_SETTINGS
    return setting or column.key in _only(spec)


def _always(spec: SheetSpec, column: Column) -> bool:
    return not _depends(spec, column) and column.kind is not Kind.MEASURE


def _sometimes(spec: SheetSpec, column: Column) -> bool:
    return _depends(spec, column) and column.kind is not Kind.MEASURE


def _measured(_: SheetSpec, column: Column) -> bool:
    return column.kind is Kind.MEASURE


STAGES = (_always, _sometimes, _measured)
"""The columns in the order in which one reading decides on the next."""


def _in_stages(spec: SheetSpec) -> list[str]:
    return [one.key for takes in STAGES for one in spec.columns if takes(spec, one)]


def _alone(spec: SheetSpec, column: Column) -> bool:
    """Whether what a cell says does not depend on other cells."""
    if spec is SETTINGS or column.kind in (Kind.PERIOD, Kind.MEASURE):
        return False
    return not _depends(spec, column)


@cache
def columns_read(spec: SheetSpec, expr: Expr) -> frozenset[str]:
    """The columns (``roster.id``) that an expression reads, also through what is worked out."""
    seen: set[str] = set()
    waiting = [*ranges(expr), *(f"{spec.key}.{name}" for name in variables(expr))]
    while waiting:
        name = waiting.pop()
        if name in seen or "." not in name:
            continue
        seen.add(name)
        sheet, _, key = name.partition(".")
        formula = _formula(sheet, key)
        if formula is not None:
            waiting += [*ranges(formula), *(f"{sheet}.{one}" for one in variables(formula))]
    return frozenset(seen)


@cache
def _formula(sheet: str, key: str) -> Expr | None:
    for spec in SHEETS:
        if spec.key == sheet:
            return next((one.formula for one in spec.computed if one.key == key), None)
    table = lists_table()
    return next((one.formula for one in table.columns if one.key == key), None)
