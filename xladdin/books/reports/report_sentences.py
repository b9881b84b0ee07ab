"""What reports say about figures: written once here, printed as formulas and worked out in Python.

A sentence reads the cells of its table, so a corrected figure is a corrected sentence.  How a metric may be
compared follows from its unit: a share changes by 百分点, a score by its own unit, a count or a duration
by percent, and from 0 nothing changes by a percentage.  Figures are compared as they are shown, so that
what looks equal is told to be equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from xladdin.analysis.metric import MARKS, STARS, Direction, Metric, Scale
from xladdin.analysis.service_records import SECOND
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Join,
    Not,
    Rel,
    Round,
    Text,
    Var,
    cases,
    div,
    mul,
    number,
    sub,
)
from xladdin.formula.questions import NOTHING, equal

SMALL = 30
"""Below so many lines a share or a mean carries their number."""
PERCENT_PLACES = 1
LAST_MONTH, LAST_YEAR = "上月", "去年同月"
NO_FIGURE = "—"
FLAT = "持平"
BETTER, WORSE = "好转", "变差"
MET, MISSED = "达成", "未达成"
MARK_UP, MARK_DOWN = "▲", "▼"
HUNDRED = number(100)
RATINGS = (STARS, MARKS)
"""Whose changes are counted in themselves."""


class Change(Enum):
    """In what a metric's changes are counted."""

    POINTS = "个百分点"
    UNITS = ""
    PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Words:
    """How a change upwards and downwards is called."""

    up: str
    down: str


