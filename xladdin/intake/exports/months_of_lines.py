"""Of which month the lines of an export are: by their own columns, else by what stands above."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xladdin.domain.people import Period
from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.headers import Headers, header_key
from xladdin.intake.month_writings import Days, Saying, mentioned_in, said_on
from xladdin.intake.months import (
    OTHER,
    PART,
    SPAN,
    UNREAD,
    Fault,
    MonthColumn,
    fault_against,
    is_of,
    listed,
    may_name,
    names_only,
    part_told,
)
from xladdin.intake.numbers import MISSING_MARKS
from xladdin.intake.tables import Row
from xladdin.intake.text import narrow, shown, written_text
from xladdin.problems import Place, Problem, warning

_BEGIN, _END = re.compile("开始|起始|起"), re.compile("结束|截止|止")
"""What the heads of the two ends of a span say."""
_OF_MONTHS = re.compile("月|账期")
_DAILY = "日报"
_MAKING = re.compile("导出|生成|制表|打印|下载|创建|更新")
Titles = list[tuple[Saying, Place]]
"""What stands above a table, or names its sheet, and speaks of months."""
YEARS = frozenset(["年", "年份", "年度", "统计年份", "考核年份", "考核年度"])
"""Heads of columns that hold a year by itself."""


def is_year(label: str) -> bool:
    """Whether a column holds the year of the month beside it."""
    return header_key(label) in YEARS


def _is_blank(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and narrow(raw).upper() in MISSING_MARKS)


class Dates:
    """Tells of each line of a sheet whether it is of the month that is wanted.

    A line that leaves its month out is of the month of its sheet, unless the title names another
    one, or other lines do: then nobody can tell.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        names: Sequence[str],
        titles: Titles,
        period: Period,
        years: range,
        stated: Days | None = None,
        who: Sequence[str] = (),
    ) -> None:
        """``names``: the columns of months; ``years``: what a year of two digits may be;
        ``stated``: the days that the table is limited to; ``who``: the columns that name people.
        """
        self._names, self._period, self._stated = names, period, stated
        self._columns = {name: MonthColumn(rows, name, years) for name in names}
        labels = rows[0].head.labels if rows else ()
        self._years = [i for i, label in enumerate(labels) if is_year(label)]
        self._title = _other_statement(titles, period)
        self._undated = 0
        self._known: dict[tuple[str, type, object], Fault | None] = {}
        """What is wrong with each different cell: a column repeats itself."""
        self._faults: list[Problem] = []
        self._mixed = any(self._fault(row, name) for row in rows for name in self._filled(row))
        self._naming = self._months_by_days(rows, who)
        self._dated = any(self._own_days(row) for row in rows)

    def _filled(self, row: Row) -> list[str]:
        return [name for name in self._names if not _is_blank(row.raw(name))]

    def _fault(self, row: Row, name: str) -> Problem | None:
        raw = row.raw(name)
        key = (name, type(raw), raw)
        if key not in self._known:
            said = self._columns[name].said(row)
            self._known[key] = fault_against(said, raw, self._period)
        fault = self._known[key]
        if fault is None:
            return None
        return Problem(fault.code, f"{fault.message}，没有导入", row.where(name))

    def in_period(self, row: Row) -> bool:
        """Whether a line is of the month; where not, a problem says why."""
        filled = self._filled(row)
        fault = next((fault for name in filled if (fault := self._fault(row, name))), None)
        fault = fault or self._other_year(row)
        if fault is None and not filled:
            fault = self._without_month(row)
            if fault is None and self._title:
                self._undated += 1
                return False
        self._faults += [fault] if fault else self._parts(row)
        return fault is None

    def _parts(self, row: Row) -> list[Problem]:
        """What to tell of a line whose month is said by one of its days."""
        said = (
            (name, part_told(self._columns[name].said(row), row.raw(name), self._period))
            for name in self._filled(row)
            # A span is no name of a month: its days are its days.
            if name in self._naming and (days := self._said_days(row, name)) and days[0] == days[1]
        )
        return [warning(PART, told, row.where(name)) for name, told in said if told]

    def in_doubt(self, row: Row) -> bool:
        """Whether a line that is not of the month may be all the same."""
        faults = (self._fault(row, name) for name in self._filled(row))
        return any(fault is not None and fault.code != OTHER for fault in faults)

    def days(self, row: Row) -> Days | None:
        """The days of the month that a line is of; None for one that is of the whole month."""
        return self._own_days(row) if self._filled(row) else self._stated

    def _months_by_days(self, rows: Sequence[Row], who: Sequence[str]) -> set[str]:
        """Columns of months that say each month by one of its days, as spreadsheets do: nobody has
        lines of several days there.
        """
        named = [n for n in self._names if rows and _OF_MONTHS.search(rows[0].head.label(n))]
        found = set()
        for name in named:
            pairs = {
                (tuple(row.key(one) for one in who), days)
                for row in rows
                if (days := self._said_days(row, name)) and days[0] == days[1]
            }
            if len({person for person, _ in pairs}) == len(pairs):
                found.add(name)
        return found

    def _said_days(self, row: Row, name: str) -> Days | None:
        return days_of(self._columns[name].said(row), self._period)

    def _own_days(self, row: Row) -> Days | None:
        """From the first to the last of them, which may stand in columns of their own."""
        found = {
            name: days
            for name in self._filled(row)
            if (days := self._said_days(row, name))
            and not (name in self._naming and days[0] == days[1])
        }
        if not found:
            return None
        names = list(found)
        first = next((n for n in names if _BEGIN.search(row.head.label(n))), names[0])
        last = next((n for n in names if _END.search(row.head.label(n))), first)
        days = found[first] if first == last else (found[first][0], found[last][1])
        return part_of(days, self._period)

    def _other_year(self, row: Row) -> Problem | None:
        """A column of years beside one of months: 2025 and 11月."""
        for column in self._years:
            text = narrow(written_text(cell_at(row.grid.rows[row.index], column))).rstrip("年度 ")
            if text not in MISSING_MARKS and text != str(self._period.year):
                place = row.grid.place(row.index, column, row.head.labels[column])
                message = f"{row.head.labels[column]}写的是{shown(text)}，导入的是{self._period.label}，没有导入"
                return Problem(OTHER, message, place)
        return None

    def _without_month(self, row: Row) -> Problem | None:
        if not (self._mixed or self._dated):
            return None
        why = (
            f"这一行没有写月份，同一列别的行不全是{self._period.label}的"
            if self._mixed
            else "这一行没有写日期，同一列别的行是一天天的"
        )
        message = f"{why}，没有导入"
        return Problem(UNREAD, message, row.where(self._names[0]))

    @property
    def problems(self) -> list[Problem]:
        """What was found, once every line has been asked about."""
        if not (self._title and self._undated):
            return self._faults
        said, place = self._title
        message = (
            f"这里写的是{listed(said)}，导入的是{self._period.label}，"
            f"下面没有写月份的{self._undated}行没有导入；如果就是这个月的，请改正这里"
        )
        code = SPAN if may_name(said, self._period) else OTHER
        return [*self._faults, Problem(code, message, place)]


