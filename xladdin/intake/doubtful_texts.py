"""Cells that should hold a text (工号, 部门) and hold what Excel has made of it."""

from __future__ import annotations

import datetime as dt
import re

from xladdin.problems import Place, Problem, Severity

from .decimals import decimal_of
from .text import is_error_value, key_text, shown

TEXT_IS_DATE, DIGITS_LOST, ERROR_VALUE = "text_is_date", "digits_lost", "error_value"
MOST_DIGITS = 15
"""So many digits of a number does Excel keep; the others become 0."""

_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"[0-9]{1,2}月[0-9]{1,2}日|(?:19|20)[0-9]{2}(?:([-/])[0-9]{1,2}\1[0-9]{1,2}|年[0-9]{1,2}月(?:[0-9]{1,2}日)?)"
    rf"|(?:[0-9]{{1,2}}-(?:{_MONTHS})|(?:{_MONTHS})-[0-9]{{2}})",
    re.IGNORECASE,
)
"""1-2 and 3-1 as Excel writes them into a text file once it has taken them for dates."""


def is_date(raw: object) -> bool:
    """Whether a text has become a date, in the cell or before it was written to a text file."""
    return isinstance(raw, dt.date | dt.time | dt.timedelta) or (
        isinstance(raw, str) and _DATE.fullmatch(key_text(raw)) is not None
    )


def lost_digits(raw: object) -> bool:
    """Whether a number has more digits than Excel keeps, or a text file kept even fewer."""
    if isinstance(raw, str):
        return _EXPONENT.fullmatch(key_text(raw)) is not None
    value = decimal_of(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else None
    return value is not None and abs(value) >= 10**MOST_DIGITS


def date_told(raw: object) -> str:
    """What to do about a text that has become a date."""
    return f"{shown(raw)}是日期或时间，可能是Excel自动改的；如果不对，请把单元格设为文本再填"


def digits_told(raw: object) -> str:
    """What to do about a number that is not what was typed."""
    return (
        f"{shown(raw)}超过{MOST_DIGITS}位，Excel只保留前{MOST_DIGITS}位，后面的已变成 0；"
        "请把这一列设为文本后重新填写"
    )


def error_told(raw: object) -> str:
    """What is wrong with a cell whose formula (a look-up, mostly) found nothing."""
    return f"{shown(raw)}是Excel的错误值，公式没有算出结果"


def text_problem(raw: object, place: Place) -> Problem | None:
    """Why a text is hardly what was typed."""
    if is_error_value(raw):
        return Problem(ERROR_VALUE, error_told(raw), place)
    if lost_digits(raw):
        return Problem(DIGITS_LOST, digits_told(raw), place)
    if is_date(raw):
        return Problem(TEXT_IS_DATE, date_told(raw), place, Severity.WARNING)
    return None
