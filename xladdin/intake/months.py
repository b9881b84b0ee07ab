"""Which month a cell means: one reader for every door through which months come.

Exports, the master workbook, files of figures, settings and titles all ask here, so that a
writing is the same month everywhere, or the same problem.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.domain.people import Period

from .month_writings import NOTHING, Month, Months, Saying, said_by_serial, said_in, said_on
from .seen_numbers import SeenNumber
from .tables import Row
from .text import narrow, shown, written_text

UNREAD, UNCLEAR, SPAN, OTHER = "period", "period_unclear", "period_span", "other_period"
PART = "part_of_month"
"""Codes of what may be wrong with a month."""
EXAMPLE = "请写成 2026-11 的样子"

FIRST_YEAR, LAST_YEAR = 2001, 2098
"""Of months as forms name them, with the year before."""
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?", re.ASCII)
_BARE = re.compile(r"\d{1,2}", re.ASCII)
_LOST_ZERO = re.compile(r"\d+\.1", re.ASCII)
_KINDS = (
    (re.compile(r"季|q[1-4]|[1-4]q|quarter", re.IGNORECASE), "是季度，不是一个月"),
    (re.compile(r"周|week|w\d", re.IGNORECASE), "是周，看不出是哪个月"),
    (re.compile(r"半年|全年|年度|^\d{4} ?年?$"), "是一年或半年，不是一个月"),
)
_OLDEST = 2015
"""The first year of which anybody still has exports."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a writing is not the month that is wanted."""

    code: str
    message: str


def said_by(raw: object, *, date1904: bool = False, bare: bool = False) -> Saying:
    """What a cell says of months; with ``bare`` also 11 by itself, as in a column of months."""
    match raw:
        case dt.date():
            return said_on(raw)
        case str() | int() | float() | Decimal() if not isinstance(raw, bool):
            text = narrow(written_text(raw)).lstrip("'")
        case _:
            return NOTHING
    if _SERIAL.fullmatch(text):
        return said_by_serial(float(text), date1904=date1904)
    if _BARE.fullmatch(text):
        return said_in(f"{text}月") if bare else NOTHING
    return said_in(text)


class MonthColumn:
    """A column of months: what one cell leaves open, the others of its sheet may tell.

    31/10/2026 tells that 03/04/2026 below it is a day of April, and 2026.10 that 2026.1 is
    January.  ``years``: those that are plausible, which tell 26-10-31 from a day of 2031.
    """

    def __init__(self, rows: Iterable[Row], name: str, years: range | None = None) -> None:
        self._name, self._years = name, years
        self._ways: dict[tuple[str, str, str], frozenset[str]] = {}
        self._known: dict[tuple[str, str, type, object], Saying] = {}
        """What each different cell says by itself: a column repeats itself."""
        for row in rows:
            said = self._alone(row)
            if said.ways:
                key, ways = self._key(row, said), frozenset(said.ways)
                self._ways[key] = self._ways.get(key, ways) & ways

    def _key(self, row: Row, said: Saying) -> tuple[str, str, str]:
        return row.grid.file, row.grid.sheet, said.shape

    def _alone(self, row: Row) -> Saying:
        raw = row.raw(self._name)
        if raw is None:
            return NOTHING
        # 2026.1 and 2026.10 are one number, but not one writing.
        seen = raw.text if isinstance(raw, SeenNumber) else raw
        key = (row.grid.file, row.grid.sheet, type(raw), seen)
        if key not in self._known:
            self._known[key] = self._read(row, raw)
        return self._known[key]

    def _read(self, row: Row, raw: object) -> Saying:
        bare = "月" in row.head.label(self._name)
        said = said_by(raw, date1904=row.grid.date1904, bare=bare)
        return within(said, self._years) if self._years else said

    def said(self, row: Row) -> Saying:
        """What the row's cell says, beside the others."""
        said = self._alone(row)
        common = self._ways.get(self._key(row, said), frozenset())
        ways = {way: months for way, months in said.ways.items() if way in common}
        return replace(said, ways=ways) if ways else said


def plausible_years(period: Period, today: dt.date) -> range:
    """The years that an ambiguous one may be of: figures are not of the future, nor that old."""
    return range(min(_OLDEST, period.year), max(today.year, period.year) + 1)


