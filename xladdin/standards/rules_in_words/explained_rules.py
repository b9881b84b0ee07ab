"""The 评分原则 that our own forms print, read back: each method's sentence and its settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xladdin.characters import clean, narrow
from xladdin.domain.methods import METHODS
from xladdin.domain.quantities import Direction, Unit, plain

from .rule_parts import Context, ReadRule, Unread
from .rule_text import NUM, UNIT, figure
from .rule_units import goal_of

_W = rf"(?P<w>{NUM}|满分)"

Read = ReadRule | Unread
Found = re.Match[str]
_STEP = re.compile(rf"(?P<rel>[≥>≤<])(?P<b>{NUM})(?P<u>{UNIT})?(?:时)?为(?P<s>{NUM})%,")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """How a method's sentence goes, and what its parts say."""

    form: re.Pattern[str]
    read: Callable[[Found, Context], Read]

    def of(self, rule: str, context: Context) -> Read:
        """What a sentence says, if it goes like this and is about as many points as the weight."""
        found = self.form.fullmatch(rule)
        if not found:
            return Unread("这句话没有读懂")
        odd = _weight(found, context)
        return Unread(odd) if odd else self.read(found, context)


def explained(text: str, context: Context) -> Read | None:
    """What one of our own sentences says; None for any other text."""
    said = narrow(clean(text)).replace(" ", "")
    label, _, rule = said.partition(":")
    sentence = _SENTENCES.get(_WORDS.get(label, ""))
    if sentence is None or "得分" not in rule:
        return None
    effect = rule.partition("触发否决时")[2]
    rule = rule.partition("触发否决时")[0].rstrip(";。")
    rule = re.sub(r"\(保留2位小数\)。?.{0,30}$", "", rule)
    read = sentence.of(rule, context)
    if effect and isinstance(read, ReadRule):
        return _with_effect(read, effect)
    return read


def _with_effect(read: ReadRule, effect: str) -> Read:
    if effect.startswith(",最终得分为0"):
        whole: dict[str, Any] = {"effect": "total_zero"}
    elif found := re.match(r",等级最高为「(.{1,60})」", effect):
        whole = {"effect": "grade_cap", "grade": found[1]}
    else:
        return Unread("否决对整张表的影响没有读懂")
    return ReadRule({**read.method, "whole_form": whole}, read.unit, read.direction)


def _weight(found: Found, context: Context) -> str:
    worth = found["w"]
    if worth in ("满分", None) or Decimal(worth) == context.weight:
        return ""
    return f"写的满分是{worth}分，权重却是{plain(context.weight)}分"


def _percent(found: Found, context: Context) -> Read:
    goal = goal_of(context, None)
    if isinstance(goal, Unread):
        return goal
    cap, floor = found["cap"], found["floor"] or found["floor2"]
    method: dict[str, Any] = {
        "kind": "percent",
        "cap": Decimal(cap) / 100 if cap else None,
        "floor": Decimal(floor) / 100 if floor else Decimal(0),
    }
    direction = Direction.HIGHER if found["up"] else Direction.LOWER
    return ReadRule(method, goal.unit, direction, goal.value)


def _veto(found: Found, _: Context) -> Read:
    off = Decimal(found["k"] or 1)
    method = {"kind": "veto", "per_event": off, "zero_at": Decimal(found["n"])}
    return ReadRule(method, Unit.TIMES, Direction.LOWER)


def _deduct(found: Found, _: Context) -> Read:
    method = {"kind": "deduct", "per_event": Decimal(found["k"] or 1)}
    if found["cap"]:
        method["cap"] = Decimal(found["cap"])
    return ReadRule(method, Unit.TIMES, Direction.LOWER)


