"""Times as people and systems write them; which of two days is meant is told by the whole column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from xladdin.analysis.service_records import DAY, HOUR, MINUTE, SECOND
from xladdin.intake.text import narrow

CLOCK_ZONE = 8 * HOUR
"""How far the company's own clock is ahead of UTC: one zone holds in all of China, without summer time."""
EPOCH = dt.date(1970, 1, 1)
LONGEST = 60
"""Characters of a text that may be a time."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for name in names
}
_SEP = r" ?[-/. ] ?"
_YEAR_FIRST = re.compile(
    rf"([0-9]{{4}})(?:{_SEP}|年 ?)([0-9]{{1,2}})(?:{_SEP}|月 ?)([0-9]{{1,2}}) ?[日号]?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}}){_SEP}([0-9]{{1,2}}){_SEP}([0-9]{{4}}|[0-9]{{2}})")
_NAMED = (
    re.compile(r"(?P<m>[a-z]{3,9})\.?[- ](?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<y>[0-9]{4})"),
    re.compile(
        r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-/ ](?P<m>[a-z]{3,9})\.?[-/ ,]{1,2}(?P<y>[0-9]{4}|[0-9]{2})"
    ),
)
_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? |\(?(?:星期|周)[一二三四五六日天]\)?", re.ASCII
)
_GAP = re.compile(r"[ t,]+|(?<=[日号])(?! )")
"""Where a date may end and a clock begin."""
_ZONE = re.compile(
    r" ?(?:(?P<utc>z|utc|gmt)?(?:(?P<sign>[+-])(?P<h>[0-9]{1,2}):?(?P<m>[0-9]{2})?)?)$"
)
_HALF = r"(?P<half>上午|下午|凌晨|早上|中午|晚上|am|pm|a\.m\.|p\.m\.)?"
_CLOCK = re.compile(
    rf" ?{_HALF} ?(?P<h>[0-9]{{1,2}})(?:[:：时点] ?(?:(?P<m>[0-9]{{1,2}})(?:[:：分] ?(?:(?P<s>[0-9]{{1,2}})"
    rf"(?:[.,](?P<f>[0-9]{{1,9}}))? ?秒?)?)?)?)? ?{_HALF.replace('half', 'after')}"
)
_LATE = ("下午", "晚上", "中午", "pm", "p.m.")
_AT_NOON = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """What a text says of a time."""

    days: Mapping[str, int]
    """Order of its parts -> day since 1970; one order for most."""
    clock: int | None = None
    """Microseconds since midnight; None where it only names a day."""
    zone: int | None = None
    """Microseconds ahead of UTC, where it says so."""

    def micros(self, order: str) -> int | None:
        """On the company's own clock; None where the text is no day in this order."""
        day = self.days.get(order)
        if day is None:
            return None
        shift = 0 if self.zone is None else CLOCK_ZONE - self.zone
        return day * DAY + (self.clock or 0) + (shift if self.clock is not None else 0)


@lru_cache(maxsize=65536)
def read_moment(raw: str) -> Moment | None:
    """What a text says of a time; None for what is none."""
    if len(raw) > LONGEST:
        return None
    text = _WEEKDAY.sub("", narrow(raw).lstrip("'").lower().replace("：", ":")).strip()
    ends = [len(text), *(found.start() for found in reversed([*_GAP.finditer(text)]))]
    for end in ends:
        days = _days(text[:end])
        if not days:
            continue
        rest = text[end:].lstrip(" t,")
        if not rest:
            return Moment(days)
        if found := _clock_and_zone(rest):
            return Moment(days, *found)
    return _compact(text)


