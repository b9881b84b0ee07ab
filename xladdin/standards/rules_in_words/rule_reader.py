"""A scoring rule in words, put together: its phrases as one method with all its settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xladdin.domain.quantities import Direction, Unit, plain

from .band_methods import banded, outcomes
from .explained_rules import explained
from .judged_bands import judged
from .rule_parts import Context, Part, ReadRule, Role, Unread, Value
from .rule_phrases import parts_of
from .rule_text import LONGEST, Figure, normal, tidy
from .rule_units import Goal, figure_in, goal_of, rate_itself

Parts = Sequence[Part]
GRAIN = Decimal("0.000001")
"""The master workbook reads figures to six places."""
_STEPS = {
    "whole": "不足一级按一级扣",
    "ignored": "不足一级不扣",
    "proportional": "不足一级按比例扣",
}


def read_rule(text: str, context: Context) -> ReadRule | Unread:
    """The method that a rule in words states, or why it is not known for certain."""
    if not text.strip():
        return Unread("没有写评分标准")
    if len(text) > LONGEST:
        return Unread(f"评分标准超过{LONGEST}个字")
    known = explained(text, context)
    if known is not None:
        return known
    said = normal(text)
    parts = parts_of(said)
    by_hand = judged(text, context)
    if isinstance(parts, str):
        return by_hand or Unread(f"读不出“{parts[:40]}”怎样计分")
    read = _Rule(parts, context).read()
    return by_hand if isinstance(read, Unread) and by_hand else read


@dataclass(frozen=True, slots=True)
class _Rule:
    parts: Parts
    context: Context

    def of(self, *roles: Role) -> list[Part]:
        return [part for part in self.parts if part.role in roles]

    def read(self) -> ReadRule | Unread:
        leading = [role for role in _LEADING if self.of(role)]
        if len(leading) > 1:
            return Unread("一条里写了几种计分办法，分不清怎么合在一起")
        if reason := self._odd_worth():
            return Unread(reason)
        if any(_of_what(part) for part in self.parts):
            return Unread("扣的是百分之几，没有写是本项分值的，还是总分的")
        if leading:
            one = self.of(leading[0])
            if len(one) > 1:
                said = "；".join(part.said for part in one)
                return Unread(f"“{said[:60]}”是几条扣分，各记各的次数，一个指标放不下")
            allowed = _ALLOWED[leading[0]]
            for part in self.parts:
                if part.role not in (leading[0], *allowed, Role.NOTHING, Role.FULL):
                    return Unread(f"“{part.said[:30]}”和“{one[0].said[:30]}”合在一起读不出来")
            return _READERS[leading[0]](self, one[0])
        if self.of(Role.BAND):
            return banded(self.parts, self.context, self.full)
        if self.of(Role.REACHED, Role.MISSED):
            return outcomes(self.parts, self.context)
        said = "；".join(part.said for part in self.parts)
        return Unread(f"只写了“{said[:40]}”，没有写怎样计分")

    def _odd_worth(self) -> str:
        """The rule speaks of other full points than the form's weight."""
        for part in self.of(Role.FULL):
            worth = part.value.points if part.value else None
            if worth is not None and worth not in (self.context.weight, Decimal(100)):
                return f"写的满分是{plain(worth)}分，权重却是{plain(self.context.weight)}分"
        for part in self.of(Role.FLAWLESS, Role.REACHED):
            value = part.value
            if value is not None and value.share != 1 and value.points not in (None, self.full):
                return f"“{part.said}”不是满分{plain(self.full)}分"
        return ""

    @property
    def full(self) -> Decimal:
        """The full points in which the rule counts."""
        stated = [part.value.points for part in self.of(Role.FULL) if part.value]
        return next((one for one in stated if one), self.context.scale or self.context.weight)

    def points(self, value: Value) -> Decimal:
        """Points of the weight, whatever scale the rule counts in."""
        if value.share is not None:
            return _fine(value.share * self.context.weight)
        return _fine((value.points or Decimal(0)) * self.context.weight / self.full)

    def share(self, value: Value) -> Decimal:
        if value.share is not None:
            return value.share
        return _fine((value.points or Decimal(0)) / self.full)

    # Ratios.

    def ratio(self, part: Part) -> ReadRule | Unread:
        direction = part.direction or next(
            (one.direction for one in self.parts if one.role is Role.NOTHING and one.direction),
            Direction.HIGHER,
        )
        worth = part.value.points if part.value else None
        if worth is not None and worth not in (self.context.weight, Decimal(100), self.full):
            return Unread(f"乘的是{plain(worth)}分，权重却是{plain(self.context.weight)}分")
        goal = goal_of(self.context, None)
        if isinstance(goal, Unread):
            return goal
        if part.how == "rate" and direction is Direction.HIGHER:
            goal = _rate_goal(goal, self.context)
            if isinstance(goal, Unread):
                return goal
        elif (
            goal.unit is Unit.PERCENT and goal.value is None and not rate_itself(self.context.name)
        ):
            goal = _COMPLETION
        caps = [self.share(one.value) for one in self.of(Role.CAP) if one.value]
        if len(set(caps)) > 1:
            return Unread("写了两个不同的最高分")
        cap = caps[0] if caps else None
        return self._bounded(goal, direction, cap)

    def _bounded(self, goal: Goal, direction: Direction, cap: Decimal | None) -> ReadRule | Unread:
        """With a cap, and with what earns nothing at all."""
        floor: Decimal | None = None
        for band in self.of(Role.BAND):
            value, span = band.value, band.span
            if value is None or span is None:
                return Unread(f"“{band.said}”前后的比例不一样")
            worth, end = self.share(value), span.low or span.high
            shares = end is not None and (end.unit is Unit.PERCENT or goal.unit is Unit.PERCENT)
            if not shares or direction is Direction.LOWER or end is None:
                return Unread(f"“{band.said}”和按比例计分合在一起读不出来")
            if worth == 0 and span.low is None and not span.high_in:
                floor = end.value
            elif worth == 1 and span.high is None and end.value == 1 and cap in (None, Decimal(1)):
                cap = Decimal(1)
            else:
                return Unread(f"“{band.said}”和按比例计分合在一起读不出来")
        notes = goal.notes
        if cap is None and direction is Direction.LOWER:
            return Unread("没有写最高得多少；实际值很小时，得分会没有上限")
        if cap is None:
            if floor is not None:
                return Unread("写了不得分的界限，却没有写最高得多少")
            notes = (*notes, "没有写封顶，按不封顶")
        method: dict[str, Any] = {"kind": "percent", "cap": cap}
        if floor is not None and cap is not None:
            if not 0 < floor < cap:
                return Unread("不得分的界限和最高得分对不上")
            if goal.unit is Unit.PERCENT and goal.value not in (None, Decimal(1)):
                return Unread("不得分的界限说的是完成率还是实际值，分不清")
            method = {
                "kind": "linear",
                "basis": "completion",
                "low": {"at": floor, "share": floor},
                "high": {"at": cap, "share": cap},
                "below": Decimal(0),
            }
        return ReadRule(method, goal.unit, direction, goal.value, goal.completion, notes)

    # Points off.

    def per_step(self, part: Part) -> ReadRule | Unread:
        direction = part.direction or Direction.HIGHER
        stated = self._stated_targets(part, direction)
        if isinstance(stated, Unread):
            return stated
        goal = goal_of(self.context, stated)
        if isinstance(goal, Unread):
            return goal
        step = part.size
        assert step is not None  # noqa: S101 - the phrase has one
        if step.unit is Unit.PERCENT and goal.unit is not Unit.PERCENT:
            if goal.value is None and rate_itself(self.context.name):
                goal = Goal(Unit.PERCENT, None, notes=goal.notes)
            else:
                note = "按完成率扣分：实际值填完成率（实际÷目标）"
                goal = Goal(Unit.PERCENT, Decimal(1), True, (*goal.notes, note))
        elif step.unit is not None and goal.unit in (Unit.NUMBER,) and step.unit is not goal.unit:
            goal = Goal(step.unit, goal.value, notes=goal.notes)
        if step.unit is not None and step.unit is not goal.unit:
            return Unread(f"“{part.said}”的单位和目标的单位不一样")
        off = self.points(part.value) if part.value else Decimal(0)
        if reason := self._beside_steps(off, step, goal, direction):
            return Unread(reason)
        notes = goal.notes
        if goal.value is None:
            notes = (*notes, "没有读到目标值，请每月填写，或填在默认目标里")
        base: dict[str, Any] = {"kind": "step_deduct", "points": off, "step": step.value}
        started = self.of(Role.STARTED)
        if started:
            begun = started[0].size
            if len(started) > 1 or (begun and begun.value != step.value):
                return Unread("不足一级怎样扣，写法对不上")
            method = {**base, "started": started[0].how}
            return ReadRule(method, goal.unit, direction, goal.value, goal.completion, notes)
        others = tuple(
            (told, {**base, "started": how}) for how, told in _STEPS.items() if how != "whole"
        )
        notes = (*notes, f"没有写不足一级怎样扣，先定为“{_STEPS['whole']}”")
        first = {**base, "started": "whole"}
        return ReadRule(first, goal.unit, direction, goal.value, goal.completion, notes, others)

    def _stated_targets(self, part: Part, direction: Direction) -> Figure | Unread | None:
        """The target in the rule's own words: of a band that earns everything, of 目标95%."""
        found = [part.base] if part.base else []
        found += [one.size for one in self.of(Role.TARGET) if one.size]
        for band in self.of(Role.BAND):
            span = band.span
            if band.value and span and self.share(band.value) == 1 and not band.value.off:
                end = span.low if direction is Direction.HIGHER else span.high
                if end is None:
                    return Unread(f"“{band.said}”和“{part.said}”的方向相反")
                found.append(end)
        if len({one.value for one in found}) > 1:
            return Unread("写了两个不同的目标")
        return found[0] if found else None

    def _beside_steps(self, off: Decimal, step: Figure, goal: Goal, direction: Direction) -> str:
        """What stands beside the steps must follow from them: it cannot be scored apart."""
        for one in self.of(Role.DEDUCT_CAP, Role.CAP):
            most = self.points(one.value) if one.value else Decimal(0)
            if most < self.context.weight:
                return f"“{one.said}”：最多扣的分少于权重，这种计分方法没有对应的设置"
        for band in self.of(Role.BAND):
            if band.value is None or band.span is None or self.share(band.value) == 1:
                continue
            end = band.span.high if direction is Direction.HIGHER else band.span.low
            if self.share(band.value) != 0 or end is None or goal.value is None:
                return f"“{band.said}”和逐级扣分合在一起读不出来"
            short = abs(goal.value - end.value)
            if short / step.value * off < self.context.weight:
                return f"“{band.said}”的时候按每级扣分还没有扣完，两条合在一起没有对应的计分方法"
        return ""

    def per_event(self, part: Part) -> ReadRule | Unread:
        off = self.points(part.value) if part.value else Decimal(0)
        unit = (part.size.unit if part.size else None) or Unit.TIMES
        limits = []
        for band in self.of(Role.BAND):
            span, value = band.span, band.value
            if span is None or value is None:
                return Unread(f"“{band.said}”没有读懂")
            if span.high is not None and span.high.value == 0 and self.share(value) == 1:
                continue  # none at all earns everything
            if self.share(value) != 0 or span.low is None or span.high not in (None, span.low):
                return Unread(f"“{band.said}”和“{part.said}”合在一起读不出来")
            limits.append(span.low.value + (0 if span.low_in else 1))
        caps = [self.points(one.value) for one in self.of(Role.DEDUCT_CAP) if one.value]
        if part.how == "bare" and not limits:
            return Unread(f"“{part.said}”没有写是扣分还是加分")
        if len(limits) > 1 or len(caps) > 1 or (limits and caps):
            return Unread("扣分的界限写了不止一个")
        if limits:
            method: dict[str, Any] = {"kind": "veto", "per_event": off, "zero_at": limits[0]}
        else:
            method = {"kind": "deduct", "per_event": off}
            if caps and caps[0] < self.context.weight:
                method["cap"] = caps[0]
        return ReadRule(method, unit, Direction.LOWER)

    def per_day(self, part: Part) -> ReadRule | Unread:
        off = self.points(part.value) if part.value else Decimal(0)
        floor = Decimal(0)
        for cap in self.of(Role.DEDUCT_CAP):
            most = self.points(cap.value) if cap.value else Decimal(0)
            floor = max(floor, self.context.weight - most)
        for band in self.of(Role.BAND):
            span, value = band.span, band.value
            low = span.low if span else None
            if value is None or low is None or self.share(value) != 0:
                return Unread(f"“{band.said}”和“{part.said}”合在一起读不出来")
            first = low.value if span and span.low_in else low.value + 1
            if floor or first * off < self.context.weight:
                return Unread(
                    f"“{band.said}”的时候按每天扣分还没有扣完，两条合在一起没有对应的计分方法"
                )
        method = {"kind": "deadline", "per_day": off, "floor": floor}
        return ReadRule(method, Unit.DAY, Direction.LOWER, notes=("实际值填迟交的天数",))


