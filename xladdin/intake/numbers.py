"""One figure as people really type it, read in the unit of its indicator."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.domain.people import day_number
from xladdin.domain.quantities import Unit, facts, plain, written

from .decimals import decimal_of, snapped
from .epochs import OFFSET_1904
from .seen_numbers import SeenNumber
from .text import is_error_value, narrow, shown
from .times import (
    SECONDS,
    clock_to_seconds,
    read_date,
    spelled,
    value_to_seconds,
    words_to_seconds,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure in its unit; ``guess`` and ``problem`` say in Chinese what a clerk should know."""

    value: Decimal | None = None
    guess: str = ""
    """How the figure was understood, where another reading is possible."""
    problem: str = ""
    """Why it could not be read; empty when it is fine or simply missing."""
    code: str = "number_guess"
    """Of what ``guess`` says."""


MISSING = Reading()
MISSING_MARKS = frozenset(["", "-", "--", "---", "—", "——", "–", "/", "\\", "无", "暂无", "N/A"])

_SUFFIXES: dict[Unit, tuple[str, ...]] = {
    Unit.PERCENT: ("%",),
    Unit.DAY: ("天", "日"),
    Unit.YUAN: ("元", "块", "RMB"),
    Unit.TIMES: ("次", "回"),
    Unit.PIECE: ("件", "个", "单", "笔"),
    Unit.PERSON: ("人", "位", "名"),
    Unit.POINT: ("分",),
    Unit.SIGNED: ("分",),
    Unit.STAR: ("星", "颗星"),
    Unit.NUMBER: ("次", "回", "件", "个", "单", "笔", "人", "位", "名", "分", "天", "级", "倍"),
}
_EXAMPLES = {
    Unit.PERCENT: "95%",
    Unit.SECOND: "30 或 00:00:30",
    Unit.MINUTE: "10 或 00:10:00",
    Unit.HOUR: "24 或 24:00:00",
    Unit.YUAN: "1200.50",
    Unit.POINT: "4.5",
    Unit.SIGNED: "5 或 -5",
    Unit.STAR: "4.8",
    Unit.DATE: "2026-11-03",
    Unit.NUMBER: "12.5",
}
_COUNTED = (Unit.TIMES, Unit.PIECE, Unit.PERSON)
LARGE = {
    "": 1,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_LARGE_UNITS = (Unit.YUAN, Unit.NUMBER, *_COUNTED)

_FIGURE = re.compile(
    r"(¥?) ?([+-]?[0-9.,]+(?:E[+-]?[0-9]{1,3})?) ?(千万|百万|十万|[千万亿]?) ?(\S*)", re.IGNORECASE
)
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:E[+-]?[0-9]+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")

# No reply takes less than a hundredth of a second: so small a figure is a time cell that lost
# its format, a fraction of a day.
_SHORTEST = Decimal("0.01")
_DAY = 86_400
_COMPACT_DATE = 20_000_101
"""From here on a number is a date in digits, and no day number."""
_HOUR = 3600


def read_number(raw: object, unit: Unit, *, date1904: bool = False) -> Reading:
    """Read one cell; nothing raises, and nothing is read as 0 that is not 0.

    ``date1904``: bare day numbers of the file count from 1904; those of the answer never do.
    """
    match raw:
        case None:
            return MISSING
        case bool():
            return _refused(raw, unit)
        case str():
            reading = _of_text(raw, unit)
        case int() | float() | Decimal():
            reading = _of_number(raw, unit, date1904)
        case dt.date() | dt.time() | dt.timedelta():
            reading = _of_time_cell(raw, unit)
        case _:
            return _refused(raw, unit)
    return plausible(reading, raw, unit)


def bare_number(raw: object) -> Decimal | None:
    """A number, or a text that is one without any sign of its unit; None for all else."""
    match raw:
        case bool():
            return None
        case SeenNumber() if raw.shift:
            return bare_number(raw.text)
        case int() | float() | Decimal():
            return decimal_of(raw)
        case str():
            text = narrow(raw).lstrip("'‘’`").strip()
            known = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
            return Decimal(text.replace(",", "")) if known else None
        case _:
            return None


def _refused(raw: object, unit: Unit, why: str = "读不成数字") -> Reading:
    label, example = facts(unit).label, _EXAMPLES.get(unit, "3")
    noun = label if unit in (Unit.PERCENT, Unit.DATE, Unit.NUMBER) else f"以{label}为单位的数字"
    return Reading(problem=f"{shown(raw)}{why}，这里应为{noun}，如 {example}")


def _of_number(raw: float | Decimal, unit: Unit, date1904: bool) -> Reading:
    value = decimal_of(raw)
    if value is None:
        return _refused(raw, unit, "不是普通的数字")
    if date1904 and unit is Unit.DATE and value < _COMPACT_DATE:
        value += OFFSET_1904
    return _bare(value, raw, unit)


def _bare(value: Decimal, raw: object, unit: Unit) -> Reading:
    """A number without any sign of its unit."""
    if unit is Unit.DATE:
        return _of_date(value, raw)
    if unit is Unit.PERCENT:
        return _bare_percent(value, raw)
    if unit is Unit.SECOND and 0 < value < _SHORTEST:
        seconds = round(value * _DAY, 3)
        return Reading(seconds, f"{shown(raw)}像是时间格式的单元格，按 {plain(seconds)}秒 读")
    return Reading(value)


def _bare_percent(value: Decimal, raw: object) -> Reading:
    """Up to 1 a fraction, above 10 a percentage without its sign; between them it may be either."""
    if value == 1:
        return Reading(value, f"{shown(raw)}按 100% 读；如果是1%，请写成 1%")
    if 1 < value <= 10:
        either, other = f"{plain(value)}%", f"{plain(value * 100)}%"
        return Reading(problem=f"{shown(raw)}可能是 {either}，也可能是 {other}，请带上百分号再填")
    if value > 10:
        return Reading(value / 100, f"{shown(raw)}按 {plain(value)}% 读")
    return Reading(value)


def _of_date(value: Decimal | str | dt.date, raw: object) -> Reading:
    day = read_date(value)
    return Reading(day_number(day)) if day else _refused(raw, Unit.DATE, "读不成日期")


def _of_time_cell(raw: dt.date | dt.time | dt.timedelta, unit: Unit) -> Reading:
    if unit is Unit.DATE and isinstance(raw, dt.date):
        return _of_date(raw, raw)
    seconds = value_to_seconds(raw) if unit in SECONDS else None
    if seconds is None:
        kind = "日期" if isinstance(raw, dt.date) else "时间"
        return _refused(raw, unit, f"是{kind}（可能是Excel自动改成了{kind}）")
    return _of_seconds(seconds, raw, unit, guess=unit is Unit.SECOND and seconds >= _HOUR)


def _of_seconds(seconds: Decimal, raw: object, unit: Unit, *, guess: bool) -> Reading:
    value = seconds / SECONDS[unit]
    if not guess:
        return Reading(value)
    figure = written(snapped(value), unit)
    said = f"{shown(raw)}按 {spelled(seconds)} 读作 {figure}；如果不对，请写成 00:02:23（时:分:秒）的样子"
    return Reading(value, said)


def _of_text(raw: str, unit: Unit) -> Reading:
    text = narrow(raw).lstrip("'‘’`").strip()
    if text.upper() in MISSING_MARKS:
        return _missing(text, unit)
    if is_error_value(text):
        return _refused(raw, unit, "是Excel的错误值，公式没有算出结果")
    if text.startswith("="):
        return _refused(raw, unit, "是公式，没有算出结果")
    if unit is Unit.DATE and not _PLAIN.fullmatch(text):
        return _of_date(text, raw)
    return _of_duration(text, raw, unit) or _of_figure(text, raw, unit)


def _missing(text: str, unit: Unit) -> Reading:
    if text.endswith("无") and unit in _COUNTED:
        zero = written(Decimal(0), unit)
        return Reading(guess=f"{shown(text)}按没有填写读；如果是{zero}，请写 0")
    return MISSING


def _of_duration(text: str, raw: str, unit: Unit) -> Reading | None:
    if unit not in SECONDS:
        return None
    seconds = words_to_seconds(text)
    if seconds is not None:
        return _of_seconds(seconds, raw, unit, guess=False)
    clock = clock_to_seconds(text, unit)
    return _of_seconds(clock[0], raw, unit, guess=clock[1]) if clock else None


def _of_figure(text: str, raw: str, unit: Unit) -> Reading:
    found = _FIGURE.fullmatch(text)
    if not found:
        return _refused(raw, unit)
    sign, digits, large, suffix = found.groups()
    odd = _odd(sign, large, suffix, unit)
    if odd:
        return _refused(raw, unit, f"里的{shown(odd)}不该有")
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        return _refused(raw, unit, "的逗号或小数点位置不对" if "," in digits else "读不成数字")
    value = Decimal(digits.replace(",", "")) * LARGE[large]
    return Reading(value / 100) if suffix == "%" else _bare(value, raw, unit)


def _odd(currency: str, large: str, suffix: str, unit: Unit) -> str:
    """The sign beside a figure that is none of its unit, if there is one."""
    if currency and unit is not Unit.YUAN:
        return currency
    if large and unit not in _LARGE_UNITS:
        return large
    return "" if suffix.upper() in _SUFFIXES.get(unit, ()) else suffix


def plausible(reading: Reading, raw: object, unit: Unit) -> Reading:
    """The reading rounded to six places, unless it lies outside what the unit can be."""
    value, limits = reading.value, facts(unit)
    if value is None:
        return reading
    if not limits.low <= value <= limits.high:
        span = f"{written(limits.low, unit)}～{written(limits.high, unit)}"
        return Reading(problem=f"{shown(raw)}超出合理范围，应在 {span} 之间")
    if limits.whole and value != value.to_integral_value():
        return Reading(problem=f"{shown(raw)}应为整数（{limits.label}）")
    return replace(reading, value=snapped(value))
