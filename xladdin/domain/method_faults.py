"""What can be wrong between the settings of one scoring method, over its raw data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from xladdin.formula.arithmetic import Value
from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import Var, number
from xladdin.formula.questions import equal

from .base import Fault, Loc
from .method_rules import (
    below_too_high,
    bounds_rise,
    floor_above_cap,
    line_falls,
    share_grows,
    steps_misplaced,
)
from .quantities import plain
from .raw import dicts
from .raw import number as number_in


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


_LOWER, _COMPLETION = (equal(Var(name), number(1)) for name in ("lower", "completion"))
_RISING = bounds_rise(_LOWER, _COMPLETION)
_FLOOR_ABOVE_CAP = compiled(floor_above_cap(Var("floor"), Var("cap")))
_MISPLACED = compiled(steps_misplaced(Var("bound"), Var("above_bound"), _RISING))
_RISES = compiled(_RISING)
_SHARE_GROWS = compiled(share_grows(Var("share"), Var("above_share")))
_BELOW_TOO_HIGH = compiled(below_too_high(Var("below"), Var("least")))
_LINE_FALLS = compiled(line_falls(_COMPLETION, Var("start"), Var("end")))


def _percent(method: dict[str, Any], lower: bool, loc: Loc) -> Iterator[Fault]:
    if lower and method.get("cap") is None:
        message = "越低越好的百分比计分制须写明封顶（cap），否则实际为0时得分无限大"
        yield Fault("cap_required", message, (*loc, "cap"))
    if _FLOOR_ABOVE_CAP({key: number_in(method, key) for key in ("floor", "cap")}):
        yield Fault("floor_above_cap", "最低比例高于封顶", (*loc, "floor"))


def _steps(method: dict[str, Any], lower: bool, loc: Loc) -> Iterator[Fault]:
    completion = method.get("basis", "actual") == "completion"
    scored: dict[str, Value] = {"lower": Decimal(lower), "completion": Decimal(completion)}
    steps = [step for _, step in dicts(method.get("steps"))]
    for i, (first, second) in enumerate(pairwise(steps), start=1):
        row: dict[str, Value] = {key: number_in(second, key) for key in ("bound", "share")}
        row |= {f"above_{key}": number_in(first, key) for key in ("bound", "share")}
        if _MISPLACED(row | scored):
            word = "由小到大" if _RISES(scored) else "由大到小"
            yield Fault("step_order", f"阶梯须{word}排列（最好的一档在前）", (*loc, i, "bound"))
        elif _SHARE_GROWS(row):
            yield Fault("share_order", "后一档的得分比例高于前一档", (*loc, i, "share"))


def _below(method: dict[str, Any], field: str, loc: Loc) -> Iterator[Fault]:
    shares = [number_in(item, "share") for _, item in dicts(method.get(field))]
    known = [share for share in shares if share is not None]
    yield from _too_high(method, min(known, default=None), loc)


def _linear(method: dict[str, Any], loc: Loc) -> Iterator[Fault]:
    low, high = method.get("low"), method.get("high")
    if not (isinstance(low, dict) and isinstance(high, dict)):
        return
    yield from _too_high(method, number_in(low, "share"), loc)
    completion = Decimal(method.get("basis", "completion") == "completion")
    ends = {"start": number_in(low, "at"), "end": number_in(high, "at")}
    if _LINE_FALLS({"completion": completion, **ends}):
        yield Fault("line_falls", "按完成率计分时，终点不能低于起点", (*loc, "high", "at"))


def _too_high(method: dict[str, Any], least: Decimal | None, loc: Loc) -> Iterator[Fault]:
    if _BELOW_TOO_HIGH({"below": number_in(method, "below"), "least": least}) and least is not None:
        message = f"一档都没达到的得分比例不能高于最低一档的 {plain(least * 100)}%"
        yield Fault("below_too_high", message, (*loc, "below"))
