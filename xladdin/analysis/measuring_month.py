"""A month's figures out of an engine's tables and the roster."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from xladdin.company.company import Company
from xladdin.company.month_results import months_until
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence

from .common_words import common_words
from .engines import Engine, table
from .masking import masked_text
from .measuring import Found, measure
from .metric import NOTHING, Metric, Reading, Table
from .metrics import workload
from .month_figures import (
    CHANNELS,
    MAIN,
    MONTHS,
    OF_AGENTS,
    OF_HOURS,
    OF_TYPES,
    UNKNOWN_AGENT,
    UNKNOWN_CHANNEL,
    UNKNOWN_TYPE,
    AgentFigures,
    Group,
    MonthFigures,
    QualityNote,
    Readings,
    Team,
)
from .reading_lines import month_lines
from .record_lines import OF_MONTH, View
from .service_records import Source

EPOCH = dt.date(1970, 1, 1)
REQUESTS = workload.REQUESTS.id
NONE: Readings = {REQUESTS: Reading(Decimal(0), 0)}
"""Of a month between the first and the last record in which nobody asked for anything."""
MOST_COMMENTS = 20_000
"""Comments that are searched for common words."""

ServiceDays = Callable[[dt.date, dt.date], int]
"""How many service days lie between two days, both included."""


def every_day(first: dt.date, last: dt.date) -> int:
    """Where nobody says otherwise, every day is one."""
    return max(0, (last - first).days + 1)


def month_figures(
    engine: Engine,
    company: Company,
    period: Period,
    service_days: ServiceDays = every_day,
    views: Sequence[View] = OF_MONTH,
) -> MonthFigures:
    """Everything that the monthly report tells about requests; what nobody recorded is missing.

    ``views`` say by what the month's lines are put together.
    """
    first, last = span(engine, Source.REQUESTS)
    figures = MonthFigures(company.name, period, first=first, last=last)
    known = [month for month in figures.months if figures.has(month)]
    known_agents = People(company)
    agents = _agents(engine, known_agents, period)
    return replace(
        figures,
        main=_main(engine, known),
        types=_types(engine, period),
        channels=_channels(engine, known, figures.months),
        agents=agents,
        team=_team(known_agents, _names(engine, known), period),
        hours=_hours(engine, period),
        by_hour=_by_hour(engine, period),
        words=common_words(_comments(engine, period)),
        days={month: service_days(*_between(figures, month)) for month in known},
        quality=tuple(notices(agents, known_agents)),
        lines=month_lines(engine, period, views=views),
    )


def _has(engine: Engine, *columns: str) -> bool:
    """Whether anybody handed these columns in."""
    return set(columns) <= set(engine.have(Source.REQUESTS))


def _requests(engine: Engine) -> Table:
    return table(Source.REQUESTS, engine.have(Source.REQUESTS))


def grouped(engine: Engine, metrics: Sequence[Metric], by: Sequence[str], *months: Period) -> Found:
    """Figures of some months by groups; none of a table that lacks the column of a group."""
    named = [str(month) for month in months]
    needed = {"month", *by}
    known = [metric for metric in metrics if needed <= set(engine.have(metric.source))]
    if not known:
        return {}
    return measure(engine, known, by, where=lambda lines: lines.month.isin(named))


def span(engine: Engine, source: Source) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of a table; None where no line says its day."""
    if "day" not in engine.have(source):
        return None, None
    lines = table(source, engine.have(source))
    ((first, last),) = engine.rows(lines.aggregate(first=lines.day.min(), last=lines.day.max()))
    if first is None:
        return None, None
    return EPOCH + dt.timedelta(int(first)), EPOCH + dt.timedelta(int(last))


def _between(figures: MonthFigures, month: Period) -> tuple[dt.date, dt.date]:
    """The days of a month that records cover."""
    first, last = figures.first or month.first_day, figures.last or month.last_day
    return max(first, month.first_day), min(last, month.last_day)


def _main(engine: Engine, months: Sequence[Period]) -> Mapping[Period, Readings]:
    if not months:
        return {}
    found = grouped(engine, MAIN, ("month",), *months)
    return {month: found.get((str(month),), NONE) for month in months}


def _count(readings: Readings) -> int:
    return int(readings.get(REQUESTS, NOTHING).value or 0)


def _types(engine: Engine, period: Period) -> tuple[Group, ...]:
    """Of this month and the one before: a type that has died out is a change, too."""
    before = months_until(period, 2)[0]
    found = grouped(engine, OF_TYPES, ("month", "type"), period, before)
    by_month = _by_month(found)
    names = dict.fromkeys([*by_month[str(period)], *by_month[str(before)]])
    groups = [
        Group(
            name or UNKNOWN_TYPE, by_month[period].get(name, NONE), by_month[before].get(name, NONE)
        )
        for name in names
    ]
    return tuple(sorted(groups, key=lambda one: (-_count(one.now), one.name)))


def _by_month(found: Found) -> Mapping[str, dict[Any, Mapping[str, Reading]]]:
    """Month -> second part of the group -> figures."""
    kept: dict[str, dict[Any, Mapping[str, Reading]]] = defaultdict(dict)
    for (month, name), readings in found.items():
        kept[month][name] = readings
    return kept


def _channels(
    engine: Engine, known: Sequence[Period], months: Sequence[Period]
) -> Mapping[str, tuple[int | None, int | None, int | None]]:
    """The usual ways, and whatever others there are; None for a month without records."""
    shown = (months[-1], months[-2], months[0])
    found = grouped(engine, (workload.REQUESTS,), ("month", "channel"), *shown)
    by_month, recorded = _by_month(found), _has(engine, "channel")
    others = sorted({name for _, name in found if name is not None} - set(CHANNELS))
    unknown = [None] if any(name is None for _, name in found) else []

    def counts(name: str | None) -> tuple[int | None, ...]:
        return tuple(
            _count(by_month[month].get(name, NONE)) if recorded and month in known else None
            for month in shown
        )

    return {
        name or UNKNOWN_CHANNEL: (now, before, year)
        for name in (*CHANNELS, *others, *unknown)
        for now, before, year in [counts(name)]
    }


