"""When a company serves its customers, and how much of a stretch of time that is.

Business time is worked out from a table of days: what has passed of it before each day, and what passes
within the day by the clock; a duration is the difference of two such sums.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xladdin.analysis.service_records import DAY, HOUR, MINUTE
from xladdin.company.company_settings import DAYS_SETTING, HOURS_SETTING, MEASURE_SETTING
from xladdin.domain.working_days import is_working_day
from xladdin.intake.text import narrow
from xladdin.problems import Place, Problem

from .moments import EPOCH

EVERY_DAY, WORKDAYS, WEEKDAYS = "每天", "工作日", "周一至周五"
CLOCK, BUSINESS = "自然时间", "服务时间"
_SHIFT = re.compile(
    r"(\d{1,2})(?:[:点时](\d{2})?分?)? ?(?:-|–|—|~|～|至|到) ?(\d{1,2})(?:[:点时](\d{2})?分?)?"
)
_DAYS = re.compile(
    r"(?:周|星期)([一二三四五六日天]) ?(?:-|–|—|~|～|至|到) ?(?:周|星期)?([一二三四五六日天])"
)
_WEEK = "一二三四五六日"
_ALL_DAY = ("24小时", "全天", "7×24", "7x24", "7*24")


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """When customers are served, and whether durations count only that."""

    shifts: tuple[tuple[int, int], ...] = ((0, DAY),)
    """From and to, in microseconds since midnight."""
    days: str = EVERY_DAY
    """每天, 工作日 (with the public holidays and the days worked for them) or 周一至周六."""
    business: bool = False

    @property
    def length(self) -> int:
        """Microseconds of one day of service."""
        return sum(end - begin for begin, end in self.shifts)

    def serves_on(self, day: dt.date, unknown: Callable[[int], object] = lambda year: None) -> bool:
        """Whether customers are served on a day; ``unknown`` hears of years without a calendar."""
        if self.days == EVERY_DAY:
            return True
        if self.days == WORKDAYS:
            works, known = is_working_day(day)
            if not known:
                unknown(day.year)
            return works
        first, last = _span(self.days)
        return (day.weekday() - first) % 7 <= (last - first) % 7

    def service_days(self, first: dt.date, last: dt.date) -> int:
        """How many days of service there are from one day to another, both counted."""
        return sum(map(self.serves_on, _each_day(first, last)))

    def __str__(self) -> str:
        clock = "、".join(f"{_said(begin)}–{_said(end)}" for begin, end in self.shifts)
        return f"{self.days} {clock}"


def _said(micros: int) -> str:
    return f"{micros // HOUR:02d}:{micros % HOUR // MINUTE:02d}"


def _each_day(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))


def _span(days: str) -> tuple[int, int]:
    found = _DAYS.fullmatch(days)
    if not found:
        return 0, 6
    first, last = (_WEEK.index("日" if sign == "天" else sign) for sign in found.groups())
    return first, last


def service_hours(
    setting: Callable[[str], str], place: Place
) -> tuple[ServiceHours, list[Problem]]:
    """What the settings 服务时间, 服务日 and 时长口径 say; all day on every day where they say nothing."""
    problems: list[Problem] = []
    shifts = _shifts(narrow(setting(HOURS_SETTING)))
    if shifts is None:
        message = f"设置“{HOURS_SETTING}”写的是「{setting(HOURS_SETTING)}」，读不懂，请写成 09:00-18:00 的样子；按全天算"
        problems.append(Problem("setting", message, place))
    days = narrow(setting(DAYS_SETTING)) or EVERY_DAY
    if days not in (EVERY_DAY, WORKDAYS) and not _DAYS.fullmatch(days):
        message = f"设置“{DAYS_SETTING}”写的是「{days}」，读不懂，请写 每天、工作日 或 周一至周六；按每天算"
        problems.append(Problem("setting", message, place))
        days = EVERY_DAY
    measure = narrow(setting(MEASURE_SETTING)) or CLOCK
    if measure not in (CLOCK, BUSINESS):
        message = (
            f"设置“{MEASURE_SETTING}”写的是「{measure}」，只能写 {CLOCK} 或 {BUSINESS}；按{CLOCK}算"
        )
        problems.append(Problem("setting", message, place))
    return ServiceHours(shifts or ((0, DAY),), days, measure == BUSINESS), problems


def _shifts(text: str) -> tuple[tuple[int, int], ...] | None:
    """09:00-12:00、13:00-18:00; all day where nothing is written."""
    if not text or text.lower() in _ALL_DAY:
        return ((0, DAY),)
    found: list[tuple[int, int]] = []
    for part in re.split(r"[、,;和]+", text):
        shift = _SHIFT.fullmatch(part.strip())
        if not shift:
            return None
        begin, end = (_clock(shift[at], shift[at + 1]) for at in (1, 3))
        if not 0 <= begin < end <= DAY or (found and begin < found[-1][1]):
            return None
        found.append((begin, end))
    return tuple(found)


def _clock(hour: str, minute: str | None) -> int:
    return int(hour) * HOUR + int(minute or 0) * MINUTE


def day_rows(
    hours: ServiceHours, first: int, last: int, unknown: Callable[[int], object]
) -> list[tuple[int, str, int, bool, int]]:
    """Of each day (since 1970) its month, weekday, whether it is one of service, and how much was before."""
    rows = []
    before = 0
    for number in range(first, last + 1):
        day = EPOCH + dt.timedelta(days=number)
        serves = hours.serves_on(day, unknown) if hours.business else True
        rows.append((number, f"{day:%Y-%m}", day.isoweekday(), serves, before))
        before += hours.length if serves else 0
    return rows


def business_time(hours: ServiceHours, time: str, day: str) -> str:
    """In SQL: the business time that has passed until a time; ``day`` is the day's row."""
    clock = f"({time} - {day}.day * {DAY})"
    passed = " + ".join(
        f"least(greatest({clock} - {begin}, 0), {end - begin})" for begin, end in hours.shifts
    )
    return f"({day}.before + CASE WHEN {day}.serves THEN {passed} ELSE 0 END)"