def _steps(found: Found, context: Context) -> Read:
    steps = list(_STEP.finditer(found["all"]))
    signs = {one["rel"] for one in steps}
    if len(signs) > 1:
        return Unread("各档的符号不一样")
    sign = signs.pop()
    method: dict[str, Any] = {
        "kind": "steps",
        "inclusive": sign in "≥≤",
        "below": Decimal(found["below"]) / 100,
        "steps": [
            {"bound": figure(one["b"], one["u"]).value, "share": Decimal(one["s"]) / 100}
            for one in steps
        ],
    }
    if found["done"]:
        goal = goal_of(context, None)
        if isinstance(goal, Unread):
            return goal
        direction = Direction.LOWER if found["down"] else Direction.HIGHER
        return ReadRule({**method, "basis": "completion"}, goal.unit, direction, goal.value)
    direction = Direction.HIGHER if sign in "≥>" else Direction.LOWER
    unit = figure(steps[0]["b"], steps[0]["u"]).unit or Unit.NUMBER
    return ReadRule({**method, "basis": "actual"}, unit, direction)


def _step_deduct(found: Found, context: Context) -> Read:
    step = figure(found["step"], found["u"])
    goal = goal_of(context, None)
    if isinstance(goal, Unread):
        return goal
    how = {"(向上取整)": "whole", "(向下取整)": "ignored", None: "proportional"}[found["how"]]
    method = {
        "kind": "step_deduct",
        "points": Decimal(found["k"] or 1),
        "step": step.value,
        "started": how,
    }
    direction = Direction.HIGHER if found["low"] else Direction.LOWER
    unit = step.unit or goal.unit
    if step.unit and goal.unit is not step.unit and goal.unit is not Unit.NUMBER:
        return Unread("目标的单位和级差的单位不一样")
    return ReadRule(method, unit, direction, goal.value)


def _linear(found: Found, context: Context) -> Read:
    """The line between its ends is told as ``60%+40%×(x-60)÷40``, or with a minus where it falls."""
    high, low = figure(found["hi"], found["u"]), figure(found["lo"], found["u"])
    top, start = (Decimal(found[name] or 0) / 100 for name in ("sh", "sl"))
    if start + Decimal(found["d"] or 100) / 100 != top:
        return Unread("线性插值两端的得分和中间的写法对不上")
    completion = found["what"] == "完成率"
    method = {
        "kind": "linear",
        "basis": "completion" if completion else "actual",
        "low": {"at": low.value, "share": start},
        "high": {"at": high.value, "share": top},
        "below": Decimal(found["below"]) / 100,
    }
    if completion:
        goal = goal_of(context, None)
        if isinstance(goal, Unread):
            return goal
        direction = Direction.LOWER if found["down"] else Direction.HIGHER
        return ReadRule(method, goal.unit, direction, goal.value)
    direction = Direction.HIGHER if found["r1"] in "≥>" else Direction.LOWER
    return ReadRule(method, high.unit or Unit.NUMBER, direction)


def _pass_fail(found: Found, context: Context) -> Read:
    direction = Direction.HIGHER if found["rel"] in "≥>" else Direction.LOWER
    method: dict[str, Any] = {"kind": "pass_fail", "inclusive": found["rel"] in "≥≤"}
    if found["b"]:
        bound = figure(found["b"], found["u"])
        return ReadRule({**method, "bound": bound.value}, bound.unit or Unit.NUMBER, direction)
    goal = goal_of(context, None)
    return goal if isinstance(goal, Unread) else ReadRule(method, goal.unit, direction, goal.value)


def _deadline(found: Found, context: Context) -> Read:
    dated = found["date"] is not None
    method = {
        "kind": "deadline",
        "measure": "date" if dated else "days_late",
        "per_day": Decimal(found["k"] or 1),
        "floor": Decimal(found["floor"] or 0),
    }
    return ReadRule(method, Unit.DATE if dated else Unit.DAY, Direction.LOWER)


def _judgement(found: Found, context: Context) -> Read:
    bands: list[dict[str, Any]] = []
    for span in re.split("[、或]", found["all"]):
        low, _, high = span.partition("至")
        bands.append({"low": Decimal(low), "high": Decimal(high or low), "text": f"{span}分"})
    top = max(band["high"] for band in bands)
    if found["top"] and Decimal(found["top"]) != top:
        return Unread("评分的最高分前后不一样")
    if not found["top"] and top != context.weight:
        return Unread("得分和评分的关系没有读懂")
    return ReadRule({"kind": "judgement", "bands": bands}, Unit.POINT)


