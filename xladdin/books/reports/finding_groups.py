"""Findings about parts of the whole: types of requests, members of the team, hours of the day."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.analysis.metric import SECONDS, Metric
from xladdin.analysis.month_figures import UNKNOWN_AGENT, MonthFigures
from xladdin.domain.report_findings import (
    AgentWhen,
    HourWhen,
    TeamWhen,
    Turn,
    TypeChangeWhen,
    TypeLevelWhen,
    TypesShareWhen,
)
from xladdin.formula.nodes import (
    CellOf,
    Compare,
    CountWhere,
    Expr,
    FirstMatch,
    Greatest,
    If,
    Join,
    Median,
    Range,
    Rel,
    Related,
    Round,
    Text,
    Var,
    mul,
    number,
)
from xladdin.formula.questions import NEVER

from . import report_keys as keys
from . import report_sentences as say
from .agent_names import agent_names
from .finding_candidates import Candidate, at_least, if_numbers, upwards

LEAST_AGENTS = 3
TYPE_CELLS = {"solve_mean": "mean", "solved_at_once": "once", "reopened": "reopened"}


def of_types(
    when: TypesShareWhen | TypeChangeWhen | TypeLevelWhen, figures: MonthFigures
) -> Iterator[Candidate]:
    """One candidate for the first types together, or one for each type."""
    count = min(len(figures.types), keys.MOST_TYPES)
    match when:
        case TypesShareWhen():
            if count > when.first:
                yield _first_types(when)
        case TypeChangeWhen():
            one = keys.subject(keys.METRICS[keys.REQUESTS], figures)
            if not (one.part or one.before_part):
                yield from (_type_change(when, i) for i in range(count))
        case TypeLevelWhen():
            yield from (_type_level(when, i) for i in range(count))


def _first_types(when: TypesShareWhen) -> Candidate:
    share = Var(keys.of_type(when.first - 1, "cumulative"))
    names: list[Expr] = []
    for i in range(when.first):
        names += [Text("、")] * bool(i) + [Var(keys.of_type(i, "name"), text=True)]
    test = if_numbers((share,), Compare(Rel.GE, share, number(when.at_least)))
    words: dict[str, Expr] = {"types": Join(tuple(names)), "share": _percent(share)}
    return Candidate(at_least(Var(keys.value(keys.REQUESTS)), when.least, test), words)


def _percent(share: Var) -> Expr:
    return Join((Round(mul(Round(share, 3), number(100)), 1), Text("%")))


def _type_change(when: TypeChangeWhen, i: int) -> Candidate:
    metric = keys.METRICS[keys.REQUESTS]
    now, before = Var(keys.of_type(i, "count")), Var(keys.of_type(i, "before"))
    up = when.turn is Turn.UP
    turned = say.larger(metric, now, before) if up else say.larger(metric, before, now)
    some = Compare(Rel.GT, before, number(0))
    large = If(some, Compare(Rel.GE, say.size(metric, now, before), number(when.by)), turned)
    enough = Compare(Rel.GE, Greatest(now, before), number(when.least))
    words: dict[str, Expr] = {
        "type": _type_name(i),
        "count": say.told(metric.scale, now),
        "change": say.compared(metric, now, before, say.LAST_MONTH),
    }
    return Candidate(if_numbers((now, before), If(turned, If(enough, large, NEVER), NEVER)), words)


def _type_name(i: int) -> Expr:
    return Join((Text("“"), Var(keys.of_type(i, "name"), text=True), Text("”")))


def _type_level(when: TypeLevelWhen, i: int) -> Candidate:
    metric = keys.EVERY[when.metric]
    own, whole = Var(keys.of_type(i, TYPE_CELLS[when.metric])), Var(keys.value(metric.id))
    test = if_numbers(
        (own, whole), far(metric, own, whole, when.by, up=upwards(metric, Turn.WORSE))
    )
    words: dict[str, Expr] = {
        "type": _type_name(i),
        "own": say.told(metric.scale, own),
        "whole": say.told(metric.scale, whole),
    }
    return Candidate(at_least(Var(keys.of_type(i, "count")), when.least, test), words)


def far(metric: Metric, own: Var, other: Var, by: object, *, up: bool) -> Expr:
    """Whether a figure lies so far beyond another one: in 百分点 for rates, else so many times."""
    distance = number(str(by))
    upper, lower = (own, other) if up else (other, own)
    if metric.scale.percent:
        points = Compare(Rel.GE, say.size(metric, own, other), distance)
        return If(say.larger(metric, upper, lower), points, NEVER)
    shown = say.shown(metric.scale, upper), say.shown(metric.scale, lower)
    return If(
        say.larger(metric, upper, lower),
        Compare(Rel.GE, shown[0], mul(shown[1], distance)),
        NEVER,
    )


def of_agents(when: AgentWhen, figures: MonthFigures) -> Iterator[Candidate]:
    """Everybody whom the records name, beside the median of the team."""
    for one, name in zip(figures.agents, agent_names(figures.agents), strict=True):
        if one.name != UNKNOWN_AGENT:
            yield _agent(when, name)


def _agent(when: AgentWhen, name: str) -> Candidate:
    metric = keys.EVERY[when.metric]
    column = Range(f"{keys.AGENTS}.{metric.id}")
    row = FirstMatch(Text(name), Range(f"{keys.AGENTS}.name"))
    own, median, lines, team = Var("own"), Var("median"), Var("lines"), Var("team")
    apart = far(metric, own, median, when.by, up=upwards(metric, when.turn))
    enough = If(Compare(Rel.GE, team, number(LEAST_AGENTS)), apart, NEVER)
    test = at_least(lines, when.least, if_numbers((own, median, team), enough))
    basis = f"{keys.AGENTS}.{keys.basis_of(metric.id)}_n" if when.metric != keys.REQUESTS else ""
    return Candidate(
        test,
        {
            "agent": Text(name),
            "own": Join((say.told(metric.scale, own), say.small_count(lines))),
            "median": say.told(metric.scale, median),
        },
        {
            "own": CellOf(column, row, text=False),
            "median": Median(column),
            "team": CountWhere((Related(column, Rel.GE, number(0)),)),
            "lines": CellOf(Range(basis or column.name), row, text=False),
        },
    )


def of_hours(when: HourWhen, figures: MonthFigures) -> Iterator[Candidate]:
    """Every hour of the day, the busiest ones first."""
    busy = {hour: readings[keys.REQUESTS].basis for hour, readings in figures.by_hour.items()}
    yield from (_hour(when, hour) for hour in sorted(busy, key=lambda one: (-busy[one], one)))


def _hour(when: HourWhen, hour: int) -> Candidate:
    total, share = Var(keys.of_day(hour, "total")), Var(keys.of_day(hour, "share"))
    reply, whole = Var(keys.of_day(hour, "reply")), Var(keys.value("reply_mean"))
    if when.share is not None:
        test = if_numbers((share,), Compare(Rel.GE, share, number(when.share)))
    else:
        metric = keys.METRICS["reply_mean"]
        test = if_numbers((reply, whole), far(metric, reply, whole, when.slower, up=True))
    words: dict[str, Expr] = {
        "hour": Text(f"{hour}点至{hour + 1}点"),
        "share": _percent(share),
        "own": say.told(SECONDS, reply),
    }
    return Candidate(at_least(total, when.least, test), words)


def of_team(when: TeamWhen) -> Candidate:
    """Who came or went."""
    people, team = Var(keys.of_team(when.who)), Var(keys.of_team("size"))
    test = if_numbers((people, team), Compare(Rel.GE, people, number(when.at_least)))
    return Candidate(test, {"people": Join((Round(people, 0),)), "team": Join((Round(team, 0),))})