def within(said: Saying, years: range) -> Saying:
    """Without the ways that would be of other years, if that leaves any."""
    ways = {
        way: months
        for way, months in said.ways.items()
        if all(year is None or year in years for year, _ in months)
    }
    return replace(said, ways=ways) if ways else said


def is_of(months: Months, period: Period) -> bool:
    """Whether a month is among some; a year that is not written is any year."""
    return any(year in (None, period.year) and month == period.month for year, month in months)


def names_only(said: Saying, period: Period) -> bool:
    """Whether a writing means this month, however it is taken."""
    return bool(said.ways) and all(len(m) == 1 and is_of(m, period) for m in said.meanings)


def may_name(said: Saying, period: Period) -> bool:
    """Whether a writing means this month in some way."""
    return any(is_of(months, period) for months in said.meanings)


def fault_against(said: Saying, raw: object, period: Period) -> Fault | None:
    """Why a cell does not say that its line is of a month."""
    if names_only(said, period):
        return None
    if not said.ways:
        return Fault(UNREAD, f"{shown(raw)}{_kind(raw)}，这里应为{period.label}，如 {period}")
    if not may_name(said, period):
        return Fault(OTHER, f"这一行是{listed(said)}的，导入的是{period.label}")
    return _open(said, raw)


def month_of(said: Saying, raw: object) -> Period | Fault:
    """The month that a cell means by itself, with its year."""
    if not said.ways:
        return Fault(UNREAD, f"{shown(raw)}不是月份，{EXAMPLE}")
    if len(said.meanings) > 1 or len(next(iter(said.meanings))) > 1:
        return _open(said, raw)
    (((year, month),),) = said.meanings
    if year is None:
        return Fault(UNREAD, f"{shown(raw)}没有写年份，{EXAMPLE}")
    return Period(f"{year}-{month:02d}")


def part_told(said: Saying, raw: object, month: Period) -> str:
    """What to tell of a cell that names days, where a month is asked; empty where there is nothing.

    The first of a month stands for it wherever dates are shown as months; another day may be all
    that its line is of.
    """
    of_days = [said.days.get(way) for way, months in said.ways.items() if is_of(months, month)]
    if not (of_days and all(of_days)):
        return ""  # Nov-26 may be a day; who writes so means the month
    first, last = sorted(min(days for days in of_days if days))
    whole = (1, 1) if said.is_day else (1, calendar.monthrange(month.year, month.month)[1])
    if (first, last) == whole:
        return ""
    days = f"{first}日" if first == last else f"{first}日至{last}日"
    return (
        f"{shown(raw)}写的是{days}，当作{month.label}整月的读；"
        "如果只是这几天的数据，就不是整月的，请改成整月的数字"
    )


def month_in(raw: object, *, date1904: bool = False) -> Period | None:
    """The month of a single cell or text; None for anything that is not exactly one."""
    found = month_of(said_by(raw, date1904=date1904), raw)
    return None if isinstance(found, Fault) else found


def _open(said: Saying, raw: object) -> Fault:
    """More than one month, or one of several."""
    if len(said.meanings) == 1:
        return Fault(SPAN, f"{shown(raw)}是{listed(said)}，不止一个月，{EXAMPLE}")
    readings = "，也可能是".join(map(_label, _sorted(said)))
    hint = "（数字格里的 2026.10 会变成 2026.1）" if _LOST_ZERO.fullmatch(written_text(raw)) else ""
    return Fault(UNCLEAR, f"{shown(raw)}可能是{readings}{hint}，{EXAMPLE}")


def _kind(raw: object) -> str:
    text = narrow(written_text(raw))
    return next((said for sign, said in _KINDS if sign.search(text)), "读不出是哪个月")


def _sorted(said: Saying) -> list[Months]:
    return sorted(said.meanings, key=lambda months: [(year or 0, month) for year, month in months])


def listed(said: Saying) -> str:
    """The months of a writing, for a message."""
    return "或".join(map(_label, _sorted(said)))


def _label(months: Months) -> str:
    named = [_name(month) for month in sorted(months, key=lambda each: (each[0] or 0, each[1]))]
    return named[0] if len(named) == 1 else f"{named[0]}至{named[-1]}"


def _name(month: Month) -> str:
    year, number = month
    return f"{number}月" if year is None else f"{year}年{number}月"


def year_in(text: str) -> int | None:
    """A year as people type it: ``2026``, ``2026年``; None where it is none that forms know."""
    found = _YEAR.fullmatch(narrow(text))
    year = int(found[1]) if found else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None
