"""What can be wrong between the settings of one scoring method, over its raw data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from .base import Fault, Loc
from .quantities import plain
from .raw import dicts, number


def method_faults(method: dict[str, Any], lower: bool, loc: Loc) -> Iterator[Fault]:
    """Contradictions in a method's settings; ``lower``: the indicator is better when lower."""
    match method.get("kind"):
        case "percent":
            yield from _percent(method, lower, loc)
        case "steps":
            yield from _steps(method, lower, (*loc, "steps"))
            yield from _below(method, "steps", loc)
        case "linear":
            yield from _linear(method, loc)


def _percent(method: dict[str, Any], lower: bool, loc: Loc) -> Iterator[Fault]:
    cap, floor = number(method, "cap"), number(method, "floor")
    if lower and method.get("cap") is None:
        message = "越低越好的百分比计分制须写明封顶（cap），否则实际为0时得分无限大"
        yield Fault("cap_required", message, (*loc, "cap"))
    if cap is not None and floor is not None and floor > cap:
        yield Fault("floor_above_cap", "最低比例高于封顶", (*loc, "floor"))


def _steps(method: dict[str, Any], lower: bool, loc: Loc) -> Iterator[Fault]:
    # Bounds on the completion ratio always fall; on the actual they rise where lower is better.
    rising = lower and method.get("basis", "actual") == "actual"
    steps = [step for _, step in dicts(method.get("steps"))]
    for i, (first, second) in enumerate(pairwise(steps), start=1):
        high, low = (second, first) if rising else (first, second)
        if _greater(high, low, "bound") is False:
            word = "由小到大" if rising else "由大到小"
            yield Fault("step_order", f"阶梯须{word}排列（最好的一档在前）", (*loc, i, "bound"))
        elif _greater(second, first, "share"):
            yield Fault("share_order", "后一档的得分比例高于前一档", (*loc, i, "share"))


def _greater(first: dict[str, Any], second: dict[str, Any], field: str) -> bool | None:
    """Whether the first one's figure is the greater; None where one of them has none."""
    one, other = number(first, field), number(second, field)
    return None if one is None or other is None else one > other


def _below(method: dict[str, Any], field: str, loc: Loc) -> Iterator[Fault]:
    shares = [number(item, "share") for _, item in dicts(method.get(field))]
    known = [share for share in shares if share is not None]
    yield from _too_high(number(method, "below"), min(known, default=None), loc)


def _linear(method: dict[str, Any], loc: Loc) -> Iterator[Fault]:
    low, high = method.get("low"), method.get("high")
    if not (isinstance(low, dict) and isinstance(high, dict)):
        return
    yield from _too_high(number(method, "below"), number(low, "share"), loc)
    start, end = number(low, "at"), number(high, "at")
    completion = method.get("basis", "completion") == "completion"
    if completion and start is not None and end is not None and end < start:
        yield Fault("line_falls", "按完成率计分时，终点不能低于起点", (*loc, "high", "at"))


def _too_high(below: Decimal | None, least: Decimal | None, loc: Loc) -> Iterator[Fault]:
    if below is not None and least is not None and below > least:
        message = f"一档都没达到的得分比例不能高于最低一档的 {plain(least * 100)}%"
        yield Fault("below_too_high", message, (*loc, "below"))
