"""The ways in which people and systems write a month, or a day of one.

Every writing is given all the readings that it has: 03/04/2026 is a day of March or of April.
What is not understood has none; nothing is ever read as "more or less" something.  Each pattern is
bounded, so that time grows with the length of a text only.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from xladdin.standards.numerals import DIGITS, number_of

from .epochs import OFFSET_1904
from .text import narrow

Month = tuple[int | None, int]
"""Year (None where the writing leaves it out) and month."""
Months = frozenset[Month]
Days = tuple[int, int]
"""The first and the last day, of one month."""

LONGEST = 100
"""Characters: a longer text is no month."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
LAST_DAY = 31
FIRST_SERIAL, LAST_SERIAL = 36526, 73050
"""2000-01-01 and 2099-12-31 as day numbers of the 1900 system."""
EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Saying:
    """What a writing says: each way to take it, and the months that it then names."""

    ways: Mapping[str, Months] = field(default_factory=dict)
    shape: str = ""
    """Writings of one shape in a column are all meant in the same way."""
    is_day: bool = False
    """Whether it names one day, and not the month or a span of days."""
    days: Mapping[str, Days] = field(default_factory=dict)
    """Of the ways that name days of one month: the first and the last of them."""

    @property
    def meanings(self) -> frozenset[Months]:
        """What differs between the ways."""
        return frozenset(self.ways.values())


NOTHING = Saying()
_Pair = tuple[str, str | None, str, str | None]
"""Way, year, month, day as digits."""


def _month(year: str | None, month: str, day: str | None) -> Month | None:
    """None for what no calendar has; years of two digits are of this century."""
    number = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    if number is not None and not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    if not 1 <= int(month) <= 12:
        return None
    # Without a year the 29th of February is a day.
    last = calendar.monthrange(number or 2024, int(month))[1]
    return (number, int(month)) if day is None or 1 <= int(day) <= last else None


def _said(shape: str, *pairs: _Pair) -> Saying:
    ways: dict[str, Months] = {}
    days: dict[str, Days] = {}
    for way, year, month, day in pairs:
        found = _month(year, month, day)
        if found is not None:
            ways[way] = frozenset([found])
            days |= {} if day is None else {way: (int(day), int(day))}
    is_day = all(day is not None for *_, day in pairs)
    return Saying(ways, shape, is_day, days) if ways else NOTHING


# One date or month.  The texts are narrow, in lower case, with one kind of hyphen.

_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_OF_MONTH = "月(?:份|度)?"
_GAP = "[-/.,'_ ]{0,2}"


def _named(name: str) -> str:
    return str(_NAMES.index(name[:3]) + 1)


def _day_of_year(found: re.Match[str]) -> Saying:
    year, month, day = found.groups()
    return _said("ymd", ("ymd", year, month, day))


def _month_of_year(found: re.Match[str]) -> Saying:
    year, month = (group for group in found.groups() if group)
    return _said("ym", ("ym", year, month, None))


def _dotted(found: re.Match[str]) -> Saying:
    """2026.1 is January, or what a cell for numbers has made of 2026.10."""
    year, month = found.groups()
    pairs: list[_Pair] = []
    if not month.startswith("0"):
        pairs.append(("zero kept", year, month, None))
    if not month.endswith("0"):
        pairs.append(("zero lost", year, month if month != "1" else "10", None))
    return _said("y.m", *pairs)


def _of_month(found: re.Match[str]) -> Saying:
    year, month, day = found.groups()
    return _said("md", ("md", year, month, day))


def _six(found: re.Match[str]) -> Saying:
    text = found[0]
    one, two, three = text[:2], text[2:4], text[4:]
    return _said(
        "six",
        ("ym", text[:4], three, None),
        ("ymd", one, two, three),
        ("dmy", three, two, one),
        ("mdy", three, one, two),
    )


def _year_last(found: re.Match[str]) -> Saying:
    first, sign, second, year = found.groups()
    pairs: tuple[_Pair, _Pair] = (("dmy", year, second, first), ("mdy", year, first, second))
    return _said(f"d{sign}d{sign}y", *pairs)


def _three(found: re.Match[str]) -> Saying:
    """26-10-31, 31/10/26, 10.31.26."""
    one, sign, two, three = found.groups()
    pairs: list[_Pair] = []
    if len(one) == 2:
        pairs.append(("ymd", one, two, three))
    if len(three) == 2:
        pairs += [("dmy", three, two, one), ("mdy", three, one, two)]
    return _said(f"d{sign}d{sign}d", *pairs)


