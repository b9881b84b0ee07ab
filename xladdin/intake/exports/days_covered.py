"""Which days of a month some lines are of, and whether that is the month."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

from xladdin.domain.people import Period
from xladdin.intake.month_writings import Days

_WEEKEND = (5, 6)
_MOST = 6
"""Runs of days that one sentence names."""


def days_in(spans: Iterable[Days]) -> frozenset[int]:
    """Every day of some spans."""
    return frozenset(day for first, last in set(spans) for day in range(first, last + 1))


def needed(period: Period, today: dt.date) -> frozenset[int]:
    """The days that figures of a month are of: all, or those that are over in this month."""
    whole = frozenset(range(1, period.last_day.day + 1))
    if (today.year, today.month) != (period.year, period.month):
        return whole
    return frozenset(range(1, today.day)) or whole


def lacking(covered: frozenset[int], period: Period, today: dt.date) -> frozenset[int]:
    """The days without which a month is not covered.

    None of them where only weekends are lacking, as long as most weekends are: nobody worked then.
    """
    missing = needed(period, today) - covered
    free = {day for day in needed(period, today) if _weekday(period, day) in _WEEKEND}
    if missing <= free and len(missing) * 2 >= len(free):
        return frozenset()
    return missing


def ends_month(day: int, period: Period, today: dt.date) -> bool:
    """Whether nothing but a weekend comes after a day of the month, as far as it is over."""
    after = (other for other in needed(period, today) if other > day)
    return all(_weekday(period, other) in _WEEKEND for other in after)


def _weekday(period: Period, day: int) -> int:
    return calendar.weekday(period.year, period.month, day)


def said_days(days: Iterable[int], period: Period) -> str:
    """Days in words: 10月1日—3日、31日."""
    runs = list(_runs(sorted(days)))
    spans = [f"{a}日" if a == b else f"{a}日—{b}日" for a, b in runs]
    return f"{period.month}月{'、'.join(spans[:_MOST])}{'等' if len(spans) > _MOST else ''}"


def _runs(days: list[int]) -> Iterator[Days]:
    start = 0
    for i in range(1, len(days) + 1):
        if i == len(days) or days[i] != days[i - 1] + 1:
            yield days[start], days[i - 1]
            start = i


def overlap(spans: Iterable[Days]) -> bool:
    """Whether different spans share a day; the same one twice does not count."""
    ordered = sorted(set(spans))
    return any(b[0] <= a[1] for a, b in pairwise(ordered))
