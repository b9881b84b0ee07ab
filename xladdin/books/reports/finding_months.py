"""Findings about the team's own figures from month to month."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xladdin.analysis.metric import Metric
from xladdin.analysis.month_figures import MONTHS, MonthFigures
from xladdin.domain.report_findings import (
    LEAST_POINTS,
    ChangeWhen,
    LevelWhen,
    OfMetric,
    RecordWhen,
    StreakWhen,
    TargetWhen,
    TogetherWhen,
    Turn,
)
from xladdin.formula.nodes import (
    AllOf,
    Blank,
    Compare,
    CountNumbers,
    Expr,
    If,
    IsNumber,
    Join,
    Not,
    Rel,
    Round,
    SumNumbers,
    Text,
    Var,
    all_of,
    mul,
    number,
)
from xladdin.formula.questions import NEVER

from . import report_keys as keys
from . import report_sentences as say
from .finding_candidates import Candidate, at_least, if_numbers, upwards

RUN = Var("run")
YES = Not(NEVER)


def of_metric(
    when: LevelWhen | TargetWhen | ChangeWhen | StreakWhen | RecordWhen, figures: MonthFigures
) -> Iterator[Candidate]:
    """What a condition over one metric points out; nothing where parts of months cannot be compared."""
    metric = keys.EVERY[when.metric]
    one = keys.subject(metric, figures)
    words = _words(one)
    match when:
        case LevelWhen():
            test = _level(when, metric, one)
        case TargetWhen() if one.target is not None:
            reached = say.reaches(metric, one.now, one.target)
            test = if_numbers((one.now, one.target), reached if when.met else Not(reached))
        case ChangeWhen():
            last = when.than == "last_month"
            if metric.additive and (one.part or (one.before_part if last else one.year_part)):
                return
            test = _change(when, metric, one.now, one.before if last else one.year)
        case StreakWhen():
            whole = keys.comparable(metric, figures)
            yield Candidate(
                at_least(keys.least_var(metric), when.least, _long(RUN, when.months)),
                words | {"months": Round(RUN, 0)},
                {"run": _run(metric, whole, up=upwards(metric, when.turn))},
            )
            return
        case RecordWhen():
            whole = keys.comparable(metric, figures)
            if keys.NOW not in whole:
                return
            test = _record(metric, whole, up=upwards(metric, when.turn))
        case _:
            return
    yield Candidate(_large_enough(when, metric, test), words)


def _large_enough(when: OfMetric, metric: Metric, test: Expr) -> Expr:
    return at_least(keys.least_var(metric), when.least, test)


def _words(one: say.Subject) -> dict[str, Expr]:
    target = Text("") if one.target is None else say.against_target(one.metric, one.now, one.target)
    return {
        "now": say.value_told(one),
        "change": say.against_last_month(one),
        "year": say.against_last_year(one),
        "target": target,
    }


def _level(when: LevelWhen, metric: Metric, one: say.Subject) -> Expr:
    shown = say.shown(metric.scale, one.now)
    if when.at_least is not None:
        test: Expr = Compare(Rel.GE, shown, number(when.at_least))
    else:
        test = Compare(Rel.LE, shown, number(when.at_most or Decimal(0)))
    if when.not_worse:
        worse = _turned(metric, one.now, one.before, up=upwards(metric, Turn.WORSE))
        test = If(if_numbers((one.before,), worse), NEVER, test)
    return if_numbers((one.now,), test)


def _change(when: ChangeWhen, metric: Metric, now: Var, before: Var) -> Expr:
    turned = _turned(metric, now, before, up=upwards(metric, when.turn))
    large: Expr = Compare(Rel.GE, say.size(metric, now, before), number(when.by))
    if say.kind_of(metric) is say.Change.PERCENT:
        # From 0 nothing changes by a percentage, but it does change.
        some = Compare(Rel.GT, say.shown(metric.scale, before), number(0))
        large = If(some, large, YES)
    return if_numbers((now, before), If(turned, large, NEVER))


def _turned(metric: Metric, now: Var, before: Var, *, up: bool) -> Expr:
    return say.larger(metric, now, before) if up else say.larger(metric, before, now)


def _long(run: Var, months: int) -> Expr:
    return Compare(Rel.GE, run, number(months))


def _run(metric: Metric, whole: frozenset[int], *, up: bool) -> Expr:
    """For how many months up to this one the figure has gone the same way, each time."""
    figures = keys.months_var(metric.id)
    found: Expr = number(MONTHS - 1)
    for back in reversed(range(MONTHS - 1)):
        month = keys.NOW - back
        now, before = figures[month], figures[month - 1]
        turned = if_numbers((now, before), _turned(metric, now, before, up=up))
        found = If(turned, found, number(back)) if whole >= {month, month - 1} else number(back)
    return found


def _record(metric: Metric, whole: frozenset[int], *, up: bool) -> Expr:
    figures = keys.months_var(metric.id)
    now = figures[keys.NOW]
    others = tuple(figures[month] for month in sorted(whole - {keys.NOW}))
    if not others:
        return NEVER
    enough = Compare(Rel.GE, CountNumbers(others), number(LEAST_POINTS))
    beyond = AllOf(
        tuple(If(IsNumber(one), _turned(metric, now, one, up=up), YES) for one in others)
    )
    return if_numbers((now,), If(enough, beyond, NEVER))


def together(when: TogetherWhen, figures: MonthFigures) -> Candidate:
    """How often two figures moved together from month to month, which explains nothing by itself."""
    first, second = keys.EVERY[when.metric], keys.EVERY[when.other]
    whole = keys.comparable(first, figures) & keys.comparable(second, figures)
    helpers = {
        f"step{month}": _step(first, second, month, opposite=when.opposite)
        for month in range(1, MONTHS)
        if whole >= {month, month - 1}
    }
    steps = tuple(Var(name) for name in helpers)
    pairs, same = Var("pairs"), Var("same")
    due = mul(pairs, number(when.at_least))
    enough = all_of((Compare(Rel.GE, pairs, number(LEAST_POINTS)), Compare(Rel.GE, same, due)))
    return Candidate(
        if_numbers((pairs, same), enough),
        {"pairs": Join((Round(pairs, 0),)), "same": Join((Round(same, 0),))},
        {**helpers, "pairs": CountNumbers(steps), "same": SumNumbers(steps)},
    )


def _step(first: Metric, second: Metric, month: int, *, opposite: bool) -> Expr:
    """1 where both moved the same way into a month, 0 where not, nothing where one stood still."""
    a, b = keys.months_var(first.id), keys.months_var(second.id)
    pair = (a[month], a[month - 1], b[month], b[month - 1])
    still = say.same(first, *pair[:2]), say.same(second, *pair[2:])
    up = say.larger(first, *pair[:2])
    also = _turned(second, *pair[2:], up=not opposite)
    alike = If(up, If(also, number(1), number(0)), If(also, number(0), number(1)))
    known = all_of(tuple(IsNumber(one) for one in pair))
    return If(known, If(still[0], Blank(), If(still[1], Blank(), alike)), Blank())
