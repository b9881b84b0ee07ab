"""Two years of everybody's figures out of an engine's tables, and of a team's out of its members'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.company.company import Company
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence

from . import debrief_figures as of
from .debrief_figures import DebriefFigures, Middle, Sums, added, months_of
from .engines import Engine
from .measuring_month import People, grouped, span
from .metric import NOTHING, Metric, Reading
from .metrics import opinions, workload
from .month_figures import UNKNOWN_AGENT, MonthFigures, QualityNote
from .service_records import Source

ASKED: tuple[Metric, ...] = (
    workload.REQUESTS,
    opinions.SATISFIED_SHARE,
    opinions.COMPLAINTS,
    of.HANDLED,
    workload.SOLVED,
)


@dataclass(frozen=True, slots=True)
class Records:
    """What service records say of everybody, by employee's id and month."""

    of_people: Mapping[str, Mapping[Period, Sums]] = field(default_factory=dict)
    parts: Mapping[Period, str] = field(default_factory=dict)
    """Which days of a month there are records of, where it is not the whole."""
    last: Period | None = None
    """The last month of the year with records."""
    notes: tuple[QualityNote, ...] = ()


def records_of(engine: Engine, company: Company, year: int) -> Records:
    """Everybody's sums of two years; what belongs to nobody of the roster is counted."""
    first, last = span(engine, Source.REQUESTS)
    months = (*months_of(year - 1), *months_of(year))
    days = MonthFigures(company.name, months[-1], first=first, last=last)
    covered = [month for month in months if days.has(month)]
    people = People(company)
    found = grouped(engine, ASKED, ("month", "agent"), *covered) if covered else {}
    sums: dict[str, dict[Period, Sums]] = defaultdict(dict)
    strange: dict[str, int] = defaultdict(int)
    for (month, called), readings in found.items():
        who = None if called is None else people.of(called)
        if who is None:
            strange[called or UNKNOWN_AGENT] += readings[workload.REQUESTS.id].basis
            continue
        mine, period = sums[who.id], Period(month)
        mine[period] = added((mine.get(period, of.NO_SUMS), _sums(readings)))
    parts = {month: part for month in covered if (part := days.part(month))}
    in_year = [month for month in covered if month.year == year]
    return Records(sums, parts, max(in_year, default=None), tuple(_strange(strange)))


def _sums(readings: Mapping[str, Reading]) -> Sums:
    """What a group's figures are made of; no line that says anything is no 0."""

    def read(metric: Metric) -> Reading:
        return readings.get(metric.id, NOTHING)

    rated, complaints, solved = map(
        read, (opinions.SATISFIED_SHARE, opinions.COMPLAINTS, workload.SOLVED)
    )
    handled = read(of.HANDLED)
    values = {
        of.REQUESTS: read(workload.REQUESTS).value,
        of.COMPLAINTS: complaints.value,
        of.SATISFIED: rated.above if rated.basis else None,
        of.RATED: rated.basis or None,
        of.MINUTES_SPENT: handled.value,
        of.TIMED: handled.basis or None,
        of.SOLVED: solved.above if solved.basis else None,
        of.KNOWN: solved.basis or None,
    }
    return {item.id: Decimal(value) for item, value in values.items() if value is not None}


def _strange(found: Mapping[str, int]) -> Iterator[QualityNote]:
    """Lines that are nobody's, as far as the roster says."""
    nobody = found.get(UNKNOWN_AGENT, 0)
    if nobody:
        yield QualityNote("服务请求", "没有写客服的请求", "不算在任何人和部门里", nobody)
    named = {name: count for name, count in found.items() if name != UNKNOWN_AGENT}
    if named:
        what = "名册中没有、或者不止一个人叫这个名字的客服的请求"
        names = "、".join(sorted(named))
        yield QualityNote("客服", what, "不算在任何人和部门里", sum(named.values()), names)


def person_figures(
    records: Records, company: Company, year: int, person: Employee
) -> DebriefFigures:
    """One's own figures, and the medians of the department: nobody else's figures are in them."""
    team = _team(company, person.department)
    parts = {**records.parts, **_own_parts(person, year)}
    return _figures(records, company.name, year, team, [person], parts, person.name, person)


def department_figures(
    records: Records, company: Company, year: int, department: str
) -> DebriefFigures:
    """A department's figures: its people's together."""
    team = _team(company, department)
    return _figures(records, company.name, year, team, team, records.parts, department, None)


def _team(company: Company, department: str) -> list[Employee]:
    return [one for one in company.employees if one.department == department]


def _own_parts(person: Employee, year: int) -> Mapping[Period, str]:
    """The months in which somebody came or went."""
    months = (*months_of(year - 1), *months_of(year))
    return {month: part for month in months if (part := presence(person, month).part)}


def _figures(
    records: Records,
    company: str,
    year: int,
    team: Sequence[Employee],
    whose: Sequence[Employee],
    parts: Mapping[Period, str],
    name: str,
    employee: Employee | None,
) -> DebriefFigures:
    months = (*months_of(year - 1), *months_of(year))
    of_person = records.of_people
    sums = {
        month: together
        for month in months
        if (together := added(of_person.get(one.id, {}).get(month, of.NO_SUMS) for one in whose))
    }
    last = None if records.last is None else records.last.month
    return DebriefFigures(
        company,
        year,
        name,
        employee,
        people=_there(team, year),
        months=sums,
        parts={month: part for month, part in parts.items() if month in sums},
        middles=dict(_middles(records, team, months)),
        year_middles=dict(_year_middles(records, team, year, last)),
        until=last,
    )


def _there(team: Sequence[Employee], year: int) -> int:
    """How many of a team were there in some month of the year."""
    months = months_of(year)
    return sum(any(not presence(one, month).absent for month in months) for one in team)


def _middles(
    records: Records, team: Sequence[Employee], months: Sequence[Period]
) -> Iterator[tuple[tuple[str, Period], Middle]]:
    for each in of.MEASURES:
        for month in months:
            values = [
                of.month_figure(each, records.of_people.get(one.id, {}).get(month, of.NO_SUMS))
                for one in team
            ]
            yield (each.id, month), of.middle(values, each.metric.scale)


def _year_middles(
    records: Records, team: Sequence[Employee], year: int, last: int | None
) -> Iterator[tuple[tuple[str, int], Middle]]:
    """Of everybody's own year, up to the same month in both years."""
    for each in of.MEASURES:
        for when in (year - 1, year):
            months = months_of(when)[: last or of.YEAR_MONTHS]
            values = []
            for one in team:
                mine = records.of_people.get(one.id, {})
                known = {month: mine[month] for month in months if month in mine}
                parts = {**records.parts, **_own_parts(one, year)}
                values.append(of.year_figure(each, known, parts))
            yield (each.id, when), of.middle(values, each.year.scale)
