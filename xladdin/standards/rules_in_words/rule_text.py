"""A scoring rule's text as the phrases expect it: narrow signs, one way of writing, no blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xladdin.characters import clean, narrow
from xladdin.domain.quantities import Unit, plain
from xladdin.standards.numerals import number_of

LONGEST = 600
"""More than that is no rule that one line of a form is scored by."""

NUM = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
COUNTED = "人次|次(?!性|数|日|月)|起|例|宗|件|单|条|处|个(?!百分)|份|项(?!目)|笔|人|名|封"
UNIT = rf"(?:%|秒钟?|分钟|个?小时|h|个?工作日|天|日(?!常)|万元|万|元|{COUNTED}|星|分(?!钟|之|别|值|数))"

_UNITS: dict[str, tuple[Unit, Decimal]] = {
    "%": (Unit.PERCENT, Decimal("0.01")),
    **dict.fromkeys(("秒", "秒钟"), (Unit.SECOND, Decimal(1))),
    "分钟": (Unit.MINUTE, Decimal(1)),
    **dict.fromkeys(("小时", "个小时", "h"), (Unit.HOUR, Decimal(1))),
    **dict.fromkeys(("天", "日", "工作日", "个工作日"), (Unit.DAY, Decimal(1))),
    "元": (Unit.YUAN, Decimal(1)),
    "万元": (Unit.YUAN, Decimal(10_000)),
    "万": (Unit.YUAN, Decimal(10_000)),
    **dict.fromkeys(("人次", "次", "起", "例", "宗"), (Unit.TIMES, Decimal(1))),
    **dict.fromkeys(
        ("件", "单", "条", "处", "个", "份", "项", "笔", "封"), (Unit.PIECE, Decimal(1))
    ),
    **dict.fromkeys(("人", "名"), (Unit.PERSON, Decimal(1))),
    "星": (Unit.STAR, Decimal(1)),
    "分": (Unit.POINT, Decimal(1)),
}

_CHINESE = re.compile(
    rf"(?<![第同唯统])[一二两三四五六七八九十]{{1,3}}(?=(?:{COUNTED}|天|日|分(?!钟|之|别)))"
)
_SAME: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),
    (re.compile(r"\(含(?:本数)?\)"), ""),
    (re.compile(r"[及和或]以(?=[上下])"), "以"),
    (re.compile(r"个?百分点|个点(?!击|评)"), "%"),
    (re.compile(r"零分"), "0分"),
    (re.compile(r">=|=>|≧|大于(?:或者?)?等于|高于或等于|不低于|不少于|不小于"), "≥"),
    (re.compile(r"<=|=<|≦|小于(?:或者?)?等于|低于或等于|不高于|不超过|不大于|不多于"), "≤"),
    (re.compile(r"(?<!每)(?:达到或超过|达到|达)(?=[0-9])"), "≥"),
    (re.compile(r"(?<!每)(?:大于|高于|多于|超过|超出)(?=[0-9])"), ">"),
    (re.compile(r"(?<!每)(?:小于|低于|少于|不足|不满|未达到?|未满)(?=[0-9])"), "<"),
    (re.compile(r"(?<=[0-9%秒钟时天元万次件起])(?:[~～—–―]{1,2}|至|到)(?=[0-9])"), "-"),
    (re.compile(r"[×✕✖*]"), "*"),
    (re.compile(r"(?<=[率例分值重])[xX](?=[权分0-9标满])"), "*"),
    (re.compile(r"÷"), "/"),
    (re.compile(r"(?:扣除|扣减|减扣|扣罚|倒扣|减去?)(?=[0-9])"), "扣"),
    (re.compile(r"\((实际[^()]{1,16}/[^()]{1,16})\)"), r"\1"),
    (re.compile(r"\(([目计][^()]{1,16}/实际[^()]{1,16})\)"), r"\1"),
)
_NUMBERED = re.compile(r"(^|;)(?:[①-⑳]|\([1-9]\)|[1-9](?:、|\)|\.(?![0-9])))")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as written; ``unit`` is None where none stands beside it."""

    value: Decimal
    unit: Unit | None


def figure(digits: str, unit: str | None) -> Figure:
    """A figure in its unit: ``95``, ``%`` is 0.95 in percent."""
    if not unit:
        return Figure(Decimal(digits), None)
    known, factor = _UNITS[unit]
    return Figure(tidy(Decimal(digits) * factor), known)


def tidy(value: Decimal | int) -> Decimal:
    """The number as it is written shortest: 0.80 is 0.8."""
    return Decimal(plain(Decimal(value)))


def normal(text: str) -> str:
    """One line, lines parted by ``;``."""
    lines = ("".join(narrow(clean(line)).split(" ")) for line in text.splitlines())
    found = ";".join(line for line in lines if line)
    found = _CHINESE.sub(_digits, found)
    for pattern, same in _SAME:
        found = pattern.sub(same, found)
    return _NUMBERED.sub(r"\1", found)


def _digits(found: re.Match[str]) -> str:
    value = number_of(found[0])
    return found[0] if value is None else str(value)
