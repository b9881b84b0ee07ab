"""What Excel makes of a value that is written to a cell.

It reads texts as if a person had typed them: "2026-11" turns into a date, unless the cell has the
format of a text. Calc's interface would keep the text, and hide what a clerk then sees.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = float | int | bool | str | Decimal | dt.datetime | dt.date | dt.time | None

TEXT = "@"
LOGICAL = "BOOLEAN"
"""Excel's booleans are values; Calc's are numbers with this format."""

_EPOCH = dt.datetime(1899, 12, 30)
_DAY = dt.timedelta(days=1)
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(?<=[\d.])(E[+-]?\d+)?%?", re.I)
_FULL_DATE = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-/年](\d{1,2})月?")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})[-/月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


@dataclass(frozen=True)
class Typed:
    """What a cell gets: a number or a text, or a formula; and a format that Excel adds."""

    value: float | str = ""
    formula: str | None = None
    format: str | None = None


def serial(moment: dt.datetime) -> float:
    """The number of a date, as cells hold it."""
    return (moment.replace(tzinfo=None) - _EPOCH) / _DAY


def moment(number: float) -> dt.datetime:
    """The date of a number, to the millisecond: COM hands over no more."""
    return _EPOCH + dt.timedelta(milliseconds=round(number * 86_400_000))


def typed(value: Value, keeps_text: bool = False) -> Typed:
    """What a value becomes; `keeps_text` in a cell with the format of a text."""
    match value:
        case None:
            return Typed()
        case bool():
            return Typed(float(value), format=LOGICAL)
        case int() | float() | Decimal():
            return Typed(float(value))
        case str():
            return Typed(value) if keeps_text else _entered(value)
        case _:
            return _dated(value)


def _dated(value: dt.datetime | dt.date | dt.time) -> Typed:
    if isinstance(value, dt.time):
        return Typed(serial(dt.datetime.combine(_EPOCH, value)), format="h:mm:ss")
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return Typed(serial(value), format="yyyy/m/d h:mm" if value.time() else "yyyy/m/d")


def _entered(text: str) -> Typed:
    if text.startswith("'"):
        return Typed(text[1:])
    if text.startswith("=") and len(text) > 1:
        return Typed(formula=text)
    if text.strip().upper() in {"TRUE", "FALSE"}:
        return typed(text.strip().upper() == "TRUE")
    return _number(text.strip()) or _date(text.strip()) or Typed(text)


def _number(text: str) -> Typed | None:
    if not _NUMBER.fullmatch(text) or not any(map(str.isdigit, text)):
        return None
    value = float(text.rstrip("%").replace(",", ""))
    if text.endswith("%"):
        return Typed(value / 100, format="0.00%" if "." in text else "0%")
    return Typed(value)


def _date(text: str) -> Typed | None:
    try:
        if found := _FULL_DATE.fullmatch(text):
            return _day(*map(int, found.groups()), format="yyyy/m/d")
        if found := _MONTH.fullmatch(text):
            return _day(*map(int, found.groups()), 1, format="mmm-yy")
        if found := _DAY_OF_YEAR.fullmatch(text):
            return _day(dt.date.today().year, *map(int, found.groups()), format="d-mmm")
        if found := _TIME.fullmatch(text):
            time = dt.time(*(int(part or 0) for part in found.groups()))
            return Typed(serial(dt.datetime.combine(_EPOCH, time)), format="h:mm")
    except ValueError:  # month 13: Excel keeps the text
        return None
    return None


def _day(year: int, month: int, day: int, format: str) -> Typed:
    return Typed(serial(dt.datetime(year, month, day)), format=format)
