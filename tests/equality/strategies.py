"""Plausible settings and inputs of every method, with a liking for the places where rules turn.

Actuals gather on the boundaries of their own rule, a millionth or ten millionth beside them, and
on ties at half a hundredth of a point; they may be 0, negative, huge, text, or missing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.cases.reading import rated_cases
from xladdin.domain.methods.deadline import DeadlineMethod
from xladdin.domain.methods.deduct import DeductMethod
from xladdin.domain.methods.judgement import JudgementMethod
from xladdin.domain.methods.linear import LinearEnd, LinearMethod
from xladdin.domain.methods.pass_fail import PassFailMethod
from xladdin.domain.methods.percent import PercentMethod
from xladdin.domain.methods.step_deduct import Started, StepDeductMethod
from xladdin.domain.methods.steps import Step, StepsMethod
from xladdin.domain.methods.veto import VetoMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.domain.rule_models import Band, ScoringRule
from xladdin.domain.rule_terms import Basis, ZeroTarget
from xladdin.formula.evaluate import Value

HUGE = Decimal(10**9)
TIE = Decimal("0.005")
TINY = tuple(map(Decimal, ("0", "0.000001", "-0.000001", "0.0000001", "-0.0000001", "0.01")))
RARE: tuple[Value, ...] = (None, "约八成", "", Decimal(0), HUGE, -HUGE, HUGE - TIE, Decimal(-1))
FULLS = tuple(map(Decimal, ("5", "10", "12.5", "15", "20", "25", "33.33", "40", "100")))
FIRST_DAY, LAST_DAY = 46023, 46387
"""The days of the year 2026."""
ACTUALS = 6
"""So many actuals for each setting."""

Points = Sequence[Decimal]


@dataclass(frozen=True)
class Setting:
    """A method as an indicator states it, and the actuals at which it may turn."""

    method: ScoringRule
    direction: Direction
    unit: Unit
    turns: Callable[[Decimal, Decimal], Points]
    """Full points and target -> actuals of interest."""
    targets: SearchStrategy[Decimal]
    scale: Decimal
    """The size of usual actuals."""


@dataclass(frozen=True)
class Scored:
    """A setting with inputs of its rule."""

    setting: Setting
    inputs: tuple[dict[str, Value], ...]


@cache
def decimals(low: int | Decimal, high: int | Decimal, places: int = 2) -> SearchStrategy[Decimal]:
    """Numbers with at most so many places, both ends included."""
    scaled = (int(Decimal(end).scaleb(places)) for end in (low, high))
    return st.integers(*scaled).map(lambda number: Decimal(number).scaleb(-places))


def six(value: Decimal) -> Decimal:
    """A number cut to the places that inputs have."""
    return round(value, 6)


directions = st.sampled_from(Direction)
shares = decimals(0, Decimal("1.5")) | st.sampled_from([Decimal(0), Decimal(1), Decimal("0.6")])
counts = st.integers(1, 10).map(Decimal)
fulls = st.sampled_from(FULLS) | decimals(Decimal("0.01"), 100)
some_points = decimals(Decimal("0.01"), 20) | st.sampled_from([Decimal("0.125"), TIE])

# A unit, the size of its figures, and their decimals.
MEASURES = (
    (Unit.PERCENT, Decimal(1), 4),
    (Unit.SECOND, Decimal(100), 1),
    (Unit.TIMES, Decimal(20), 0),
    (Unit.YUAN, Decimal(1_000_000), 2),
    (Unit.NUMBER, Decimal(1000), 3),
)
measures = st.sampled_from(MEASURES)


@st.composite
def percents(draw: DrawFn) -> Setting:
    """Capped or (where higher is better) not, with or without a floor."""
    unit, scale, places = draw(measures)
    direction = draw(directions)
    caps = decimals(Decimal("0.5"), 3) | st.sampled_from([Decimal(1), Decimal("1.2")])
    cap = draw(caps if direction is Direction.LOWER else caps | st.none())
    floor = draw(st.just(Decimal(0)) | decimals(0, Decimal("0.5")))
    zero_target = draw(st.sampled_from(ZeroTarget))
    method = PercentMethod(cap=cap, floor=floor, zero_target=zero_target)

    def turns(full: Decimal, target: Decimal) -> Points:
        ratios = [ratio for ratio in (cap, floor, 101 * TIE / full, Decimal(1)) if ratio]
        higher = direction is Direction.HIGHER
        return [target * ratio if higher else target / ratio for ratio in ratios]

    return Setting(method, direction, unit, turns, _targets(scale, places), scale)


@cache
def _targets(scale: Decimal, places: int) -> SearchStrategy[Decimal]:
    usual = decimals(scale / 10, scale * 2, places)
    return usual | usual | usual | st.just(Decimal(0))


@st.composite
def vetoes(draw: DrawFn) -> Setting:
    """Deductions for each event, and the number of events that leaves nothing."""
    per_event, zero_at = draw(st.just(Decimal(0)) | some_points), draw(counts)
    method = VetoMethod(per_event=per_event, zero_at=zero_at)

    def turns(full: Decimal, target: Decimal) -> Points:
        return [zero_at, *_used_up(full, per_event)] if per_event else [zero_at]

    return Setting(method, draw(directions), Unit.TIMES, turns, _targets(Decimal(9), 0), zero_at)


def _used_up(full: Decimal, per_event: Decimal) -> Points:
    """Counts at which all points are gone, or half a hundredth of one is taken off."""
    return [full / per_event, TIE / per_event, 3 * TIE / per_event]


@st.composite
def deductions(draw: DrawFn) -> Setting:
    """Deductions for each event, with or without a cap on their sum."""
    per_event, cap = draw(some_points), draw(st.none() | some_points)
    method = DeductMethod(per_event=per_event, cap=cap)

    def turns(full: Decimal, target: Decimal) -> Points:
        return [*_used_up(full, per_event), *([cap / per_event] if cap else [])]

    return Setting(
        method, draw(directions), Unit.TIMES, turns, _targets(Decimal(9), 0), Decimal(10)
    )


@st.composite
def steps(draw: DrawFn) -> Setting:
    """One to five steps on the actual or on the completion, bounds included or not."""
    unit, scale, places = draw(measures)
    direction, basis = draw(directions), draw(st.sampled_from(Basis))
    completion = basis is Basis.COMPLETION
    size, fine = (Decimal(1), 4) if completion else (scale, places)
    drawn = draw(st.lists(decimals(0, size * 2, fine), min_size=1, max_size=5, unique=True))
    rising = direction is Direction.LOWER and not completion
    bounds = sorted(drawn, reverse=not rising)
    earned = sorted((draw(shares) for _ in bounds), reverse=True)
    method = StepsMethod(
        basis=basis,
        inclusive=draw(st.booleans()),
        steps=tuple(
            Step(bound=bound, share=share) for bound, share in zip(bounds, earned, strict=True)
        ),
        below=min(earned[-1], draw(st.just(Decimal(0)) | shares)),
    )

    def turns(full: Decimal, target: Decimal) -> Points:
        return _met(bounds, target, direction) if completion else bounds

    return Setting(method, direction, unit, turns, _targets(scale, places), scale)


def _met(ratios: Points, target: Decimal, direction: Direction) -> Points:
    """The actuals at which the completion has these values."""
    if direction is Direction.HIGHER:
        return [target * ratio for ratio in ratios]
    return [target / ratio for ratio in ratios if ratio] or [target]


@st.composite
def step_deductions(draw: DrawFn) -> Setting:
    """Points off for each step short, begun steps counted in all three ways."""
    unit, scale, places = draw(measures)
    direction = draw(directions)
    step = draw(decimals(scale / 100, scale, places + 2))
    off = draw(some_points)
    method = StepDeductMethod(points=off, step=step, started=draw(st.sampled_from(Started)))

    def turns(full: Decimal, target: Decimal) -> Points:
        away = -1 if direction is Direction.HIGHER else 1
        gaps = (0, 1, 2, full / off, TIE / off)
        return [target + away * step * Decimal(gap) for gap in gaps]

    return Setting(method, direction, unit, turns, _targets(scale, places), scale)


@st.composite
def lines(draw: DrawFn) -> Setting:
    """A line between two ends, on the actual or on the completion."""
    unit, scale, places = draw(measures)
    direction, basis = draw(directions), draw(st.sampled_from(Basis))
    completion = basis is Basis.COMPLETION
    size, fine = (Decimal(1), 2) if completion else (scale, places)
    ends = sorted(draw(st.lists(decimals(0, size * 2, fine), min_size=2, max_size=2, unique=True)))
    if direction is Direction.LOWER and not completion:
        ends.reverse()
    low, high = (LinearEnd(at=at, share=draw(shares)) for at in ends)
    below = min(low.share, draw(shares))
    method = LinearMethod(basis=basis, low=low, high=high, below=below)

    def turns(full: Decimal, target: Decimal) -> Points:
        middle = (ends[0] + ends[1]) / 2
        return _met([*ends, middle], target, direction) if completion else [*ends, middle]

    return Setting(method, direction, unit, turns, _targets(scale, places), scale)


@st.composite
def pass_fails(draw: DrawFn) -> Setting:
    """Against the target or a fixed bound, which may belong to either side."""
    unit, scale, places = draw(measures)
    bound = draw(st.none() | decimals(0, scale, places))
    method = PassFailMethod(bound=bound, inclusive=draw(st.booleans()))

    def turns(full: Decimal, target: Decimal) -> Points:
        return [target if bound is None else bound]

    return Setting(method, draw(directions), unit, turns, _targets(scale, places), scale)


@st.composite
def deadlines(draw: DrawFn) -> Setting:
    """Days late, or a date against a date (with and without an hour)."""
    dated = draw(st.booleans())
    method = DeadlineMethod(
        measure="date" if dated else "days_late",
        per_day=draw(some_points),
        floor=draw(st.just(Decimal(0)) | some_points),
    )

    def turns(full: Decimal, target: Decimal) -> Points:
        late = [Decimal(days) for days in (0, 1, 2, 5)]
        return [target + days for days in late] if dated else late

    days = decimals(FIRST_DAY, LAST_DAY, 0) | decimals(FIRST_DAY, LAST_DAY, 6)
    unit, scale = (Unit.DATE, Decimal(LAST_DAY)) if dated else (Unit.DAY, Decimal(10))
    return Setting(method, draw(directions), unit, turns, days, scale)


@st.composite
def judgements(draw: DrawFn) -> Setting:
    """One to four bands that lie apart."""
    ends = st.lists(decimals(0, 10), min_size=2, max_size=8, unique=True)
    drawn = sorted(draw(ends.filter(lambda found: len(found) % 2 == 0)))
    bands = [Band(low=drawn[i], high=drawn[i + 1], text="") for i in range(0, len(drawn), 2)]
    if draw(st.booleans()):
        bands[0] = Band(low=bands[0].high, high=bands[0].high, text="")
    method = JudgementMethod(bands=tuple(reversed(bands)))

    def turns(full: Decimal, target: Decimal) -> Points:
        middle = (drawn[0] + drawn[1]) / 2
        return [*drawn, middle, method.top * 101 * TIE / full]

    scale = Decimal(10)
    return Setting(method, Direction.HIGHER, Unit.POINT, turns, _targets(scale, 0), scale)


class _Settings(dict[str, SearchStrategy[Setting]]):
    """A rule without a strategy of its own is tried on what its case file states."""

    def __missing__(self, kind: str) -> SearchStrategy[Setting]:
        return st.sampled_from(_stated(kind))


@cache
def _stated(kind: str) -> tuple[Setting, ...]:
    """Every setting of a case file, which turns where its cases stand."""
    actuals: dict[ScoringRule, list[Decimal]] = {}
    for case in rated_cases():
        if case.method.kind == kind:
            actual = case.inputs["actual"]
            actuals.setdefault(case.method, []).extend([actual] * isinstance(actual, Decimal))
    found = {case.method: case for case in rated_cases() if case.method.kind == kind}
    return tuple(
        Setting(
            method,
            case.direction,
            case.unit,
            lambda full, target, turns=tuple(actuals[method]): turns,
            _targets(Decimal(10), 2),
            Decimal(10),
        )
        for method, case in found.items()
    )


SETTINGS = _Settings(
    {
        "percent": percents(),
        "veto": vetoes(),
        "deduct": deductions(),
        "steps": steps(),
        "step_deduct": step_deductions(),
        "linear": lines(),
        "pass_fail": pass_fails(),
        "deadline": deadlines(),
        "judgement": judgements(),
    }
)
"""Kind of rule -> its settings."""


def turning(setting: Setting, full: Decimal, target: Decimal) -> list[Decimal]:
    """Actuals on and beside every turn of the rule."""
    with localcontext(prec=28):
        turns = [six(turn) for turn in setting.turns(full, target)]
    return [turn + tiny for turn in turns for tiny in TINY]


@st.composite
def scored(draw: DrawFn, kind: str) -> Scored:
    """A setting of one kind of method, with several inputs."""
    setting = draw(SETTINGS[kind])
    full, target = draw(fulls), draw(setting.targets)
    usual = decimals(0, setting.scale * 2) | decimals(0, setting.scale, 6)
    found: list[Value] = [*turning(setting, full, target), *RARE, draw(usual), draw(usual)]
    # One seed is much faster to draw than so many choices.
    seed = draw(st.integers(0, 10**6))
    chosen = random.Random(seed).sample(found, ACTUALS)
    shown: Value = draw(st.sampled_from([target] * 9 + [None]))
    inputs = [{"full": full, "actual": actual, "target": shown} for actual in chosen]
    return Scored(setting, tuple(inputs))