def _days(text: str) -> dict[str, int]:
    if found := _YEAR_FIRST.fullmatch(text):
        return _dated(ymd=tuple(map(int, found.groups())))
    if found := _YEAR_LAST.fullmatch(text):
        one, two, last = found.groups()
        year = int(last) if len(last) == 4 else 2000 + int(last)
        ways = {"dmy": (year, int(two), int(one)), "mdy": (year, int(one), int(two))}
        if len(last) == 2:
            ways["ymd"] = (2000 + int(one), int(two), int(last))
        return _dated(**ways)
    for pattern in _NAMED:
        if (found := pattern.fullmatch(text)) and found["m"] in _MONTHS:
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            return _dated(ymd=(year, _MONTHS[found["m"]], int(found["d"])))
    if len(text) == 8 and (found := _COMPACT.fullmatch(text)):
        return _dated(ymd=tuple(map(int, found.groups()[:3])))
    return {}


def _dated(**ways: tuple[int, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for order, (year, month, day) in ways.items():
        if not FIRST_YEAR <= year <= LAST_YEAR:
            continue
        try:
            found[order] = (dt.date(year, month, day) - EPOCH).days
        except ValueError:
            continue  # no such day in this order
    return found


def _compact(text: str) -> Moment | None:
    """20261031080512."""
    found = _COMPACT.fullmatch(text)
    if not found or not found[4]:
        return None
    days = _dated(ymd=tuple(map(int, found.groups()[:3])))
    clock = _micros(int(found[4]), int(found[5]), int(found[6] or 0))
    return Moment(days, clock) if days and clock is not None else None


def _clock_and_zone(text: str) -> tuple[int, int | None] | None:
    zoned = _ZONE.search(text)
    zone: int | None = None
    if zoned and zoned[0].strip():
        hours, minutes = int(zoned["h"] or 0), int(zoned["m"] or 0)
        zone = (-1 if zoned["sign"] == "-" else 1) * (hours * HOUR + minutes * MINUTE)
        text = text[: zoned.start()]
    found = _CLOCK.fullmatch(text)
    if not found or (found["m"] is None and not re.search(r"[时点apm上下凌早中晚]", text)):
        return None
    half = found["half"] or found["after"] or ""
    hour = int(found["h"])
    if half in _LATE and hour < _AT_NOON and not (half == "中午" and hour > 3):
        hour += _AT_NOON
    elif half and half not in _LATE and hour == _AT_NOON:
        hour = 0
    fraction = int((found["f"] or "").ljust(6, "0")[:6] or 0)
    micros = _micros(hour, int(found["m"] or 0), int(found["s"] or 0), fraction)
    return None if micros is None else (micros, zone)


def _micros(hour: int, minute: int, second: int, fraction: int = 0) -> int | None:
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * HOUR + minute * MINUTE + second * SECOND + fraction


@dataclass(frozen=True, slots=True)
class Order:
    """In which order the parts of a column's dates stand."""

    order: str = "ymd"
    """Of those that can be taken in more than one."""
    doubt: str = ""
    """Why it cannot be told: 看不出, 互相矛盾."""


UNDECIDED, CONTRADICTORY = "undecided", "contradictory"


def order_of_column(moments: Iterable[Moment], noted: str, last_day: int) -> Order:
    """The one order in which all of a column's dates are days; ``noted``: what the company says.

    A day after ``last_day`` (today, with some patience) is no record's.
    """
    if noted:
        return Order(noted)
    common: set[str] | None = None
    for moment in moments:
        ways = plausible(moment, last_day)
        if set(moment.days) != {"ymd"} and ways:
            common = set(ways) if common is None else common & ways.keys()
    if common is None or len(common) == 1:
        return Order(next(iter(common)) if common else "ymd")
    return Order("", UNDECIDED if common else CONTRADICTORY)


def plausible(moment: Moment, last_day: int) -> Mapping[str, int]:
    """The ways that are not of the future, if that leaves any."""
    return {order: day for order, day in moment.days.items() if day <= last_day} or moment.days


def settled(moment: Moment, order: Order, last_day: int) -> int | None:
    """The time that a text of a column means; None where it may be two."""
    if set(moment.days) == {"ymd"}:
        return moment.micros("ymd")
    if order.order:
        return moment.micros(order.order)
    ways = plausible(moment, last_day)
    if len(set(ways.values())) == 1:
        return moment.micros(next(iter(ways)))
    return None
