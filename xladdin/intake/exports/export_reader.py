"""Read one export: every figure that is somebody's, and everything that was left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.domain.people import Employee, Period
from xladdin.intake.exports.mapping import Mapping
from xladdin.intake.grids import Grid
from xladdin.intake.handed_in import FileOrPath, handed_in
from xladdin.intake.headers import Headers, find_headers, header_key
from xladdin.intake.months import plausible_years
from xladdin.intake.tables import SUMMARY_ROWS, Row, rows_of
from xladdin.intake.text import is_blank
from xladdin.problems import Place, Problem

from .export_columns import Column, Columns, Plan
from .export_people import People
from .figures import Measured, Reader, SchemeOf, mixed_percents, settled
from .months_of_lines import Dates, is_year, other_title, titles_of

_SUMMARY = re.compile(r"(店铺|团队|全店|分组|本页)?(汇总|平均|合计|总计|小计|均值|总和)(值|数|行)?")


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the lines and columns of one file."""

    file: str
    lines: int = 0
    """Lines about people."""
    people: tuple[str, ...] = ()
    """Ids of those who were found."""
    unmatched: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    summaries: int = 0
    """Lines such as 合计 that were dropped."""
    blank: int = 0
    unasked: int = 0
    unknown_columns: tuple[str, ...] = ()


@dataclass(slots=True)
class _File:
    """One file while it is read."""

    path: Path
    people: People
    employees: Sequence[Employee]
    reader: Reader
    plan: Plan
    years: range
    """Those that the lines may plausibly be of."""
    measured: list[Measured] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    found: dict[str, None] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    lines: int = 0
    summaries: int = 0

    def read(self, grid: Grid, head: Headers, columns: Columns) -> None:
        """The lines of one sheet."""
        rows, problems = rows_of(grid, head)
        # Columns of one name are the plan's affair.
        self.problems += [found for found in problems if found.code != "duplicate_column"]
        self.unknown |= dict.fromkeys(name for name in columns.unknown if not is_year(name))
        people = [row for row in rows if not self._is_summary(row, columns)]
        self.summaries += len(rows) - len(people)
        doubts = self._mixed(people, columns)
        dated = Dates(people, columns.months, titles_of(grid, head), self.reader.period, self.years)
        for row in people:
            self._line(row, columns, dated, doubts)
        self.problems += dated.problems

    def _is_summary(self, row: Row, columns: Columns) -> bool:
        cells = row.grid.rows[row.index]
        leading = next((cell for cell in cells if not is_blank(cell)), "")
        named = [row.cell(name)[0] for _, name in columns.people]
        return any(_sums_up(cell) for cell in (leading, *named))

    def _mixed(self, rows: Sequence[Row], columns: Columns) -> set[Place]:
        """Cells that cannot be told beside the others of their column."""
        problems = mixed_percents(rows, columns.figures, self._asks_percent)
        self.problems += problems
        return {problem.place for problem in problems}

    def _asks_percent(self, column: Column) -> bool:
        return self.reader.asks_percent(column, self.employees)

    def _line(self, row: Row, columns: Columns, dated: Dates, doubts: set[Place]) -> None:
        self.lines += 1
        if not dated.in_period(row):
            return
        employee = self._employee(row, columns)
        if employee is None:
            return
        self.found[employee.id] = None
        clear = [column for column in columns.figures if row.where(column.field) not in doubts]
        self.measured += self.reader.read(row, employee, clear)

    def _employee(self, row: Row, columns: Columns) -> Employee | None:
        match = self.people.match([(kind, row.cell(name)[0]) for kind, name in columns.people])
        if match.employee is not None:
            return match.employee
        place = row.where(columns.people[0][1])
        (self.doubtful if match.doubtful else self.unmatched).append(match.why)
        code = "doubtful_employee" if match.doubtful else "unknown_employee"
        hint = "请在名册中填好昵称或姓名后再导入" if match.doubtful else "没有导入"
        self.problems.append(Problem(code, f"{match.why}；{hint}", place))
        return None

    def report(self) -> Report:
        return Report(
            self.path.name,
            self.lines,
            tuple(self.found),
            tuple(dict.fromkeys(self.unmatched)),
            tuple(dict.fromkeys(self.doubtful)),
            self.summaries,
            self.reader.blank,
            self.reader.unasked,
            tuple(self.unknown),
        )


def read_export(
    source: FileOrPath,
    employees: Sequence[Employee],
    scheme_of: SchemeOf,
    mappings: Sequence[Mapping],
    period: Period,
    *,
    today: dt.date | None = None,
) -> tuple[list[Measured], Report, list[Problem]]:
    """The figures of one file, what became of the rest, and every problem.

    ``today`` tells what is of the future, and so cannot be meant.
    """
    years = plausible_years(period, today or dt.date.today())
    plan = Plan(mappings)
    wanted = plan.wanted
    handed = handed_in(source)
    path = handed.path
    grids, problems = handed.grids(lambda rows: find_headers(rows, wanted).score)
    file = _File(path, People(employees), employees, Reader(period, scheme_of), plan, years)
    sheets = [(grid, find_headers(grid.rows, wanted)) for grid in grids]
    problems += _read_sheets(file, sheets)
    if sheets:
        told = {problem.place for problem in file.problems}
        problems += [one for one in other_title(path, sheets, period) if one.place not in told]
    measured, differing = settled(file.measured)
    problems += [*file.problems, *file.reader.problems, *file.reader.guesses(), *differing]
    return measured, file.report(), problems


def _read_sheets(file: _File, sheets: Sequence[tuple[Grid, Headers]]) -> list[Problem]:
    problems: list[Problem] = []
    read = False
    for grid, head in sheets:
        columns, doubts = file.plan.columns(grid, head)
        if columns.people and (columns.figures or doubts):
            read = True
            problems += doubts
            file.read(grid, head, columns)
        elif columns.figures:
            problems.append(_nobody(grid, head))
    if sheets and not read and not problems:
        problems.append(_nothing(file.path, sheets))
    return problems


def _nobody(grid: Grid, head: Headers) -> Problem:
    message = f"没有认得出的工号、姓名或昵称列，没有导入；看到的表头是：{head.seen}"
    return Problem("missing_column", message, grid.place(head.row))


def _nothing(path: Path, sheets: Sequence[tuple[Grid, Headers]]) -> Problem:
    _, head = max(sheets, key=lambda each: each[1].score)
    message = (
        f"没有一列对得上“导入对照”表中的列名；看到的表头是：{head.seen or '空的'}；"
        "请在“导入对照”表中加上这些列名"
    )
    return Problem("missing_column", message, Place(path.name))


def _sums_up(cell: object) -> bool:
    if not isinstance(cell, str):
        return False
    key = header_key(cell)
    return key in SUMMARY_ROWS or _SUMMARY.fullmatch(key) is not None