def _month_first(found: re.Match[str]) -> Saying:
    month, year = found.groups()
    return _said("my", ("my", year, month, None))


def _two(found: re.Match[str]) -> Saying:
    """10/31, 31-10, 26.10, 10/26: day and month, or month and year."""
    one, sign, two = found.groups()
    pairs: list[_Pair] = [("md", None, one, two), ("dm", None, two, one)]
    if len(one) == 2:
        pairs.append(("ym", one, two, None))
    if len(two) == 2:
        pairs.append(("my", two, one, None))
    if sign == "." and two == "1":
        pairs.append(("dm zero lost", None, "10", one))
        pairs += [("ym zero lost", one, "10", None)] if len(one) == 2 else []
    return _said(f"d{sign}d", *pairs)


def _english(found: re.Match[str]) -> Saying:
    name, day, year = found["name"], found["day"], found["year"]
    return _said("english", ("english", year, _named(name), day))


def _english_short(found: re.Match[str]) -> Saying:
    """Oct-26 is the 26th of October, or October 2026."""
    month, number = _named(found["name"]), found["number"]
    pairs: list[_Pair] = [("md", None, month, number)]
    if len(number) == 2:
        pairs.append(("my", number, month, None))
    return _said("english short", *pairs)


def _week(found: re.Match[str]) -> Saying:
    """2026-W41, 2026年第41周: Monday to Sunday, as ISO 8601 and GB/T 7408 count weeks."""
    try:
        first = dt.date.fromisocalendar(int(found["year"]), int(found["week"] or found["nth"]), 1)
    except ValueError:
        return NOTHING
    last = first + dt.timedelta(days=6)
    months = frozenset((day.year, day.month) for day in (first, last))
    days = {"week": (first.day, last.day)} if len(months) == 1 else {}
    return Saying({"week": months}, "week", days=days)


_Reader = Callable[[re.Match[str]], Saying]
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>20\d\d)年?"
_WEEK = r"(?P<year>20\d\d)(?:[- ]?w ?(?P<week>\d{1,2})|(?: ?年 ?第?| ?第) ?(?P<nth>\d{1,2}) ?周)"
PATTERNS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern, re.ASCII), reader)
    for pattern, reader in (
        (r"(\d{4}) ?[-/.年 ] ?(\d{1,2}) ?[-/.月 ] ?(\d{1,2}) ?[日号]?", _day_of_year),
        (rf"(\d{{4}}) ?[-/年_ ] ?(\d{{1,2}}) ?(?:{_OF_MONTH})?", _month_of_year),
        (rf"(\d{{4}}) ?\. ?(\d{{1,2}}) ?{_OF_MONTH}", _month_of_year),
        (r"(\d{4}) ?\. ?(\d{1,2})", _dotted),
        (rf"(?:(\d\d) ?年 ?)?(\d{{1,2}}) ?(?:{_OF_MONTH}|月 ?(\d{{1,2}}) ?[日号]?)", _of_month),
        (r"(\d{4})(\d\d)(\d\d)", _day_of_year),
        (r"\d{6}", _six),
        (_WEEK, _week),
        (r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4})", _year_last),
        (r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{1,2})", _three),
        (r"(\d{1,2}) ?[-/.月 ] ?(\d{4})年?", _month_first),
        (r"(\d{1,2}) ?([-/.]) ?(\d{1,2})", _two),
        (rf"(?P<name>{_NAME})(?:{_GAP}{_DAY})?(?:{_GAP}(?:of )?{_YEAR})?", _english),
        (rf"{_DAY}{_GAP}(?:of )?(?P<name>{_NAME})(?:{_GAP}(?P<year>20\d\d|\d\d))?", _english),
        (rf"{_YEAR}{_GAP}(?P<name>{_NAME})(?:{_GAP}{_DAY})?", _english),
        (rf"(?P<name>{_NAME}){_GAP}{_DAY},? ?(?P<year>\d\d)", _english),
        (rf"(?P<name>{_NAME}){_GAP}(?P<number>\d{{1,2}})", _english_short),
    )
)
_SHORT_NAME = re.compile(rf"{_NAME}{_GAP}\d{{1,2}}", re.ASCII)


def _atom(text: str) -> Saying:
    """One date or month and nothing else."""
    for pattern, reader in PATTERNS:
        if reader is _english and _SHORT_NAME.fullmatch(text):
            continue  # which _english_short knows better
        found = pattern.fullmatch(text)
        if found and (said := reader(found)).ways:
            return said
    return NOTHING


