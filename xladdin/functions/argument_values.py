"""Cells as Excel hands them over: numbers, texts, blanks, error values, dates.

What cannot be used is never guessed at: it becomes a short message that names its argument.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from xladdin.domain.people import day_number
from xladdin.domain.quantities import Unit
from xladdin.formula.evaluate import Value
from xladdin.intake.decimals import decimal_of
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.text import is_blank, narrow, written_text
from xladdin.scoring.model import POINTS_OFF, WEIGHTS_OFF

MARK = "#"
"""What every message of a function begins with."""
LONGEST = 250
LARGEST = Decimal(10) ** 12
"""Beyond, a figure is a slip; the engine's arithmetic would carry on far longer."""

_ERROR_VALUE = re.compile(r"#[A-Z0-9_/]+[!?]?", re.IGNORECASE)
_INCOMPLETE = re.compile(
    rf"缺[0-9]+项(?:[:：].*)?|{re.escape(WEIGHTS_OFF)}|{re.escape(POINTS_OFF)}"
)

_FIRST_ERROR = -2146826288
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
    45: "#SPILL!",
    46: "#CONNECT!",
    47: "#BLOCKED!",
    48: "#UNKNOWN!",
    49: "#FIELD!",
    50: "#CALC!",
}
"""Error values come as COM error codes: whole numbers that no cell can hold as a figure."""
_LAST_ERROR = _FIRST_ERROR + 100

_NOT_A_NUMBER, _ERROR = "不是数字", "单元格是错误值"


class BadArgumentError(Exception):
    """An argument that cannot be used; the text is what the cell will show."""


def bad(name: str, why: str) -> BadArgumentError:
    """The message about an argument: ``#目标：不是数字``."""
    return BadArgumentError(f"{MARK}{name}：{why}"[:LONGEST])


def number(raw: object, name: str) -> Decimal | None:
    """A number as it stands in a cell, exactly as it is written; None for a blank."""
    if raw.__class__ is float:  # most cells, and never an error value
        return _within(decimal_of(raw), name)
    _pass_on(raw, name)
    match raw:
        case bool():
            raise bad(name, "是逻辑值，不是数字")
        case int() | float() | Decimal():
            return _within(decimal_of(raw), name)
        case dt.date() | dt.time() | dt.timedelta():
            raise bad(name, "是日期或时间，不是数字")
        case _ if is_blank(raw):
            return None
        case _:
            raise bad(name, _NOT_A_NUMBER)


def day(raw: object, name: str) -> Decimal | None:
    """A date as the day number that spreadsheets use; numbers are such already."""
    if isinstance(raw, str):
        return measured(raw, name, Unit.DATE)
    if not isinstance(raw, dt.date):
        return number(raw, name)
    if not isinstance(raw, dt.datetime):
        return day_number(raw)
    midnight = dt.datetime.combine(raw.date(), dt.time(), raw.tzinfo)
    return day_number(raw.date()) + Decimal((raw - midnight).seconds) / (24 * 60 * 60)


def measured(raw: object, name: str, unit: Unit) -> Decimal | None:
    """A figure in a unit, typed or exported: ``９５％``, ``00:02:23``, ``--``, ``1,234.50``.

    A reading that is a guess is refused, but for a percentage without its sign (95, 1): elsewhere
    a clerk is shown what was guessed, here nobody would see it.
    """
    _pass_on(raw, name)
    reading = read_figure(raw, unit)
    if reading.problem:
        raise bad(name, reading.problem)
    if reading.guess and unit is not Unit.PERCENT:
        raise bad(name, f"写法不明确（{reading.guess}）")
    return reading.value


def score(raw: object, name: str) -> Decimal | None:
    """A total or a score; what the forms write while something is missing counts as a blank."""
    if isinstance(raw, str) and _INCOMPLETE.fullmatch(narrow(raw)):
        return None
    return number(raw, name)


def text(raw: object, name: str) -> str:
    """A text on one line, with narrow signs; empty for a blank."""
    return narrow(lines(raw, name))


def lines(raw: object, name: str) -> str:
    """A text as it stands in its cell."""
    _pass_on(raw, name)
    match raw:
        case bool():
            raise bad(name, "是逻辑值，不是文字")
        case None | str() | int() | float() | Decimal():
            return written_text(raw)
        case _:
            raise bad(name, "不是文字")


def answer(value: Value) -> float | str | None:
    """A value as Excel takes it."""
    if isinstance(value, Decimal | bool):
        return float(value)
    return value


def _within(value: Decimal | None, name: str) -> Decimal:
    if value is None:
        raise bad(name, _NOT_A_NUMBER)
    if abs(value) > LARGEST:
        raise bad(name, "数字太大")
    return value


def _pass_on(raw: object, name: str) -> None:
    """Raise for an error value, and again for the message of a function further in."""
    if isinstance(raw, int) and _FIRST_ERROR <= raw <= _LAST_ERROR:
        raise bad(name, f"{_ERROR} {_ERRORS.get(raw - _FIRST_ERROR, '')}".strip())
    if not isinstance(raw, str) or not raw.startswith(MARK):
        return
    if _ERROR_VALUE.fullmatch(raw.strip()):
        raise bad(name, f"{_ERROR} {raw.strip()}")
    raise BadArgumentError(raw[:LONGEST])
