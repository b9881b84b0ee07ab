"""Bands as a method: steps by their bounds, or all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from xladdin.domain.quantities import Direction, Unit, plain, written
from xladdin.standards.clause_meaning import better

from .rule_parts import Context, Part, ReadRule, Role, Span, Unread, Value
from .rule_text import Figure, tidy
from .rule_units import figure_in, goal_of, in_unit, rate_itself, unit_of

GRAIN = Decimal("0.000001")
HUNDRED, ONE = Decimal(100), Decimal(1)
EVENTS = (Unit.TIMES, Unit.PIECE, Unit.PERSON)
BETTER_IN = "界限刚好等于时按较好的一档"


@dataclass(frozen=True, slots=True)
class _Band:
    low: Decimal | None
    low_in: bool
    high: Decimal | None
    high_in: bool
    share: Decimal
    said: str


def banded(parts: Sequence[Part], context: Context, full: Decimal) -> ReadRule | Unread:
    """Steps out of bands; nothing else may stand beside them."""
    extra = [
        part
        for part in parts
        if part.role
        not in (Role.BAND, Role.OTHERWISE, Role.NOTHING, Role.FULL, Role.FLAWLESS, Role.TARGET)
    ]
    if extra:
        return Unread(f"“{extra[0].said[:30]}”和各档合在一起读不出来")
    bands = [part for part in parts if part.role in (Role.BAND, Role.FLAWLESS)]
    rest = [part for part in parts if part.role is Role.OTHERWISE]
    if len(rest) > 1 or any(part.span is None and part.role is Role.BAND for part in bands):
        return Unread("“其余”写了不止一次")
    scale = _scale([*bands, *rest], full, context.weight)
    if isinstance(scale, Unread):
        return scale
    unit = _unit(bands, context)
    if isinstance(unit, Unread):
        return unit
    found: list[_Band] = []
    for part in bands:
        one = _band(part, unit, scale, context)
        if isinstance(one, Unread):
            return one
        found.append(one)
    below = _share(rest[0].value, scale) if rest and rest[0].value else None
    read = _steps(found, below, unit)
    if isinstance(read, Unread):
        return read
    aim = _aim(parts, context, unit, read)
    if isinstance(aim, Unread):
        return aim
    return _by_completion(read, unit, context) or _with_unit(read, unit)


def _aim(parts: Sequence[Part], context: Context, unit: Unit, read: ReadRule) -> Unread | None:
    """A target beside the bands is only told; but not one in another unit."""
    stated = [part.size for part in parts if part.role is Role.TARGET and part.size]
    if stated and in_unit(stated[0], unit, context.name) is None:
        return Unread("目标的单位和各档的单位不一样")
    return None


def _with_unit(read: ReadRule, unit: Unit) -> ReadRule:
    return ReadRule(read.method, unit, read.direction, None, False, read.notes)


def _by_completion(read: ReadRule, unit: Unit, context: Context) -> ReadRule | Unread | None:
    """Bounds in percent of an item that is not itself a share: they are those of its completion."""
    if unit is not Unit.PERCENT or rate_itself(context.name):
        return None
    own = figure_in(context.target) if context.target.strip() else None
    actual = figure_in(context.actual) if context.actual.strip() else None
    if own is None or own.unit is Unit.PERCENT or (actual and actual.unit is Unit.PERCENT):
        return None
    if read.method["kind"] != "steps" or read.direction is Direction.LOWER:
        return Unread("各档是百分比，目标却不是")
    goal = goal_of(context, None)
    if isinstance(goal, Unread):
        return goal
    method = {**read.method, "basis": "completion"}
    notes = (*read.notes, "各档按完成率（实际÷目标）比较")
    return ReadRule(method, goal.unit, Direction.HIGHER, goal.value, False, notes)


def _scale(parts: Iterable[Part], full: Decimal, weight: Decimal) -> Decimal | Unread:
    """In how many points the bands count: the best of them earns the full points."""
    values = [part.value for part in parts if part.value is not None]
    if any(value.off for value in values):
        return full if full in (weight, HUNDRED) else Unread("扣的分按哪个满分算，分不清")
    points = [value.points for value in values if value.points is not None]
    top = max(points, default=None)
    if any(value.share == 1 for value in values):
        if top is not None and top >= full and top != HUNDRED:
            return Unread(f"有一档得{plain(top)}分，不少于满分{plain(full)}分")
        return HUNDRED if top is not None and top > full else full
    if top is None or top == full:
        return full
    if top == HUNDRED:
        return HUNDRED
    return Unread(f"最高一档是{plain(top)}分，权重却是{plain(full)}分")


def _share(value: Value, scale: Decimal) -> Decimal:
    found = value.share if value.share is not None else (value.points or Decimal(0)) / scale
    return tidy(max(ONE - found if value.off else found, Decimal(0)).quantize(GRAIN))


def _unit(bands: Sequence[Part], context: Context) -> Unit | Unread:
    ends = [end for part in bands if part.span for end in (part.span.low, part.span.high) if end]
    known = {end.unit for end in ends if end.unit is not None}
    if len(known) > 1 and known <= set(EVENTS):
        known = {Unit.TIMES}
    if len(known) > 1:
        return Unread("各档的单位不一样")
    if known:
        return known.pop()
    own = figure_in(context.target) if context.target.strip() else None
    actual = figure_in(context.actual) if context.actual.strip() else None
    for one in (own, actual):
        if one is not None and one.unit is not None:
            return one.unit
    if rate_itself(context.name) and not all(end.value <= 1 or end.value > 10 for end in ends):
        return Unread("各档没有写%，看不出是几还是百分之几")
    return unit_of(context.name)


def _band(part: Part, unit: Unit, scale: Decimal, context: Context) -> _Band | Unread:
    span, value = part.span, part.value
    if part.role is Role.FLAWLESS:
        span = Span(Figure(Decimal(0), unit), True, Figure(Decimal(0), unit), True)
    if span is None or value is None:
        return Unread(f"“{part.said}”没有读懂")
    share = _share(value, scale)
    if share > 1:
        return Unread(f"“{part.said}”得的分比满分还多")
    ends = []
    for end in (span.low, span.high):
        known = None if end is None else in_unit(_event(end, unit), unit, context.name)
        if end is not None and known is None:
            return Unread(f"“{part.said}”的单位和别的档不一样")
        ends.append(None if known is None else known.value)
    return _Band(ends[0], span.low_in, ends[1], span.high_in, share, part.said)


def _event(end: Figure, unit: Unit) -> Figure:
    """Events are counted by whatever word: 1次, 1起, 1件."""
    counted = end.unit in EVENTS and unit in EVENTS
    return Figure(end.value, unit) if counted else end


def _steps(bands: list[_Band], below: Decimal | None, unit: Unit) -> ReadRule | Unread:
    ordered = sorted(bands, key=lambda band: -band.share)
    if len({band.share for band in ordered}) < len(ordered):
        return Unread("有两档的得分一样，或者同一档写了两次")
    if below is None and len(ordered) == 1:
        return Unread("只写了一档，没有写达不到时怎样计分")
    direction = _direction(ordered, below, unit)
    if direction is None:
        return Unread("看不出越高越好还是越低越好")
    flip = direction is Direction.LOWER
    kept = [_flipped(band) if flip else band for band in ordered]
    return _built(kept, below, unit, direction)


def _flipped(band: _Band) -> _Band:
    """Of what is better when lower: the same with signs turned round."""
    low = None if band.high is None else -band.high
    high = None if band.low is None else -band.low
    return _Band(low, band.high_in, high, band.low_in, band.share, band.said)


def _direction(bands: list[_Band], below: Decimal | None, unit: Unit) -> Direction | None:
    best, worst = bands[0], bands[-1]
    if len(bands) == 1:
        if (best.low is None) == (best.high is None):
            return Direction.LOWER if unit in EVENTS and best.high == 0 else None
        better_high = best.low is not None
        # 低于60%不得分，其余得满分: the one band is the worst.
        if below is not None and below > best.share:
            better_high = not better_high
        return Direction.HIGHER if better_high else Direction.LOWER
    one, other = _middle(best), _middle(worst)
    if one is None or other is None or one == other:
        return None
    return Direction.HIGHER if one > other else Direction.LOWER


def _middle(band: _Band) -> Decimal | None:
    far = Decimal(10) ** 12
    low = band.low if band.low is not None else (None if band.high is None else band.high - far)
    high = band.high if band.high is not None else (None if band.low is None else band.low + far)
    return None if low is None or high is None else low + high


def _built(
    bands: list[_Band], below: Decimal | None, unit: Unit, direction: Direction
) -> ReadRule | Unread:
    """Bands from the best down (better is higher by now), each by its lower bound."""
    notes: list[str] = []
    *upper, last = bands
    if last.low is None:  # 85%以下不得分: what is below the last bound
        if below is not None and below != last.share:
            return Unread(f"“{last.said}”之外还写了“其余”")
        below, steps = last.share, upper
        closing: _Band | None = last
    else:
        steps, closing = bands, None
    if not steps:
        return Unread("只写了最差的一档")
    if any(band.low is None for band in steps):
        return Unread("有一档没有写从多少起")
    if len({band.low_in for band in steps}) > 1:
        return Unread("各档有的含界限，有的不含，一个指标放不下")
    for upper_one, lower_one in pairwise([*steps, *([closing] if closing else [])]):
        reason = _edge(upper_one, lower_one, unit, direction, notes)
        if reason:
            return Unread(reason)
    first = steps[0]
    if first.share < 1:
        return Unread("没有写怎样得满分")
    if unit in EVENTS and first.high is not None and not _natural_end(first, unit, direction):
        return Unread(f"“{first.said}”之外更好的时候得几分，没有写")
    if first.high is not None and not _natural_end(first, unit, direction):
        notes.append(f"“{first.said}”以上没有写，也按这一档")
    if below is None:
        below = Decimal(0)
        notes.append("最低一档以下没有写，按0分")
    if below > min(band.share for band in steps):
        return Unread("达不到各档时的得分反而更高")
    sign = -1 if direction is Direction.LOWER else 1
    method: dict[str, Any] = {
        "kind": "steps",
        "basis": "actual",
        "inclusive": steps[0].low_in,
        "steps": [{"bound": tidy((band.low or 0) * sign), "share": band.share} for band in steps],
        "below": below,
    }
    if len(steps) == 1 and steps[0].share == 1 and below == 0:
        method = {
            "kind": "pass_fail",
            "bound": tidy((steps[0].low or 0) * sign),
            "inclusive": steps[0].low_in,
        }
    if len(steps) > 12:
        return Unread("超过12档")
    return ReadRule(method, direction=direction, notes=tuple(dict.fromkeys(notes)))


def _natural_end(band: _Band, unit: Unit, direction: Direction) -> bool:
    """90%-100%: nothing is better than all, and nothing less than none."""
    high = band.high
    if direction is Direction.LOWER:
        return high == 0
    return (unit is Unit.PERCENT and high == 1) or (unit is Unit.POINT and high == HUNDRED)


def _edge(better: _Band, worse: _Band, unit: Unit, direction: Direction, notes: list[str]) -> str:
    """Where two bands meet; a reason where they do not."""
    start, end = better.low, worse.high
    if end is None:  # 达到95%得10分，达到90%得8分: the better one goes first
        return (
            ""
            if worse.low is not None and start is not None and worse.low < start
            else "各档的先后对不上"
        )
    if start is None or (worse.low is not None and worse.low > start):
        return "各档的先后对不上"
    if end > start:
        return f"“{better.said}”和“{worse.said}”重叠"
    if end == start and better.low_in and worse.high_in:
        notes.append(BETTER_IN)
    if end == start and not better.low_in and not worse.high_in:
        return f"刚好{_shown(start, unit, direction)}的时候哪一档都不是"
    if end < start and not _next_whole(end, start, unit):
        return f"{_shown(end, unit, direction)}和{_shown(start, unit, direction)}之间哪一档都不是"
    if end < start and unit not in EVENTS:
        ends = [_shown(one, unit, direction) for one in (end, start)]
        between = "和".join(ends if direction is Direction.HIGHER else reversed(ends)) + "之间"
        notes.append(f"{between}没有写，按较低的一档")
    return ""


def _next_whole(end: Decimal, start: Decimal, unit: Unit) -> bool:
    """90%-94%, 95%以上: whole percents, or tenths, were meant."""
    gap = (start - end) * (100 if unit is Unit.PERCENT else 1)
    return gap in (Decimal(1), Decimal("0.1"), Decimal("0.01"))


def _shown(value: Decimal, unit: Unit, direction: Direction) -> str:
    return written(-value if direction is Direction.LOWER else value, unit)


def outcomes(parts: Sequence[Part], context: Context) -> ReadRule | Unread:
    """达标得满分，未达标不得分: against the target where there is one, else a judgement."""
    reached = [part for part in parts if part.role is Role.REACHED]
    missed = [part for part in parts if part.role in (Role.MISSED, Role.OTHERWISE)]
    known = (Role.REACHED, Role.MISSED, Role.OTHERWISE, Role.NOTHING, Role.FULL, Role.TARGET)
    if len(reached) != 1 or len(missed) != 1 or any(part.role not in known for part in parts):
        return Unread("达标和不达标没有各写一条")
    scale = _scale([*reached, *missed], context.weight, context.weight)
    if isinstance(scale, Unread):
        return scale
    earned = [_share(one.value, scale) for one in (reached[0], missed[0]) if one.value]
    if earned != [ONE, Decimal(0)]:
        return Unread("达标不是满分，或者不达标不是0分")
    aims = [part.size for part in parts if part.role is Role.TARGET]
    stated = aims[0] if aims else None
    if stated is None and not figure_in(context.target):
        bands = [
            {"low": context.weight, "high": context.weight, "text": reached[0].said},
            {"low": Decimal(0), "high": Decimal(0), "text": missed[0].said},
        ]
        method = {"kind": "judgement", "bands": bands}
        return ReadRule(method, Unit.POINT, notes=("没有可比较的目标，由考核人选满分或0分",))
    goal = goal_of(context, stated)
    if isinstance(goal, Unread):
        return goal
    direction = _target_direction(context, goal.unit)
    if direction is None:
        return Unread("看不出达标是不低于目标还是不高于目标")
    return ReadRule({"kind": "pass_fail"}, goal.unit, direction, goal.value, notes=goal.notes)


def _target_direction(context: Context, unit: Unit) -> Direction | None:
    text = context.target
    if any(sign in text for sign in ("≥", ">", "以上", "不低于", "不少于")):
        return Direction.HIGHER
    if any(sign in text for sign in ("≤", "<", "以下", "以内", "不超过", "不高于")):
        return Direction.LOWER
    own = figure_in(text)
    if unit is Unit.PERCENT and own is not None and own.value in (ONE, HUNDRED):
        return Direction.HIGHER  # all of it
    return better(context.name)
