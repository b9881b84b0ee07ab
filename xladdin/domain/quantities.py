"""Units of what is measured: how a figure is written, how many decimals, what is plausible."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """The unit of an indicator's target and actual."""

    PERCENT = "percent"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    YUAN = "yuan"
    TIMES = "times"
    PIECE = "piece"
    PERSON = "person"
    POINT = "point"
    SIGNED = "signed"
    STAR = "star"
    DATE = "date"
    NUMBER = "number"


class Direction(StrEnum):
    """Which way an indicator is better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Chinese label, suffix after a figure, decimals shown, plausible range (inclusive)."""

    label: str
    suffix: str
    decimals: int
    low: Decimal
    high: Decimal
    whole: bool = False


BILLION = Decimal(1_000_000_000)
LAST_DATE = Decimal(2_958_465)
"""9999-12-31 as a spreadsheet's day number."""


def _facts(label: str, suffix: str, decimals: int, high: Decimal | int, low: int = 0) -> UnitFacts:
    return UnitFacts(label, suffix, decimals, Decimal(low), Decimal(high), decimals == 0)


FACTS: dict[Unit, UnitFacts] = {
    # Above 1000% a percentage is taken for a typing slip (95 meant as 95%).
    Unit.PERCENT: _facts("百分比", "%", 2, 10),
    Unit.SECOND: _facts("秒", "秒", 1, 86_400),
    Unit.MINUTE: _facts("分钟", "分钟", 1, 44_640),
    Unit.HOUR: _facts("小时", "小时", 1, 744),
    Unit.DAY: _facts("天", "天", 1, 366),
    Unit.YUAN: _facts("元", "元", 2, BILLION),
    Unit.TIMES: _facts("次", "次", 0, 1_000_000),
    Unit.PIECE: _facts("件", "件", 0, BILLION),
    Unit.PERSON: _facts("人", "人", 0, 1_000_000),
    Unit.POINT: _facts("分", "分", 2, 1_000),
    Unit.SIGNED: _facts("正负分", "分", 2, 1_000, -1_000),
    Unit.STAR: _facts("星", "星", 2, 5),
    Unit.DATE: _facts("日期", "", 0, LAST_DATE),
    Unit.NUMBER: _facts("数值", "", 2, BILLION),
}


def facts(unit: Unit) -> UnitFacts:
    """The facts of a unit."""
    return FACTS[unit]


def plain(value: Decimal) -> str:
    """A number as a person writes it: no exponent, no trailing zeros (2.50 -> 2.5, 1E+2 -> 100)."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def written(value: Decimal, unit: Unit) -> str:
    """A figure with its unit: ``95%``, ``30秒``, ``1200元``."""
    if unit is Unit.PERCENT:
        return f"{plain(value * 100)}%"
    return f"{plain(value)}{facts(unit).suffix}"