COUNT_WORDS, RATE_WORDS, TIME_WORDS = (
    Words("增加", "减少"),
    Words("上升", "下降"),
    Words("延长", "缩短"),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A metric with the cells that hold its figures."""

    metric: Metric
    now: Var
    before: Var
    year: Var
    basis: Var | None = None
    """How many lines this month's figure is made of."""
    target: Var | None = None
    part: str = ""
    """Why this month may not be compared with whole ones; empty where it is whole."""
    before_part: str = ""
    year_part: str = ""


def kind_of(metric: Metric) -> Change:
    """In what the metric's changes are counted; one kind for each metric, everywhere."""
    if metric.scale.percent:
        return Change.POINTS
    return Change.UNITS if metric.scale in RATINGS else Change.PERCENT


def words_of(metric: Metric) -> Words:
    """What going up and down is called."""
    if metric.scale.percent or metric.scale in RATINGS:
        return RATE_WORDS
    return TIME_WORDS if metric.scale.per >= SECOND else COUNT_WORDS


def shown(scale: Scale, value: Expr) -> Expr:
    """A figure as its cell shows it, in the cell's own terms: a share of 1."""
    return Round(value, scale.places + (2 if scale.percent else 0))


def told(scale: Scale, value: Expr) -> Expr:
    """A figure with its unit, in words: ``85.3%``, ``47.2秒``."""
    figure = (
        Round(mul(shown(scale, value), HUNDRED), scale.places)
        if scale.percent
        else shown(scale, value)
    )
    return Join((figure, Text(scale.name)))


def larger(metric: Metric, left: Var, right: Var) -> Expr:
    """Whether one figure is larger than another one, as they are shown."""
    return Compare(Rel.GT, shown(metric.scale, left), shown(metric.scale, right))


def same(metric: Metric, left: Var, right: Var) -> Expr:
    """Whether two figures are shown alike."""
    return equal(shown(metric.scale, left), shown(metric.scale, right))


def _distance(metric: Metric, left: Var, right: Var) -> Expr:
    """How far two figures lie apart, always positive."""
    a, b = shown(metric.scale, left), shown(metric.scale, right)
    return If(larger(metric, left, right), sub(a, b), sub(b, a))


def size(metric: Metric, now: Var, before: Var) -> Expr:
    """How much a figure has changed, without its sign, in what its changes are counted.

    Only for two numbers; by percent only from more than 0.
    """
    apart = _distance(metric, now, before)
    match kind_of(metric):
        case Change.POINTS:
            return Round(mul(apart, HUNDRED), metric.scale.places)
        case Change.UNITS:
            return Round(apart, metric.scale.places)
        case Change.PERCENT:
            return Round(div(mul(apart, HUNDRED), shown(metric.scale, before)), PERCENT_PLACES)


def _unit(metric: Metric) -> str:
    kind = kind_of(metric)
    return metric.scale.name if kind is Change.UNITS else kind.value


def _no_percent(metric: Metric, before: Var) -> Expr | None:
    """Whether a change by percent has nothing to start from; None where that does not matter."""
    if kind_of(metric) is not Change.PERCENT:
        return None
    return Compare(Rel.LE, shown(metric.scale, before), number(0))


def _direction(metric: Metric, now: Var, before: Var, up: str, down: str) -> Expr:
    return If(larger(metric, now, before), Text(up), Text(down))


def compared(metric: Metric, now: Var, before: Var, than: str, part: str = "") -> Expr:
    """How a figure stands beside an earlier one: ``比上月增加8.3%``; no part of a whole month does.

    This month's figure must be a number, the earlier one may be missing.
    """
    words = words_of(metric)
    missing = Text(f"{than}没有数据，不比较")
    if part and metric.additive:
        return If(IsNumber(before), Text(f"{part}，不与{than}比较"), missing)
    word = _direction(metric, now, before, words.up, words.down)
    branches: list[tuple[Expr, Expr]] = [
        (Not(IsNumber(before)), missing),
        (same(metric, now, before), Text(f"与{than}{FLAT}")),
    ]
    if (nothing := _no_percent(metric, before)) is not None:
        by = told(metric.scale, _distance(metric, now, before))
        branches.append((nothing, Join((Text(f"{than}为0，不算百分比，"), word, by))))
        tiny = equal(size(metric, now, before), number(0))
        branches.append((tiny, Join((Text(f"比{than}略有"), word, Text("，不到0.1%")))))
    amount = Join((size(metric, now, before), Text(_unit(metric))))
    return cases(tuple(branches), Join((Text(f"比{than}"), word, amount)))


def in_short(metric: Metric, now: Var, before: Var, part: str = "") -> Expr:
    """A change as a table shows it: ``▲8.3%``, ``▼1.5个百分点``, 持平, or a dash."""
    if part and metric.additive:
        return Text(NO_FIGURE)
    mark = _direction(metric, now, before, MARK_UP, MARK_DOWN)
    branches: list[tuple[Expr, Expr]] = [
        (Not(IsNumber(now)), Text(NO_FIGURE)),
        (Not(IsNumber(before)), Text(NO_FIGURE)),
        (same(metric, now, before), Text(FLAT)),
    ]
    if (nothing := _no_percent(metric, before)) is not None:
        by = told(metric.scale, _distance(metric, now, before))
        branches.append((nothing, Join((mark, by))))
        tiny = equal(size(metric, now, before), number(0))
        branches.append((tiny, Join((mark, Text("不到0.1%")))))
    amount = Join((size(metric, now, before), Text(_unit(metric))))
    return cases(tuple(branches), Join((mark, amount)))


def judged(metric: Metric, now: Var, before: Var, part: str = "") -> Expr:
    """Whether a change is for the better: 好转, 变差, 持平; nothing where nobody can say."""
    if metric.direction is Direction.NEITHER or (part and metric.additive):
        return Blank()
    better, worse = (BETTER, WORSE) if metric.direction is Direction.HIGHER else (WORSE, BETTER)
    return cases(
        (
            (Not(IsNumber(now)), NOTHING),
            (Not(IsNumber(before)), NOTHING),
            (same(metric, now, before), Text(FLAT)),
        ),
        _direction(metric, now, before, better, worse),
    )


def reaches(metric: Metric, now: Var, target: Var) -> Expr:
    """Whether a figure is as good as its target; both must be numbers."""
    figure, due = shown(metric.scale, now), shown(metric.scale, target)
    return Compare(Rel.LE if metric.direction is Direction.LOWER else Rel.GE, figure, due)


def target_state(metric: Metric, now: Var, target: Var) -> Expr:
    """达成, 未达成, or a dash where there is no target or no figure."""
    state = If(reaches(metric, now, target), Text(MET), Text(MISSED))
    return cases(
        ((Not(IsNumber(target)), Text(NO_FIGURE)), (Not(IsNumber(now)), Text(NO_FIGURE))), state
    )


def against_target(metric: Metric, now: Var, target: Var) -> Expr:
    """How a figure stands beside its target; this month's figure must be a number."""
    sign = "≤" if metric.direction is Direction.LOWER else "≥"
    due = Join((Text(f"目标（{sign}"), told(metric.scale, target), Text("）")))
    points = kind_of(metric) is Change.POINTS
    gap = (
        Join((size(metric, now, target), Text(Change.POINTS.value)))
        if points
        else told(metric.scale, _distance(metric, now, target))
    )
    return cases(
        (
            (Not(IsNumber(target)), Text("没有定目标")),
            (reaches(metric, now, target), Join((Text("达到"), due))),
        ),
        Join((Text("没有达到"), due, Text("，差"), gap)),
    )


def small_count(basis: Var | None) -> Expr:
    """``（2条）`` where a figure is made of few lines, else nothing."""
    if basis is None:
        return NOTHING
    few = Compare(Rel.LT, basis, number(SMALL))
    counted = Join((Text("（"), Round(basis, 0), Text("条）")))
    return If(IsNumber(basis), If(few, counted, NOTHING), NOTHING)


def value_told(subject: Subject) -> Expr:
    """This month's figure with its unit, and its count where that is small."""
    figure = told(subject.metric.scale, subject.now)
    return Join((figure, small_count(subject.basis)))


def against_last_month(subject: Subject) -> Expr:
    """Beside the month before; this month's figure must be a number."""
    part = subject.part or subject.before_part
    return compared(subject.metric, subject.now, subject.before, LAST_MONTH, part)


def against_last_year(subject: Subject) -> Expr:
    """Beside the same month of the year before; this month's figure must be a number."""
    part = subject.part or subject.year_part
    return compared(subject.metric, subject.now, subject.year, LAST_YEAR, part)


def sentence(subject: Subject) -> Expr:
    """All that is said about a metric's month."""
    metric = subject.metric
    parts: list[Expr] = [
        Text(f"{metric.name}"),
        value_told(subject),
        Text("，"),
        against_last_month(subject),
        Text("，"),
        against_last_year(subject),
    ]
    if subject.target is not None and metric.direction is not Direction.NEITHER:
        stated = Join((Text("；"), against_target(metric, subject.now, subject.target)))
        parts.append(If(IsNumber(subject.target), stated, NOTHING))
    missing = Text(f"{metric.name}：本月没有数据。")
    return If(IsNumber(subject.now), Join((*parts, Text("。"))), missing)
