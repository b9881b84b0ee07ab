"""The kinds of cells of the master workbook: how each is read, as people fill it in, and written.

Shares of 100 are fractions in a cell (20 points are 0.2, shown as 20%), measures stand in the unit
of their row, choices are Chinese words, lists are joined by 、 or by line breaks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from xladdin.characters import is_plain
from xladdin.domain.people import Period, day_number
from xladdin.domain.quantities import Unit, plain
from xladdin.intake.decimals import snapped
from xladdin.intake.doubtful_texts import (
    DIGITS_LOST,
    ERROR_VALUE,
    TEXT_IS_DATE,
    date_told,
    digits_told,
    error_told,
    is_date,
    lost_digits,
)
from xladdin.intake.months import Fault, month_of, said_by
from xladdin.intake.numbers import MISSING_MARKS, Reading
from xladdin.intake.roster import NO_DAY
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.stated_units import NOTHING, Beside
from xladdin.intake.text import (
    clean,
    clean_lines,
    is_error_value,
    key_text,
    narrow,
    shown,
    written_text,
)
from xladdin.intake.times import read_day

CellValue = str | Decimal | None
Row = dict[str, CellValue]
"""Column key -> what the cell holds."""

YES, NO = "是", "否"


class Kind(StrEnum):
    """How a cell is read and what may be entered in it."""

    TEXT = "text"
    LONG = "long"
    """Text over several lines."""
    KEY = "key"
    """Text that other sheets refer to; numbers are taken as text (1001, not 1001.0)."""
    NUMBER = "number"
    WHOLE = "whole"
    POINTS = "points"
    """Points or percent of 100, written 20 or 20%: 20 either way."""
    RATIO = "ratio"
    """A share, written 95% or 0.95."""
    RATE = "rate"
    """By how much something grows or shrinks, written 3%, -5% or 0.03."""
    MEASURE = "measure"
    """A figure in the unit that the row's indicator has."""
    CHOICE = "choice"
    """One of the words of the column."""
    YES_NO = "yes_no"
    NAMES = "names"
    """Several names, separated by 、."""
    LINES = "lines"
    """Several texts, one per line of the cell."""
    PERIOD = "period"
    DATE = "date"
    """A day of somebody's working life."""
    DUE = "due"
    """A day or an hour in short: 12-25, 09:00."""


NUMBERS = (Kind.NUMBER, Kind.WHOLE, Kind.POINTS, Kind.RATIO, Kind.RATE, Kind.MEASURE)

Words = Mapping[str, str]
"""What may be written -> the value it means (``narrow`` and lower case)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell says; ``guess`` and ``problem`` tell a clerk in Chinese what to look at."""

    value: Any = None
    """None: nothing, or nothing that can be read."""
    problem: str = ""
    guess: str = ""
    code: str = ""

    @property
    def says_nothing(self) -> bool:
        """The cell was read, and means that there is nothing: 无, 暂无."""
        return self is not BLANK and self.value is None and not self.problem


BLANK = Answer()
DASHES = frozenset(mark for mark in MISSING_MARKS if not re.search(r"\w", mark))
"""What people put into a cell to say that they have left nothing out."""

_YES = {YES, "有", "对", "y", "yes", "true", "1", "√", "✓", "✔"}
_NO = {NO, "无", "不", "不是", "n", "no", "false", "0", "×", "x"}
_NAMES = re.compile(r"[、，,;；\n]")
_COUNTED = re.compile(r"([+-]?[0-9.,]+) ?(?:分|次|人|天|级|个|倍)")


def is_empty(raw: object) -> bool:
    """Whether a cell says nothing: blank, or a dash."""
    if not isinstance(raw, str):
        return raw is None
    begins = raw[:1].isalnum() and is_plain(raw)  # a word, which is no dash; nearly all are
    return not begins and narrow(raw) in DASHES


def read_cell(
    raw: object,
    kind: Kind,
    words: Words,
    unit: Unit | None,
    *,
    date1904: bool = False,
    near: Beside = NOTHING,
) -> Answer:
    """Read a cell; nothing raises.

    ``date1904``: bare day numbers of the file count from 1904; ``near``: what stands beside it.
    """
    if is_empty(raw):
        return BLANK
    if kind is Kind.MEASURE:
        return _measure(raw, unit, near, date1904)
    if is_error_value(raw):
        return _wrong(error_told(raw), ERROR_VALUE)
    if kind is Kind.DATE:
        return _date(raw, date1904)
    if kind in _WORDED:
        return _word(raw, words)
    return _READERS[kind](raw)


def write_cell(value: Any, kind: Kind, *, usual: bool = False) -> CellValue:
    """The cell that says a value; ``usual``: an empty cell says 是, so 否 must be written."""
    match value:
        case None:
            return None
        case bool():
            return (YES if value else NO) if usual else (YES if value else None)
        case str():
            return value or None
        case tuple() | list():
            return ("\n" if kind is Kind.LINES else "、").join(value) or None
        case dt.date():
            return day_number(value)
        case Decimal() if kind is Kind.POINTS:
            return value / 100
        case _:
            return Decimal(value)


def _wrong(problem: str, code: str) -> Answer:
    return Answer(problem=problem, code=code)


