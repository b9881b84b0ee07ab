"""How a standard is scored: the kind of what it demands decides the method and its settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xladdin.domain.positions import Cycle, Standard, StandardKind
from xladdin.domain.quantities import Direction, Unit

GRAIN = Decimal("0.01")
FIFTH = Decimal("0.2")
"""Of its points an indicator loses this much for each event: 2 of 10, as form RS201331 has it."""
VETO_AT = 3
"""三次以上该项0分, as form RS201331 has it."""

BANDS: tuple[dict[str, Any], ...] = (
    {"low": 4, "high": 5, "text": "按要求完成，质量好，基本不用督促"},
    {"low": 2, "high": 3, "text": "能完成，质量或时效一般，需要提醒"},
    {"low": 0, "high": 0, "text": "没有完成，或造成不良影响"},
)
_COUNTED = (Unit.TIMES, Unit.PIECE, Unit.PERSON)
_FULL = Decimal(1)
_AVERAGES: dict[Cycle | None, str] = {
    Cycle.DAY: "月内每天的平均数",
    Cycle.WEEK: "月内每周的平均数",
    Cycle.EVENT: "月内每次的平均数",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What an indicator takes from its standard, apart from texts and weight."""

    method: dict[str, Any]
    unit: Unit = Unit.PERCENT
    direction: Direction = Direction.HIGHER
    target: Decimal | None = None
    measured: str = ""
    """What is counted, where the standard's own words do not say."""
    suffix: str = ""
    """What the subject lacks to name the figure: 客户档案 becomes 客户档案差错."""
    hint: str = ""
    """What a clerk should check about the settings chosen here."""

    def name(self, subject: str) -> str:
        """The indicator's name; a rate whose events are counted is no rate any more."""
        if self.method["kind"] == "veto" and subject.endswith("率"):
            return f"{subject.removesuffix('率')}次数"
        said = self.suffix and self.suffix[:2] in subject
        return subject if said else subject + self.suffix


JUDGED = Shape({"kind": "judgement", "bands": list(BANDS)}, Unit.POINT)
"""For a duty without a measurable standard: the supervisor picks points in a band."""


def measurable(standard: Standard) -> bool:
    """Whether a standard demands something definite: comparisons and limits need a figure."""
    figureless = (
        StandardKind.DEADLINE,
        StandardKind.CYCLE,
        StandardKind.NO_ERRORS,
        StandardKind.RECORDED,
    )
    return standard.value is not None or standard.kind in figureless


def shape_of(standard: Standard, points: Decimal) -> Shape:
    """The scoring of a measurable standard that is worth these points."""
    return _SHAPES[standard.kind](standard, points)


def _lost(points: Decimal) -> Decimal:
    """Points off for each event or day late."""
    return max((points * FIFTH).quantize(GRAIN), GRAIN)


def _compared(standard: Standard, _: Decimal) -> Shape:
    """A level to reach: in proportion, or all or nothing for a few events."""
    lower = standard.kind is StandardKind.AT_MOST
    few = standard.unit in _COUNTED and (lower or standard.value == 1)
    method = {"kind": "pass_fail"} if few or not standard.value else _PERCENT
    direction = Direction.LOWER if lower else Direction.HIGHER
    measured = _AVERAGES.get(standard.cycle, "") if standard.unit is not Unit.PERCENT else ""
    return Shape(method, standard.unit, direction, standard.value, measured)


_PERCENT: dict[str, Any] = {"kind": "percent", "cap": _FULL}


def _strictly(standard: Standard, _: Decimal) -> Shape:
    """超过 and 低于 do not include the figure itself, which a proportion could not say."""
    lower = standard.kind is StandardKind.BELOW
    direction = Direction.LOWER if lower else Direction.HIGHER
    return Shape(
        {"kind": "pass_fail", "inclusive": False}, standard.unit, direction, standard.value
    )


def _equal(standard: Standard, points: Decimal) -> Shape:
    if standard.value == 0:
        measured = "发生的次数" if standard.unit is Unit.PERCENT else ""
        return _veto(points, measured, "")
    if standard.direction is Direction.LOWER:
        return Shape({"kind": "pass_fail"}, standard.unit, Direction.LOWER, standard.value)
    return Shape(_PERCENT, standard.unit, target=standard.value)


def _no_errors(_: Standard, points: Decimal) -> Shape:
    return _veto(points, "出现差错的次数", "差错")


def _veto(points: Decimal, measured: str, suffix: str) -> Shape:
    method = {"kind": "veto", "per_event": _lost(points), "zero_at": VETO_AT}
    hint = f"每次扣分和满{VETO_AT}次为0分是常用做法，请核对"
    return Shape(method, Unit.TIMES, Direction.LOWER, None, measured, suffix, hint)


def _recorded(_: Standard, points: Decimal) -> Shape:
    method = {"kind": "deduct", "per_event": _lost(points)}
    hint = "每次扣分请核对"
    return Shape(method, Unit.TIMES, Direction.LOWER, None, "缺少记录的次数", "缺漏", hint)


def _deadline(_: Standard, points: Decimal) -> Shape:
    method = {"kind": "deadline", "per_day": _lost(points)}
    hint = "每迟一天的扣分请核对"
    return Shape(method, Unit.DAY, Direction.LOWER, None, "累计迟交的天数", "按时完成", hint)


def _within(_: Standard, __: Decimal) -> Shape:
    """A time allowed after each event: what counts in a month is how often it was kept."""
    measured = "在时限内完成的次数÷应完成的次数×100%"
    return Shape(_PERCENT, target=_FULL, measured=measured, suffix="及时率")


def _cycle(standard: Standard, _: Decimal) -> Shape:
    """So many a month are counted; of any other cycle the share that took place."""
    if standard.cycle is Cycle.MONTH and standard.value is not None:
        method = {"kind": "pass_fail"} if standard.value == 1 else _PERCENT
        return Shape(method, standard.unit, target=standard.value)
    measured = "实际完成的次数÷应完成的次数×100%"
    return Shape(_PERCENT, target=_FULL, measured=measured, suffix="完成率")


_SHAPES: dict[StandardKind, Callable[[Standard, Decimal], Shape]] = {
    StandardKind.AT_LEAST: _compared,
    StandardKind.AT_MOST: _compared,
    StandardKind.ABOVE: _strictly,
    StandardKind.BELOW: _strictly,
    StandardKind.EQUAL: _equal,
    StandardKind.DEADLINE: _deadline,
    StandardKind.WITHIN: _within,
    StandardKind.CYCLE: _cycle,
    StandardKind.NO_ERRORS: _no_errors,
    StandardKind.RECORDED: _recorded,
}
