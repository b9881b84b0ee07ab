"""What employees are told of the ratings of their competency, beside what they were told before.

Of whom the 反馈单 of each month tell something is kept in HR's list of tokens; it is asked before
anything is told, and written before any form is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xladdin.app.generating.planning import named
from xladdin.company.company import Company
from xladdin.company.tokens import Tokens, who
from xladdin.domain.competency import ANONYMOUS, Assignment, CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.intake.superiors import Superior
from xladdin.intake.text import name_key
from xladdin.problems import Problem, warning
from xladdin.scoring.cohorts import Raters
from xladdin.scoring.disclosure import Shown, disclosed

from .rated_people import ratings_of


@dataclass(frozen=True, slots=True)
class Rated:
    """An employee, the scheme, and the raters whom it has something to ask."""

    employee: Employee
    scheme: CompetencyScheme
    raters: tuple[Assignment, ...]


def asked(raters: Iterable[Assignment], scheme: CompetencyScheme) -> tuple[Assignment, ...]:
    """Those whom the scheme has something to ask."""
    return tuple(line for line in raters if line.source in scheme.sources)


def insiders_of(raters: Sequence[Assignment], superior: Superior) -> frozenset[Source]:
    """Anonymous sources in which somebody rates who gets to see the 反馈单: the superior."""
    readers = {_person(line) for line in raters if line.source is Source.SUPERIOR}
    readers |= superior.keys
    return frozenset(
        line.source for line in raters if line.source in ANONYMOUS and _person(line) in readers
    )


def _person(line: Assignment) -> str:
    return line.rater_id or name_key(line.rater)


def shown_to(
    company: Company,
    rated: Rated,
    before: Mapping[tuple[Source, str], Sequence[Raters]] | None = None,
) -> Shown:
    """What may be shown to an employee; ``before`` is of whom something was told at other times."""
    return disclosed(
        rated.scheme,
        tuple(line.source for line in rated.raters),
        ratings_of(company, rated.scheme, list(rated.raters)),
        insiders_of(rated.raters, company.superior_of(rated.employee)),
        tuple(who(line) for line in rated.raters),
        before,
    )


def shown_and_kept(
    company: Company, people: Sequence[Rated], period: Period, tokens: Tokens
) -> tuple[dict[str, Shown], list[Problem]]:
    """What may be shown to each, by id; of whom it tells goes into the list, which is to be saved."""
    before = tokens.told_at_other_times(period)
    shown = {rated.employee.id: shown_to(company, rated, _by_id(before, rated)) for rated in people}
    told = {
        id_: {place: split.told for place, split in found.splits.items() if found.has_results}
        for id_, found in shown.items()
    }
    names = {
        rated.employee.id: {element.id: element.name for element in rated.scheme.elements}
        for rated in people
    }
    again = set(tokens.remember(period, told, names))
    return shown, list(_told_anew(rated.employee for rated in people if rated.employee.id in again))


def _by_id(
    before: Mapping[str, Mapping[tuple[Source, str], Sequence[Raters]]], rated: Rated
) -> Mapping[tuple[Source, str], Sequence[Raters]]:
    """What was told of an employee, also where the list has lost the ids and has names alone."""
    ids = {element.name: element.id for element in rated.scheme.elements}
    found: dict[tuple[Source, str], list[Raters]] = {}
    for (source, element), raters in before.get(rated.employee.id, {}).items():
        found.setdefault((source, ids.get(element, element)), []).extend(raters)
    return found


def _told_anew(people: Iterable[Employee]) -> Iterator[Problem]:
    for employee in people:
        message = (
            f"{named(employee)}这个月的反馈单以前生成过，现在算进去的评价人和那时不同；"
            "那一张如果已经发出去，请收回再发新的：两张放在一起，可能看出是谁评的"
        )
        yield warning("feedback_again", message)