# What stands around it.

_HYPHENS = {ord(sign): "-" for sign in "–—―‐‑‒﹣－─"} | {ord(sign): "~" for sign in "〜∼～˜"}
_QUOTES = "'‘’`\"“”"
_ZONE = r"(?: ?\+0?8:?00)?"
_CLOCK = re.compile(
    r"(?:(?:上午|下午|早上|晚上|凌晨|中午|am|pm) ?)?"
    r"(?:(?<!\d)\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?|(?<!\d)\d{1,2} ?[点时](?: ?\d{1,2} ?分(?: ?\d{1,2} ?秒)?)?)"
    rf"(?: ?(?:am|pm))?{_ZONE}(?![\d:+])",
    re.ASCII,
)
_T_CLOCK = re.compile(r"(?<=\d)t(?=\d{1,2}:)", re.ASCII)
_WEEKDAY = re.compile(
    r"\(?(?:星期|礼拜|周)[一二三四五六日天](?![一二三四五六日天次])\)?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?"
)
_NUMERAL = re.compile(r"(?<!\d)[0零一二三四五六七八九十]{1,4}(?= ?[年月日号])", re.ASCII)


def _digits(found: re.Match[str]) -> str:
    """十一 as 11, 二〇二六 as 2026; what is no numeral stays, and is then not understood."""
    text = found[0]
    if text.isdecimal():
        return text
    if len(text) in (2, 4) and "十" not in text and text[0] in "二2":
        return "".join(str(DIGITS.get(sign, sign)) for sign in text)
    number = number_of(text)
    return text if number is None else str(number)


def _tidy(raw: str) -> str:
    text = narrow(raw).casefold().strip(_QUOTES).translate(_HYPHENS)
    text = text.replace("元月", "1月")
    return " ".join(_NUMERAL.sub(_digits, text).split())


def _bare(text: str) -> str:
    """Without the hour and the day of the week."""
    text = _WEEKDAY.sub(" ", _CLOCK.sub(" ", _T_CLOCK.sub(" ", text)))
    return " ".join(text.split()).strip(", ")


# Spans.

_BETWEEN = re.compile(r" ?(?:至|到|~|--|\bto\b|-|\||_) ?")
_REST = re.compile(r"(\d{1,2}) ?([日号])?", re.ASCII)
_FROM = re.compile(r"\d{1,2}", re.ASCII)


def _span(text: str) -> Saying:
    """From one day or month to another; all that can be made of it."""
    ways: dict[str, Months] = {}
    days: dict[str, Days] = {}
    for number, sign in enumerate(_BETWEEN.finditer(text)):
        left, right = text[: sign.start()], text[sign.end() :]
        for way, months, found in _ends(left, right):
            ways[f"{number} {way}"] = months
            days |= {f"{number} {way}": found} if found else {}
    return Saying(ways, f"span {_outline(text)}", days=days) if ways else NOTHING


def _outline(text: str) -> str:
    return re.sub(r"\d{1,2}", "d", text, flags=re.ASCII)


_Span = tuple[str, Months, Days | None]


def _ends(left: str, right: str) -> Iterator[_Span]:
    first, last = _atom(left), _atom(right)
    rest = _REST.fullmatch(right)
    if not first.ways and _FROM.fullmatch(left) and "月" in right:
        first = _said("md", ("md", None, left, None))  # 10-11月
    if first.ways and not last.ways and rest:
        yield from _short_end(first, rest)
    shared = first.shape == last.shape
    for way, months in first.ways.items():
        for other, others in last.ways.items():
            if not shared or way == other:
                days = _between(first.days.get(way), last.days.get(other))
                yield from _through(f"{way} {other}", months, others, days)


def _between(first: Days | None, last: Days | None) -> Days | None:
    """From a day, or the first, to a day, or the last; None for months as such."""
    if first is None and last is None:
        return None
    return (first[0] if first else 1, last[1] if last else LAST_DAY)


def _short_end(first: Saying, rest: re.Match[str]) -> Iterator[_Span]:
    """2026-11-01~30 and 2026年10~11: a day of the same month, or a month of the same year."""
    for way, months in first.ways.items():
        ((year, month),) = months
        if first.is_day:
            if _month(None if year is None else str(year), str(month), rest[1]):
                yield way, months, (first.days[way][0], int(rest[1]))
        elif not rest[2] and _month(None, rest[1], None):
            yield from _through(way, months, frozenset([(None, int(rest[1]))]), None)


