"""What ratings of competency come to: everybody's result, own rating beside the superior's, whose ratings lean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xladdin.books.ratings import competency_summary
from xladdin.books.ratings.competency_summary import RatingRow
from xladdin.company.company import Company
from xladdin.company.month_results import CompetencyResult, Lean, PairOfRatings
from xladdin.domain.competency import (
    SOURCE_LABELS,
    Assignment,
    CompetencyScheme,
    Element,
    Source,
)
from xladdin.domain.people import Employee
from xladdin.formula.evaluate import Value, solve
from xladdin.scoring import competency_model

from .leaning import Tally

COMPARED = (Source.SUPERIOR, Source.PEER, Source.SUBORDINATE)
"""Customers rate once and are nobody's staff; the own rating is compared nowhere."""


@dataclass(frozen=True)
class RatedPerson:
    """One person of whom ratings are there, and all that follows from them."""

    company: Company
    employee: Employee
    scheme: CompetencyScheme
    raters: tuple[Assignment, ...]
    """In the order of the model's rows."""
    values: Mapping[str, Value]

    def result(self) -> CompetencyResult:
        """What HR sees of it in the month's summary."""
        values, scheme = self.values, self.scheme
        total = values.get(competency_model.TOTAL)
        level = values.get(competency_model.LEVEL)
        return CompetencyResult(
            self.employee,
            scheme,
            total if isinstance(total, Decimal) else None,
            str(level or ""),
            str(values.get(competency_model.MISSING) or ""),
            {element.id: self._pair(element) for element in scheme.elements},
        )

    def _pair(self, element: Element) -> PairOfRatings:
        """Own rating and superior's on an element."""
        return PairOfRatings(self._mean(Source.SELF, element), self._mean(Source.SUPERIOR, element))

    def _mean(self, source: Source, element: Element) -> Decimal | None:
        value = self.values.get(competency_model.mean(source, element.id))
        return value if isinstance(value, Decimal) else None


def rated_people(company: Company, people: Iterable[Employee]) -> list[RatedPerson]:
    """Those of them about whom anything was said."""
    if not company.ratings:
        return []
    found = []
    for employee in people:
        scheme = company.competency_of(employee)
        if scheme is None:
            continue
        raters = [line for line in company.raters_of(employee) if line.source in scheme.sources]
        given = ratings_of(company, scheme, raters)
        if given:
            rows = tuple(line.source for line in raters)
            values = solve(competency_model.competency_model(scheme, rows), given)
            found.append(RatedPerson(company, employee, scheme, tuple(raters), values))
    return found


def ratings_of(
    company: Company, scheme: CompetencyScheme, raters: list[Assignment]
) -> dict[str, Value]:
    """What raters gave, by key of a model whose rows are these raters in this order."""
    given = [RatingRow(line.source, "", company.given_by(line)) for line in raters]
    return competency_summary.ratings(scheme, tuple(line.source for line in raters), given)


def rating_leans(people: Iterable[RatedPerson]) -> Iterator[Lean]:
    """Raters of competency, against all raters of the same person and element."""
    tallies: dict[tuple[str, Source], Tally] = defaultdict(Tally)
    for one in people:
        _tally(one, tallies)
    for (rater, source), tally in tallies.items():
        yield tally.lean(rater, SOURCE_LABELS[source], "分")


def _tally(one: RatedPerson, tallies: dict[tuple[str, Source], Tally]) -> None:
    for number, line in enumerate(one.raters, start=1):
        if line.source not in COMPARED:
            continue
        for element in one.scheme.elements_of(line.source):
            own = one.values.get(competency_model.point(number, element.id))
            everyone = one.values.get(competency_model.overall(element.id))
            if isinstance(own, Decimal) and isinstance(everyone, Decimal):
                tally = tallies[line.rater, line.source]
                tally.limit = one.scheme.bias_limit
                tally.gaps.append(own - everyone)
                tally.people.add(one.employee.id)