def days_of(said: Saying, period: Period) -> Days | None:
    """The days of a month that a writing names; None where it names the month as such.

    Where it may be taken both ways, it is taken for the days: those are less.
    """
    found = (said.days.get(way) for way, months in said.ways.items() if is_of(months, period))
    return next((days for days in found if days), None)


def part_of(days: Days, period: Period) -> Days | None:
    """The days, in their order and within the month; None where they are all of it."""
    first, last = sorted((days[0], min(days[1], period.last_day.day)))
    return None if (first, last) == (1, period.last_day.day) else (first, last)


def stated_days(titles: Titles, period: Period) -> Days | None:
    """The days that a title, or the name of a sheet or file, limits a table to; None: no limit."""
    found = [d for said, _ in titles if names_only(said, period) and (d := days_of(said, period))]
    parts = [part_of(days, period) for days in found]
    return parts[0] if parts and all(parts) else None


def states_whole(titles: Iterable[Saying], period: Period) -> bool:
    """Whether a title says that the table is of all days of the month."""
    spans = [days_of(said, period) for said in titles if names_only(said, period)]
    return any(days and part_of(days, period) is None for days in spans)


def titles_of(grid: Grid, head: Headers) -> Titles:
    """What the cells above the head row say of months, and the name of the sheet."""
    rows = grid.rows[: head.row] if head.score else []
    above = [
        (said, grid.place(index, column))
        for index, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for said in _of_title(cell)
    ]
    return [*above, *((said, grid.whole()) for said in mentioned_in(grid.sheet))]


def named_days(path: Path) -> Titles:
    """The days that a file's name limits it to; one day may be that of its making."""
    found = [(said, Place(path.name)) for said in spoken_of(path.stem) if said.days]
    return [each for each in found if not each[0].is_day or _DAILY in path.stem]


def spoken_of(text: str) -> list[Saying]:
    """What a text says of months; the day on which something was made says nothing of others."""
    made = _MAKING.search(text)
    return [replace(said, days={}) if made and said.is_day else said for said in mentioned_in(text)]


def _of_title(cell: object) -> list[Saying]:
    match cell:
        case str():
            return spoken_of(cell)
        case dt.date():
            return [said_on(cell)] if said_on(cell).ways else []
        case _:
            return []


def _other_statement(titles: Titles, period: Period) -> tuple[Saying, Place] | None:
    """A title that names other months and not this one; a later day may be that of its making."""
    if any(names_only(said, period) for said, _ in titles):
        return None
    stated = ((s, place) for s, place in titles if not s.is_day or _is_before(s, period))
    return next(stated, None)


def _is_before(said: Saying, period: Period) -> bool:
    start = (period.year, period.month)
    return all(
        year is not None and (year, month) < start
        for months in said.meanings
        for year, month in months
    )


def other_title(
    path: Path, sheets: Iterable[tuple[Grid, Headers]], period: Period
) -> Iterator[Problem]:
    """A title or file name that speaks of another month: the wrong file, most likely."""
    titles = [title for grid, head in sheets for title in titles_of(grid, head)]
    named = [(said, Place(path.name)) for said in mentioned_in(path.stem)]
    for found in (titles, named):
        # One that names this month may name the day of its making besides.
        if found and not any(is_of(m, period) for said, _ in found for m in said.meanings):
            months = "、".join(dict.fromkeys(listed(said) for said, _ in found))
            message = f"这里写的是{months}，导入的是{period.label}，请核对是不是这个月的文件"
            yield warning(OTHER, message, found[0][1])
            return