def _hours(engine: Engine, period: Period) -> Mapping[tuple[int, int], Readings]:
    found = grouped(engine, OF_HOURS, ("weekday", "hour"), period)
    return {(int(day), int(hour)): readings for (day, hour), readings in found.items()}


def _by_hour(engine: Engine, period: Period) -> Mapping[int, Readings]:
    found = grouped(engine, OF_HOURS, ("hour",), period)
    return {int(hour): readings for (hour,), readings in found.items()}


def _comments(engine: Engine, period: Period) -> Iterable[str]:
    if not _has(engine, "words", "month", "file", "line"):
        return ()
    lines = _requests(engine)
    asked = lines.filter((lines.month == str(period)) & lines.words.notnull())
    rows = engine.rows(
        asked.select("words", "file", "line").order_by("file", "line").limit(MOST_COMMENTS)
    )
    # A street is no common word.
    return (masked_text(str(row[0]), address="，") for row in rows)


class People:
    """The roster, by whatever records call people: id, name, nickname."""

    def __init__(self, company: Company) -> None:
        self.employees = company.employees
        self._known: dict[str, list[Employee]] = defaultdict(list)
        for one in company.employees:
            for called in {one.id, one.name, one.nickname} - {""}:
                self._known[called.casefold()].append(one)

    def of(self, called: str) -> Employee | None:
        """Whom a name means, where it means one person only."""
        found = self._known.get(called.strip().casefold(), [])
        return found[0] if len(found) == 1 else None


def called_the_same(
    engine: Engine, company: Company, name: str, source: Source = Source.REQUESTS
) -> list[str]:
    """Whatever the records call the person whom a name means; nothing where it means nobody."""
    people = People(company)
    who = people.of(name)
    if who is None:
        return []
    return [called for called in different(engine, "agent", source) if people.of(called) == who]


def different(engine: Engine, column: str, source: Source = Source.REQUESTS) -> list[str]:
    """Everything that stands in a column of texts."""
    if column not in engine.have(source):
        return []
    lines = table(source, engine.have(source))
    rows = engine.rows(lines.filter(lines[column].notnull()).select(column).distinct())
    return sorted(str(text) for (text,) in rows)


def _names(engine: Engine, months: Sequence[Period]) -> list[str]:
    """Everybody who answered a request in these months."""
    if not _has(engine, "agent", "month"):
        return []
    lines = _requests(engine)
    asked = lines.filter(lines.month.isin([str(month) for month in months]) & lines.agent.notnull())
    return sorted(str(name) for (name,) in engine.rows(asked.select("agent").distinct()))


def _agents(engine: Engine, people: People, period: Period) -> tuple[AgentFigures, ...]:
    """By how much each did; who has no request this month is not there."""
    found = grouped(engine, OF_AGENTS, ("agent",), period)
    ways = grouped(engine, (workload.REQUESTS,), ("agent", "channel"), period)
    channels: dict[Any, dict[str, int]] = defaultdict(dict)
    for (agent, channel), readings in ways.items():
        channels[agent][channel or UNKNOWN_CHANNEL] = _count(readings)
    agents = []
    for (called,), readings in found.items():
        who = None if called is None else people.of(called)
        name = who.name if who else called or UNKNOWN_AGENT
        agents.append(AgentFigures(name, who, readings, channels[called], called))
    return tuple(sorted(agents, key=lambda one: (-_count(one.now), one.name)))


def notices(agents: Sequence[AgentFigures], people: People) -> Iterable[QualityNote]:
    """Who is not told apart, or not known."""
    strange = [one.name for one in agents if one.employee is None and one.name != UNKNOWN_AGENT]
    if strange and people.employees:
        what = "名册中没有、或者不止一个人叫这个名字的客服"
        yield QualityNote("客服", what, "按数据里的写法列出", len(strange), "、".join(strange))
    ids = [one.employee.id for one in agents if one.employee]
    twice = sorted({one.name for one in agents if one.employee and ids.count(one.employee.id) > 1})
    if twice:
        what = "数据里有几种写法的客服"
        yield QualityNote("客服", what, "每种写法各列一行", len(twice), "、".join(twice))
    nobody = sum(_count(one.now) for one in agents if one.name == UNKNOWN_AGENT)
    if nobody:
        yield QualityNote("服务请求", "没有写客服的请求", "算在总数里，不参加排名", nobody)


def _team(people: People, called: Iterable[str], period: Period) -> Team:
    """The people of every department from which somebody stands in the records."""
    seen = [one for one in map(people.of, called) if one is not None]
    departments = tuple(dict.fromkeys(one.department for one in seen))
    team = [one for one in people.employees if one.department in departments]
    if not team:
        return Team()
    months = months_until(period, MONTHS)

    def size(month: Period) -> int:
        return sum(_there_at_the_end(one, month) for one in team)

    return Team(
        size(period),
        size(months[-2]),
        size(months[0]),
        tuple(one.name for one in team if one.joined and _in(one.joined, period)),
        tuple(one.name for one in team if one.left and _in(one.left, period)),
        departments,
    )


def _in(day: dt.date, month: Period) -> bool:
    return month.first_day <= day <= month.last_day


def _there_at_the_end(one: Employee, month: Period) -> bool:
    there = presence(one, month)
    return not there.absent and there.last == month.last_day