_SENTENCES: dict[str, _Sentence] = {
    "percent": _Sentence(
        re.compile(
            rf"完成率=(?:(?P<up>实际达成÷目标)|目标÷实际达成);得分={_W}×\(*完成率"
            rf"(?:,最低(?P<floor>{NUM})%\)?)?(?:,最高(?P<cap>{NUM})%\)?)?(?:,最低(?P<floor2>{NUM})%\)?)?\)*"
        ),
        _percent,
    ),
    "veto": _Sentence(
        re.compile(
            rf"次数≥(?P<n>{NUM})时,得分=0;其余得分=\(?{_W}-(?:(?P<k>{NUM})×)?次数(?:,最低0)?\)?"
        ),
        _veto,
    ),
    "deduct": _Sentence(
        re.compile(
            rf"得分=\(?{_W}-\(?(?:(?P<k>{NUM})×)?次数(?:,最高(?P<cap>{NUM})\))?(?:,最低0)?\)?"
        ),
        _deduct,
    ),
    "steps": _Sentence(
        re.compile(
            rf"(?:(?P<done>完成率=(?:实际达成÷目标|(?P<down>目标÷实际达成)));)?得分率=(?P<what>完成率|实际达成)"
            rf"(?P<all>(?:[≥>≤<]{NUM}{UNIT}?(?:时)?为{NUM}%,){{1,12}})其余为(?P<below>{NUM})%;得分={_W}×得分率"
        ),
        _steps,
    ),
    "step_deduct": _Sentence(
        re.compile(
            rf"差额=(?:(?P<low>目标-实际达成)|实际达成-目标)(?:,最低0)?;档数=差额÷(?P<step>{NUM})(?P<u>{UNIT})?"
            rf"(?P<how>\(向上取整\)|\(向下取整\))?;得分=\(?{_W}-(?:(?P<k>{NUM})×)?档数(?:,最低0)?\)?"
        ),
        _step_deduct,
    ),
    "linear": _Sentence(
        re.compile(
            rf"(?:完成率=(?:实际达成÷目标|(?P<down>目标÷实际达成));)?得分率=(?P<what>完成率|实际达成)(?P<r1>[≥>≤<])(?P<hi>{NUM})(?P<u>{UNIT})?为(?P<sh>{NUM})%,"
            rf"[≥>≤<](?P<lo>{NUM})(?:{UNIT})?为(?:(?P<sl>{NUM})%[+])?(?:(?P<d>{NUM})%×)?\(.{{3,40}}?\)÷.{{1,24}}?,其余为(?P<below>{NUM})%;得分={_W}×得分率"
        ),
        _linear,
    ),
    "pass_fail": _Sentence(
        re.compile(
            rf"实际达成(?P<rel>[≥>≤<])(?:目标|(?P<b>{NUM})(?P<u>{UNIT})?)时,得分={_W};其余得分=0"
        ),
        _pass_fail,
    ),
    "deadline": _Sentence(
        re.compile(
            rf"迟交天数=(?:实际达成(?:,最低0)?\(向上取整\)|(?P<date>.{{0,40}}实际达成.{{0,40}}目标.{{0,40}}?));"
            rf"得分=\(?{_W}-(?:(?P<k>{NUM})×)?迟交天数"
            rf"(?:,最低\(?(?P<floor>{NUM})(?:,最高(?P=w)\))?)?\)?"
        ),
        _deadline,
    ),
    "judgement": _Sentence(
        re.compile(
            rf"评分为(?P<all>[0-9.至、或]{{1,60}})时,得分=(?:评分|{_W}×评分÷(?P<top>{NUM}))"
        ),
        _judgement,
    ),
}
_WORDS = {word: kind for kind, rule in METHODS.items() for word in (rule.label, *rule.aliases)}