def _text(raw: object, tidy: Callable[[str], str] = clean) -> Answer:
    said = tidy(written_text(raw))
    if isinstance(raw, dt.date | dt.time):
        return Answer(said, guess=date_told(raw), code=TEXT_IS_DATE)
    if said.startswith("="):
        return Answer(said, guess=f"{shown(raw)}像公式，按文字保留", code="looks_like_formula")
    return Answer(said)


def _long(raw: object) -> Answer:
    return _text(raw, clean_lines)


def _key(raw: object) -> Answer:
    if lost_digits(raw):
        return _wrong(digits_told(raw), DIGITS_LOST)
    if is_date(raw):
        return Answer(key_text(raw), guess=date_told(raw), code=TEXT_IS_DATE)
    return _text(raw, key_text)


def _names(raw: object) -> Answer:
    parts = [clean(part) for part in _NAMES.split(written_text(raw))]
    named = tuple(part for part in parts if part and narrow(part) not in MISSING_MARKS)
    return Answer(named or None)


def _lines(raw: object) -> Answer:
    lines = tuple(line for line in clean_lines(written_text(raw)).split("\n") if line)
    return Answer(lines or None)


def _due(raw: object) -> Answer:
    """12-25 and 9:00 as Excel turns them into dates and times, back again."""
    match raw:
        case dt.datetime() | dt.date():
            return Answer(f"{raw:%m-%d}")
        case dt.time():
            return Answer(f"{raw:%H:%M}")
        case _:
            return _text(raw)


def _date(raw: object, date1904: bool) -> Answer:
    if narrow(written_text(raw)).upper() in NO_DAY:
        return Answer()  # said in words, which the check does not know
    day = read_day(raw, date1904=date1904)
    if day is None:
        return _wrong(f"{shown(raw)}不是日期，请写成 2026-11-10 的样子", "date")
    return Answer(day)


def _period(raw: object) -> Answer:
    """A month by itself; a column of months may tell more (``months.MonthColumn``)."""
    return month_answer(month_of(said_by(raw), raw))


def month_answer(found: Period | Fault) -> Answer:
    """A month, or why a cell is none."""
    return _wrong(found.message, found.code) if isinstance(found, Fault) else Answer(found)


def _number(raw: object, unit: Unit = Unit.NUMBER) -> Answer:
    """Also with the word for what is counted: 2分, 3次."""
    counted = _COUNTED.fullmatch(narrow(raw)) if isinstance(raw, str) else None
    return _read(read_figure(counted[1] if counted else raw, unit))


def _read(reading: Reading) -> Answer:
    if reading.problem:
        return _wrong(reading.problem, "number")
    value = None if reading.value is None else canonical(reading.value)
    return Answer(value, guess=reading.guess, code=reading.code)


def _whole(raw: object) -> Answer:
    answer = _number(raw)
    if answer.value is None or answer.value == int(answer.value):
        return answer if answer.value is None else Answer(int(answer.value))
    return _wrong(f"{shown(raw)}应为整数", "not_whole")


def _points(raw: object) -> Answer:
    """Points of 100; at most 1 without a percent sign is a fraction whose format was lost."""
    if isinstance(raw, str) and narrow(raw).endswith("%"):
        answer = _number(raw, Unit.PERCENT)
        return answer if answer.value is None else Answer(canonical(answer.value * 100))
    answer = _number(raw)
    if answer.value is not None:
        answer = replace(answer, value=canonical(snapped(answer.value / 100) * 100))
    if answer.value is None or not 0 < answer.value <= 1:
        return answer
    points = canonical(answer.value * 100)
    said = f"{shown(raw)}按 {plain(points)}% 读；如果是 {plain(answer.value)}%，请带上百分号"
    return Answer(points, guess=said, code="number_guess")


def _ratio(raw: object) -> Answer:
    return _number(raw, Unit.PERCENT)


def _measure(raw: object, unit: Unit | None, near: Beside, date1904: bool) -> Answer:
    """In a unit that cannot be told, nothing is read: the unit's own cell is the fault."""
    return BLANK if unit is None else _read(read_figure(raw, unit, near, date1904=date1904))


def _yes_no(raw: object) -> Answer:
    said = narrow(written_text(raw)).casefold()
    if said in _YES or said in _NO:
        return Answer(said in _YES)
    return _wrong(f"{shown(raw)}应为“{YES}”或“{NO}”", "not_yes_no")


def _word(raw: object, words: Words) -> Answer:
    said = narrow(written_text(raw)).casefold()
    if said in words:
        return Answer(words[said])
    return _wrong(f"{shown(raw)}不在可选的内容中", "unknown_choice")


def canonical(value: Decimal) -> Decimal:
    """The number as it is written shortest: 90.0 and 9E+1 are 90."""
    return Decimal(plain(value))


_WORDED = frozenset({Kind.CHOICE})
_READERS: dict[Kind, Callable[[object], Answer]] = {
    Kind.TEXT: _text,
    Kind.LONG: _long,
    Kind.KEY: _key,
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.POINTS: _points,
    Kind.RATIO: _ratio,
    Kind.RATE: _ratio,
    Kind.YES_NO: _yes_no,
    Kind.NAMES: _names,
    Kind.LINES: _lines,
    Kind.PERIOD: _period,
    Kind.DUE: _due,
}
