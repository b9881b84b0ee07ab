"""Read one export: every figure that is somebody's, and everything that was left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.domain.people import Employee, Period
from xladdin.intake.grids import Grid
from xladdin.intake.handed_in import FileOrPath, HandedIn, handed_in
from xladdin.intake.headers import Headers, find_headers, header_key
from xladdin.intake.months import plausible_years
from xladdin.intake.tables import SUMMARY_ROWS, Row, rows_of
from xladdin.intake.text import is_blank, name_key
from xladdin.problems import Place, Problem, errors, warning

from .export_columns import Column, Columns, Plan
from .export_people import People
from .figures import Line, Measured, Reader, SchemeOf, mixed_percents, settled
from .mapping import COUNTS, How, Mapping
from .months_of_lines import (
    Dates,
    is_year,
    named_days,
    other_title,
    stated_days,
    states_whole,
    titles_of,
)
from .person_months import FileParts, PersonMonths

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
    days: tuple[str, ...] = ()
    """Which days it covers, and who lacks some of them, in words."""


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
    said: FileParts
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
        problems = [found for found in problems if found.code != "duplicate_column"]
        self.problems += problems
        self.said.broken = self.said.broken or bool(errors(problems))
        self.unknown |= dict.fromkeys(name for name in columns.unknown if not is_year(name))
        people = [row for row in rows if not self._is_summary(row, columns)]
        self.summaries += len(rows) - len(people)
        doubts = self._mixed(people, columns)
        titles, period = titles_of(grid, head), self.reader.period
        limits = [*titles, *named_days(self.path)]
        self.said.whole = self.said.whole or states_whole((said for said, _ in limits), period)
        stated = stated_days(limits, period)
        who = [name for _, name in columns.people]
        dated = Dates(people, columns.months, titles, period, self.years, stated, who)
        for row in people:
            self._line(row, columns, dated, doubts)
        self.problems += dated.problems

    def _is_summary(self, row: Row, columns: Columns) -> bool:
        cells = row.grid.rows[row.index]
        leading = next((cell for cell in cells if not is_blank(cell)), "")
        named = [row.cell(name)[0] for _, name in columns.people]
        return any(sums_up(cell) for cell in (leading, *named))

    def _mixed(self, rows: Sequence[Row], columns: Columns) -> set[Place]:
        """Cells that cannot be told beside the others of their column."""
        kept = [c for c in columns.figures if c.targets[0].how not in (*COUNTS, How.RATIO)]
        problems = mixed_percents(rows, kept, self._asks_percent)
        self.problems += problems
        return {problem.place for problem in problems}

    def _asks_percent(self, column: Column) -> bool:
        return self.reader.asks_percent(column, self.employees)

    def _line(self, row: Row, columns: Columns, dated: Dates, doubts: set[Place]) -> None:
        self.lines += 1
        if not dated.in_period(row):
            if dated.in_doubt(row):
                self._doubt(row, columns)
            return
        days = dated.days(row)
        self.said.spans |= {days} if days else set()
        employee = self._employee(row, columns)
        if employee is None:
            return
        self.found[employee.id] = None
        cells = row.grid.rows[row.index]
        account = " ".join(name_key(row.raw(name)) for _, name in columns.people)
        where = (row.grid.file, row.grid.sheet, row.index)
        line = Line(employee, days, account, where, hash(tuple(map(str, cells))))
        self.said.parts += self.reader.read(row, line, columns.figures, doubts)

    def _doubt(self, row: Row, columns: Columns) -> None:
        """Somebody's line may be of this month; so what the others say is not all."""
        match = self.people.match([(kind, row.raw(name)) for kind, name in columns.people])
        if match.employee is not None:
            self.said.doubtful.add(match.employee.id)

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

    def report(self, days: Sequence[str]) -> Report:
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
            tuple(days),
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
    found, (report,), problems = read_exports(
        [source], employees, scheme_of, mappings, period, today=today
    )
    return found, report, problems


