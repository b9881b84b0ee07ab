"""绩效总结 (FORMS B): what HR gets per employee, all four sources side by side.

Three sheets: 绩效总结 for HR, 反馈单 for the employee to read and sign, 评分明细 with the ratings.
The 反馈单 shows levels and means, but nothing by which one of few colleagues could be made out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book, Properties
from xladdin.scoring import competency as keys

from . import head, identity
from .competency_feedback import feedback_sheet
from .competency_overview import overview_sheet
from .competency_ratings import ratings_sheet, who

FORM = "competency"
TITLE = "绩效总结"
LEAST_ROWS = {Source.SELF: 1, Source.SUPERIOR: 1, Source.PEER: 3, Source.CUSTOMER: 3}
"""Rows per source at least, so that HR can add a rating that came in otherwise."""


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rater's row: the source, what HR sees of the rater, and the ratings by element."""

    source: Source
    label: str
    ratings: Mapping[str, str]


def rows_for(scheme: CompetencyScheme, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources of the rows of a workbook for raters of these sources, in the form's order."""
    found: list[Source] = []
    for source in scheme.sources:
        found += [source] * max(LEAST_ROWS[source], list(sources).count(source))
    return tuple(found)


def book(scheme: CompetencyScheme, rows: tuple[Source, ...]) -> Book:
    """The blueprint of a summary whose ratings stand in these rows."""
    kind = identity.Kind(FORM, scheme.id, scheme.fingerprint())
    sheets = (
        overview_sheet(scheme),
        feedback_sheet(scheme),
        ratings_sheet(scheme, rows),
        identity.identity_sheet(kind),
    )
    properties = Properties(title=TITLE, subject=scheme.name)
    return Book(sheets, keys.competency_model(scheme, rows), properties)


def values(
    scheme: CompetencyScheme,
    employee: Employee,
    period: Period,
    rows: tuple[Source, ...],
    given: Sequence[RatingRow],
) -> dict[str, Value]:
    """The slots of one summary; each rater takes the next row of its source."""
    found = head.values(employee, period, f"{period.label}{TITLE}")
    found |= {identity.EMPLOYEE: employee.id, identity.PERIOD: str(period)}
    waiting = {source: [row for row in given if row.source is source] for source in Source}
    for number, source in enumerate(rows, start=1):
        row = waiting[source].pop(0) if waiting[source] else None
        found[who(number)] = row.label if row else SOURCE_LABELS[source]
        if row:
            found |= _ratings(scheme, number, row)
    return found


def _ratings(scheme: CompetencyScheme, number: int, row: RatingRow) -> dict[str, Value]:
    stars = row.source is Source.CUSTOMER
    return {
        keys.rating(number, element.id): Decimal(level) if stars else level
        for element in scheme.elements_of(row.source)
        if (level := row.ratings.get(element.id))
    }
