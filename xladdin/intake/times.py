"""Durations and dates, as text and as the values that spreadsheets give."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from xladdin.domain.people import day_number
from xladdin.domain.quantities import Unit, plain

from .decimals import decimal_of
from .epochs import OFFSET_1904
from .text import narrow

SECONDS = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600}
"""The units that a clock or stopwatch reading is turned into."""

EPOCH = dt.datetime(1899, 12, 30)
FIRST_DATE, LAST_DATE = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
"""No appraisal falls outside: a small number in a date's place is no day of the year 1900."""

FIRST_HIRING = dt.date(1950, 1, 1)
"""People have joined long before they are appraised."""

_CLOCK = re.compile(r"([0-9]{1,4}):([0-5]?[0-9])(?::([0-5]?[0-9](?:\.[0-9]{1,6})?))?")
_FIGURE = r"([0-9]{1,9}(?:\.[0-9]{1,9})?)"
_WORDS = re.compile(
    rf"(?:{_FIGURE} ?(?:个小时|小时|时|h))? ?(?:{_FIGURE} ?(?:分钟|分|min))? ?"
    rf"(?:{_FIGURE} ?(?:秒钟|秒|s))?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?日?"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_COMPACT = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")


def words_to_seconds(text: str) -> Decimal | None:
    """``2分23秒``, ``1.5小时``, ``30s`` in seconds."""
    found = _WORDS.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    hours, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def clock_to_seconds(text: str, unit: Unit) -> tuple[Decimal, bool] | None:
    """``00:02:23`` in seconds, and whether that is a guess (``2:23`` is: which two parts?)."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    first, second, third = (Decimal(part or 0) for part in found.groups())
    if found[3] is None and unit is not Unit.HOUR:
        return first * 60 + second, True
    return first * 3600 + second * 60 + third, found[3] is None


def value_to_seconds(raw: object) -> Decimal | None:
    """A time cell in seconds; a cell of 24 hours and more comes as a day of the year 1900."""
    match raw:
        case dt.time():
            span = dt.datetime.combine(EPOCH, raw.replace(tzinfo=None)) - EPOCH
        case dt.timedelta():
            span = raw
        case dt.datetime() if raw.year < FIRST_DATE.year:
            span = raw.replace(tzinfo=None) - EPOCH
        case _:
            return None
    return Decimal(span // dt.timedelta(microseconds=1)) / 1_000_000


def spelled(seconds: Decimal) -> str:
    """``2小时23分0秒``: how a clock reading was understood."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{int(hours)}小时{int(minutes)}分{int(rest)}秒" if hours else f"{int(minutes)}分{rest}秒"
    )


def read_date(raw: object, first: dt.date = FIRST_DATE) -> dt.date | None:
    """A date out of a date cell, a spreadsheet's day number, or text; the hour is dropped."""
    match raw:
        case dt.datetime():
            day: dt.date | None = raw.date()
        case dt.date():
            day = raw
        case Decimal():
            day = _of_number(raw, first)
        case str():
            day = _of_text(raw)
        case _:
            day = None
    return day if day and first <= day <= LAST_DATE else None


def read_day(raw: object, *, date1904: bool = False) -> dt.date | None:
    """A day of somebody's working life, out of a cell as it comes: from 1950 on."""
    if isinstance(raw, str):
        return read_date(narrow(raw), FIRST_HIRING)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return read_date(raw, FIRST_HIRING)
    value = decimal_of(raw)
    if value is None:
        return None
    compact = _of_text(plain(value))
    days = value + (OFFSET_1904 if date1904 else 0)
    return compact or read_date(days, FIRST_HIRING)


def _of_number(value: Decimal, first: dt.date) -> dt.date | None:
    if day_number(first) <= value < day_number(LAST_DATE) + 1:
        return (EPOCH + dt.timedelta(days=int(value))).date()
    return _of_text(str(int(value))) if value == value.to_integral_value() else None


def _of_text(text: str) -> dt.date | None:
    found = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None  # the 30th of February