def read_exports(
    sources: Sequence[FileOrPath],
    employees: Sequence[Employee],
    scheme_of: SchemeOf,
    mappings: Sequence[Mapping],
    period: Period,
    *,
    today: dt.date | None = None,
    progress: Callable[[int, int, str], None] = lambda *_: None,
) -> tuple[list[Measured], list[Report], list[Problem]]:
    """The figures of files that are given together: weeks of one month may stand in several."""
    today = today or dt.date.today()
    plan, years = Plan(mappings), plausible_years(period, today)
    files: list[_File] = []
    problems: list[Problem] = []
    for number, source in enumerate(sources, start=1):
        handed, reader = handed_in(source), Reader(period, scheme_of)
        path = handed.path
        file = _File(path, People(employees), employees, reader, plan, years, FileParts(path.name))
        problems += _read(file, handed)
        files.append(file)
        progress(number, len(sources), path.name)
    months = PersonMonths(period, today)
    measured = months.figures([file.said for file in files])
    kept, differing = settled(measured)
    reports = [file.report(months.told.get(file.path.name, ())) for file in files]
    return kept, reports, [*problems, *months.problems, *differing]


def _read(file: _File, handed: HandedIn) -> list[Problem]:
    """Every line of a file; what is wrong with it."""
    wanted = file.plan.wanted
    found, problems = handed.grids(lambda rows: find_headers(rows, wanted).score, hidden=True)
    file.said.broken = bool(errors(problems))
    everything = [(grid, find_headers(grid.rows, wanted)) for grid in found]
    sheets = [(grid, head) for grid, head in everything if not grid.hidden]
    problems += _read_sheets(file, sheets)
    hidden = [(grid, head) for grid, head in everything if grid.hidden]
    problems += _left_hidden(file, hidden)
    if sheets:
        told = {problem.place for problem in file.problems}
        period = file.reader.period
        others = other_title(file.path, sheets, period)
        problems += [one for one in others if one.place not in told]
    reader = file.reader
    return [*problems, *file.problems, *reader.problems, *reader.guesses(), *reader.unmet()]


def _read_sheets(file: _File, sheets: Sequence[tuple[Grid, Headers]]) -> list[Problem]:
    problems: list[Problem] = []
    read = False
    for grid, head in sheets:
        columns, doubts = file.plan.columns(grid, head)
        if columns.people and (columns.figures or errors(doubts)):
            read = True
            problems += doubts
            file.read(grid, head, columns)
        elif columns.figures:
            problems.append(_nobody(grid, head))
    if sheets and not read and not problems:
        problems.append(_nothing(file, sheets))
    return problems


def _left_hidden(file: _File, sheets: Sequence[tuple[Grid, Headers]]) -> list[Problem]:
    """Hidden sheets that look like what is read, or may be all that there is."""
    return [
        warning("hidden_sheet", "这张工作表是隐藏的，没有读；要导入它，请先取消隐藏", grid.whole())
        for grid, head in sheets
        if any(grid.rows) and (head.score > 1 or not file.lines)
    ]


def _nobody(grid: Grid, head: Headers) -> Problem:
    message = f"没有认得出的工号、姓名或昵称列，没有导入；看到的表头是：{head.seen}"
    return Problem("missing_column", message, grid.place(head.row))


def _nothing(file: _File, sheets: Sequence[tuple[Grid, Headers]]) -> Problem:
    grid, head = max(sheets, key=lambda each: (each[1].score, len(each[1].seen)))
    columns, _ = file.plan.columns(grid, head)
    if columns.people:
        people = "、".join(f"「{head.label(name)}」" for _, name in columns.people)
        unknown = f"：{'、'.join(columns.unknown)}" if columns.unknown else ""
        message = (
            f"认出了人（{people}列），但没有一列是指标；没有用到的列{unknown}；"
            "请在“导入对照”表中写明这些列对应哪个指标"
        )
        return Problem("missing_column", message, grid.place(head.row))
    message = (
        f"没有一列对得上“导入对照”表中的列名；看到的表头是：{head.seen or '空的'}；"
        "请在“导入对照”表中加上这些列名"
    )
    return Problem("missing_column", message, Place(file.path.name))


def sums_up(cell: object) -> bool:
    """Whether a cell says that its line is a sum or a mean of others: 合计, 店铺平均值."""
    if not isinstance(cell, str):
        return False
    key = header_key(cell)
    return key in SUMMARY_ROWS or _SUMMARY.fullmatch(key) is not None
