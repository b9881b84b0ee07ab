"""Debriefs: the source form's example, one as it might be, and ones made by chance with much missing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from tests.analysis.engine_tables import duck
from xladdin.analysis import debrief_figures as of
from xladdin.analysis.debrief_figures import (
    APPRAISAL,
    MEASURES,
    Appraised,
    DebriefFigures,
    Middle,
    Sums,
    Training,
    months_of,
)
from xladdin.analysis.measuring_debrief import Records, records_of
from xladdin.analysis.service_records import Source
from xladdin.domain.people import Employee, Period

from .service_months import company, plausible_rows

YEAR = 2026
PERSON = Employee(id="QC002", name="陆雨桐", department="网络销售部", position="网销客服")
EXAMPLE = {
    2025: {"requests": 600, "satisfied": 78, "rated": 100, "complaints": 50, "minutes": 1500, "timed": 100, "solved": 80, "known": 100},
    2026: {"requests": 600, "satisfied": 85, "rated": 100, "complaints": 30, "minutes": 1000, "timed": 100, "solved": 90, "known": 100},
}  # fmt: skip
"""Every month of the source form's two years: 78% and 85%, 50 and 30, 15 and 10 minutes, 80% and 90%."""


def example(**more: object) -> DebriefFigures:
    """The source form's example, month by month."""
    months: dict[Period, Sums] = {
        month: {item: Decimal(value) for item, value in sums.items()}
        for year, sums in EXAMPLE.items()
        for month in months_of(year)
    }
    return DebriefFigures("青禾电商", YEAR, PERSON.name, PERSON, months=months, until=12, **more)  # type: ignore[arg-type]


def trained() -> DebriefFigures:
    """The same, with a training in June 2026 from which satisfaction rose by 5 in a hundred."""
    figures = example(trainings=(Training(dt.date(2026, 6, 15), "产品知识"),))
    months: dict[Period, Mapping[str, Decimal]] = dict(figures.months)
    for month in months_of(YEAR):
        satisfied = Decimal(80 if month.month < 7 else 85)
        months[month] = {**months[month], "satisfied": satisfied}
    return DebriefFigures(
        **{
            name: getattr(figures, name) for name in DebriefFigures.__dataclass_fields__
        }  # the same but for its months
        | {"months": months}
    )


@cache
def records() -> Records:
    """What eight people's tickets from January 2025 to October 2026 say."""
    return records_of(duck({Source.REQUESTS: plausible_rows(40, 22)}), company(), YEAR)


def by_chance(chance: random.Random) -> DebriefFigures:
    """Anything missing, small, or 0; a person's or a department's."""
    months: dict[Period, Sums] = {}
    parts = {}
    middles, year_middles = {}, {}
    appraised = {}
    for year in (YEAR - 1, YEAR):
        for month in months_of(year):
            if chance.random() < 0.7:
                months[month] = _sums(chance)
            if chance.random() < 0.1:
                parts[month] = "3月1日至3月9日"
            if chance.random() < 0.6:
                appraised[month] = Appraised(
                    _two(chance, 120), chance.choice(("优秀", "良好", "")), 4
                )
            for metric in (*(one.metric for one in MEASURES), APPRAISAL):
                middles[metric.id, month] = _middle(chance, percent=metric.scale.percent)
        for metric in (*(one.year for one in MEASURES), APPRAISAL):
            year_middles[_measure(metric.id), year] = _middle(chance, percent=metric.scale.percent)
    trainings = tuple(
        Training(
            dt.date(chance.choice((2025, 2026)), chance.randint(1, 12), chance.randint(1, 28)),
            "话术",
        )
        for _ in range(chance.randint(0, 3))
    )
    person = chance.random() < 0.6
    return DebriefFigures(
        "青禾电商",
        YEAR,
        PERSON.name if person else PERSON.department,
        PERSON if person else None,
        people=chance.randint(1, 9),
        months=months,
        parts=parts,
        middles=middles,
        year_middles=year_middles,
        until=chance.choice((None, 1, 7, 12)),
        appraised=appraised,
        grades={} if person else {2026: {"优秀": 3, "良好": 20}},
        trainings=trainings,
    )


def _measure(metric_id: str) -> str:
    """Medians of a year are called by the month's metric."""
    return of.COMPLAINING.id if metric_id == of.COMPLAINTS_A_MONTH.id else metric_id


def _two(chance: random.Random, most: int) -> Decimal:
    return Decimal(chance.randint(0, 100 * most)) / 100


def _middle(chance: random.Random, *, percent: bool) -> Middle:
    people = chance.choice((0, 2, 4, 5, 8))
    if people < of.LEAST_PEOPLE:
        return Middle(None, people)
    value = Decimal(chance.randint(0, 1000)) / (1000 if percent else 10)
    return Middle(value, people)


def _sums(chance: random.Random) -> Sums:
    found: dict[str, Decimal] = {}
    for above, below in (("satisfied", "rated"), ("solved", "known")):
        if chance.random() < 0.8:
            whole = chance.choice((0, 1, 29, 30, chance.randint(1, 400)))
            found |= {below: Decimal(whole), above: Decimal(chance.randint(0, whole))}
    if chance.random() < 0.8:
        timed = chance.choice((0, 1, chance.randint(1, 400)))
        found |= {"timed": Decimal(timed), "minutes": Decimal(chance.randint(0, 40 * timed)) / 10}
    if chance.random() < 0.8:
        found["complaints"] = Decimal(chance.choice((0, 0, 1, chance.randint(0, 60))))
    if chance.random() < 0.9:
        found["requests"] = Decimal(chance.randint(0, 900))
    dropped = chance.choice([*found, ""])
    return {item: value for item, value in found.items() if item != dropped}