def _rate_goal(goal: Goal, context: Context) -> Goal | Unread:
    """完成率×权重: of the target, or the figure itself where it is a rate of completion."""
    actual = figure_in(context.actual) if context.actual.strip() else None
    if goal.unit is not Unit.PERCENT and actual is not None and actual.unit is Unit.PERCENT:
        return _COMPLETION
    named = "完成率" in context.name or "达成率" in context.name
    if not named:
        if goal.unit is Unit.PERCENT and goal.value is None and not rate_itself(context.name):
            return _COMPLETION
        return goal
    if goal.unit is Unit.PERCENT and goal.value not in (None, Decimal(1)):
        return Unread("完成率另有目标：得分是完成率×权重，还是完成率÷目标×权重，分不清")
    if goal.unit in (Unit.PERCENT, Unit.NUMBER) and goal.value in (None, Decimal(1)):
        return Goal(Unit.PERCENT, Decimal(1))
    return _COMPLETION


_COMPLETION = Goal(Unit.PERCENT, Decimal(1), True, ("实际值填完成率（实际÷目标）",))


def _of_what(part: Part) -> bool:
    """扣10% may be of the item or of the whole."""
    value = part.value
    shared = value is not None and value.off and value.share is not None
    return shared and not re.search("权重|分值|标准分|满分|分数|得分", part.said)


def _fine(value: Decimal) -> Decimal:
    return tidy(value.quantize(GRAIN))


_LEADING = (Role.RATIO, Role.PER_STEP, Role.PER_EVENT, Role.PER_DAY)
_ALLOWED: dict[Role, tuple[Role, ...]] = {
    Role.RATIO: (Role.CAP, Role.BAND, Role.TARGET),
    Role.PER_STEP: (
        Role.BAND,
        Role.TARGET,
        Role.STARTED,
        Role.DEDUCT_CAP,
        Role.CAP,
        Role.REACHED,
    ),
    Role.PER_EVENT: (Role.BAND, Role.DEDUCT_CAP, Role.FLAWLESS),
    Role.PER_DAY: (Role.BAND, Role.DEDUCT_CAP, Role.FLAWLESS),
}
_READERS: dict[Role, Callable[[_Rule, Part], ReadRule | Unread]] = {
    Role.RATIO: _Rule.ratio,
    Role.PER_STEP: _Rule.per_step,
    Role.PER_EVENT: _Rule.per_event,
    Role.PER_DAY: _Rule.per_day,
}
