"""Two years of people: sums that add up to what plain Python counts, and what is nobody's is told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.books.service_months import company, plausible_rows
from xladdin.analysis import debrief_figures as of
from xladdin.analysis.debrief_figures import MEASURES, months_of
from xladdin.analysis.measuring_debrief import (
    Records,
    department_figures,
    person_figures,
    records_of,
)
from xladdin.analysis.service_records import MINUTE, Source
from xladdin.domain.people import Employee, Period

from .engine_tables import duck

ROWS = plausible_rows(30, 22)
MAY = Period("2026-05")
A_DAY = {**ROWS[0], "month": str(MAY), "day": (dt.date(2026, 5, 4) - dt.date(1970, 1, 1)).days}


def measured(rows: list[Any]) -> Records:
    return records_of(duck({Source.REQUESTS: rows}), company(), 2026)


def test_sums_of_a_month_are_those_of_plain_python() -> None:
    found = measured(ROWS)
    for person in company().employees:
        mine = [row for row in ROWS if row["agent"] == person.name and row["month"] == MAY]
        sums = found.of_people.get(person.id, {}).get(MAY, {})
        classes = Counter(row["satisfaction"] for row in mine)
        rated = len(mine) - classes[None]
        solved = [row["solve"] for row in mine if row["solve"] is not None]
        expected = {
            "requests": len(mine),
            "satisfied": classes["满意"] if rated else None,
            "rated": rated or None,
            "complaints": sum(row["complaint"] for row in mine),
            "timed": len(solved) or None,
            "solved": sum(not row["open"] for row in mine),
            "known": len(mine),
        }
        assert {item: sums.get(item) for item in expected} == expected
        spent = Decimal(sum(solved)) / MINUTE
        assert abs(sums.get("minutes", Decimal(0)) - spent) <= Decimal("0.05")


def test_one_person_written_in_three_ways_is_one() -> None:
    person = company().employees[0]
    ways = [person.name, person.id, person.id.lower()]
    rows = [{**A_DAY, "id": str(n), "agent": way} for n, way in enumerate(ways)]
    found = measured(rows)
    assert found.of_people[person.id][MAY]["requests"] == 3
    assert not found.notes


def test_what_is_nobodys_is_counted_and_told() -> None:
    rows = [
        {**A_DAY, "id": str(n), "agent": agent}
        for n, agent in enumerate((None, None, "外来的人", company().employees[0].name))
    ]
    nobody, strange = measured(rows).notes
    assert (nobody.count, nobody.examples) == (2, "")
    assert (strange.count, strange.examples) == (1, "外来的人")


def test_last_month_and_parts_follow_the_days_of_the_records() -> None:
    found = measured(
        [row for row in ROWS if row["day"] <= (dt.date(2026, 9, 12) - dt.date(1970, 1, 1)).days]
    )
    assert found.last == "2026-09"
    assert found.parts == {Period("2026-09"): "9月1日至9月12日"}
    assert measured([]).last is None


def test_months_in_which_somebody_came_or_went_are_no_whole_ones() -> None:
    known, found = company(), measured(ROWS)
    joined = known.employees[7]  # on 12 October 2026
    figures = person_figures(found, known, 2026, joined)
    assert figures.parts == {Period("2026-10"): "在岗 2026-10-12 起"}
    assert set(figures.months) >= {Period("2026-10")}


def test_nobody_without_records_has_figures() -> None:
    known = company()
    other = Employee(id="X1", name="没有数据", department="网络销售部", position="客服")
    figures = person_figures(
        measured(ROWS), replace(known, employees=(*known.employees, other)), 2026, other
    )
    assert figures.months == {}
    assert figures.until == 10
    assert figures.middles[MEASURES[0].id, MAY].people >= of.LEAST_PEOPLE


def test_a_department_has_the_people_who_were_there() -> None:
    known, found = company(), measured(ROWS)
    team = department_figures(found, known, 2026, "网络销售部")
    assert team.people == 8
    assert sum(sums["requests"] for sums in team.months.values()) == sum(
        row["month"] >= "2025-01" for row in ROWS
    )
    gone = known.employees[0].model_copy(update={"left": dt.date(2025, 12, 31)})
    without = replace(known, employees=(gone, *known.employees[1:]))
    assert department_figures(found, without, 2026, "网络销售部").people == 7


def test_records_without_agents_say_nothing_of_people() -> None:
    class NoAgents:
        def have(self, source: Source) -> list[str]:
            return ["month", "day", "solve"]

        def rows(self, expression: Any) -> list[tuple[Any, ...]]:
            return [(20000, 20100)]

    found = records_of(NoAgents(), company(), 2026)
    assert found.of_people == {}


def test_a_years_median_is_of_years_and_not_of_months() -> None:
    known, found = company(), measured(ROWS)
    figures = person_figures(found, known, 2026, known.employees[0])
    own = []
    for one in known.employees:
        months = {
            month: sums
            for month, sums in found.of_people.get(one.id, {}).items()
            if month in months_of(2026)
        }
        above = sum(sums.get("solved", Decimal(0)) for sums in months.values())
        own.append(above / sum(sums["known"] for sums in months.values()))
    own.sort()
    middle = (own[3] + own[4]) / 2
    assert abs(figures.year_middles["solved", 2026].value - middle) <= Decimal("0.001")  # type: ignore[operator]