def _through(way: str, first: Months, last: Months, days: Days | None) -> Iterator[_Span]:
    """All months between two; years that are left out are those of the other end."""
    ((year, month),), ((to_year, to_month),) = first, last
    if year is None and to_year is not None:
        year = to_year if month <= to_month else to_year - 1
    elif to_year is None and year is not None:
        to_year = year if month <= to_month else year + 1
    count = ((to_year or 0) - (year or 0)) * 12 + to_month - month
    if year is None and count < 0:
        count += 12
    if count >= 0:
        months = frozenset(
            (None if year is None else year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1)
            for i in range(count + 1)
        )
        yield way, months, days if count == 0 else None


# What a cell says, and what a title mentions.


def said_in(text: str) -> Saying:
    """What a text says that is a month, a day or a span, and nothing else."""
    return _said_in(text) if len(text) <= LONGEST else NOTHING


@lru_cache(maxsize=4096)
def _said_in(text: str) -> Saying:
    text = _bare(_tidy(text))
    found = _atom(text)
    return found if found.ways else _span(text)


def said_on(day: dt.date) -> Saying:
    """What a date says."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return NOTHING
    of_month = {"day": frozenset([(day.year, day.month)])}
    return Saying(of_month, "day", is_day=True, days={"day": (day.day, day.day)})


def said_by_serial(number: float, *, date1904: bool) -> Saying:
    """What a spreadsheet's day number says."""
    days = int(number) + (OFFSET_1904 if date1904 else 0)
    if not FIRST_SERIAL <= days <= LAST_SERIAL:
        return NOTHING
    return said_on(EPOCH + dt.timedelta(days=days))


_YEAR_IN_TEXT = r"(?<!\d)20\d\d"
_ONE = (
    rf"{_YEAR_IN_TEXT}(?:[- ]?w ?\d{{1,2}}(?!\d)|(?: ?年 ?第?| ?第) ?\d{{1,2}} ?周(?!年))"
    rf"|{_YEAR_IN_TEXT} ?[-/.年_] ?\d{{1,2}}(?!\d| ?周)(?: ?[-/.月] ?\d{{1,2}}(?!\d) ?[日号]?| ?月(?!\d))?"
    rf"|{_YEAR_IN_TEXT}(?:0[1-9]|1[0-2])(?:[0-3]\d)?"
    r"|(?<!\d)(?<![近前过每第满\d])(?:\d\d ?年 ?)?\d{1,2} ?月(?: ?\d{1,2} ?[日号]|份|度|(?![龄\d]))"
    r"|(?<!\d)\d{1,2}([-/.])\d{1,2}\1 ?20\d\d"
    rf"|(?<![a-z]){_NAME}{_GAP}(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?20\d\d"
    rf"|(?<!\d)\d{{1,2}}{_GAP}{_NAME}{_GAP}20\d\d"
)
_OTHERWISE = "版|起|修订|入职|以?前|以?后|以?内"
"""What makes of a month a mark of something else: 2026年3月版, 2026-03-01起执行."""
# Atomic: 2026年3月版 is not to be taken for 2026年3 and something behind it.
_MENTION = re.compile(rf"(?>{_ONE})(?!\d| ?(?:{_OTHERWISE}))", re.ASCII)
_LINK = re.compile(r" ?(?:至|到|~|--|\bto\b|-|_) ?")
_SHORT_REST = re.compile(r"\d{1,2}(?!\d)(?:[-/.月]\d{1,2}(?!\d)[日号]?|[月日号])?", re.ASCII)


def mentioned_in(text: str) -> list[Saying]:
    """Every month, day and span that a running text speaks of (a title, a file's name)."""
    text = _CLOCK.sub(" ", _T_CLOCK.sub(" ", _tidy(text[:1000])))
    found: list[Saying] = []
    place = 0
    while one := _MENTION.search(text, place):
        place = one.end()
        longer = _linked(text, place)
        whole = said_in(text[one.start() : longer]) if longer > place else NOTHING
        if whole.ways:
            place = longer
        said = whole if whole.ways else said_in(one[0])
        found += [said] if said.ways else []
    return found


def _linked(text: str, place: int) -> int:
    """Where a span ends whose first end ends at ``place``."""
    link = _LINK.match(text, place)
    if not link:
        return place
    other = _MENTION.match(text, link.end()) or _SHORT_REST.match(text, link.end())
    return other.end() if other else place
