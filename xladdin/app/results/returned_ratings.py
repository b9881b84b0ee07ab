"""Ratings out of returned forms and questionnaires: of whom a form is, HR's list of tokens says.

What raters filled in goes from their forms to the competency summaries without being typed anew, and
without a file in which the names of anonymous raters stand beside what they gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xladdin.app.generating.planning import named
from xladdin.books import forms
from xladdin.books.ratings.rating import rating_key
from xladdin.company.company import Company
from xladdin.company.tokens import Line
from xladdin.domain.competency import SOURCE_LABELS, Assignment, CompetencyScheme, Rating, Source
from xladdin.domain.people import LONGEST_REFUSED, REFUSED, Employee
from xladdin.domain.quantities import plain
from xladdin.domain.survey_words import ANSWER
from xladdin.intake.text import name_key
from xladdin.ledger.records import Returned
from xladdin.ledger.store import Entry
from xladdin.problems import Place, Problem, warning

RATED = {kind.id: source for source, kind in forms.RATED_BY.items()}
"""Kind of form -> whose ratings it holds."""


def ratings_of(
    returned: Iterable[Entry[Returned]],
    lines: Mapping[str, Line],
    company: Company,
    ledger: str,
) -> tuple[list[Rating], list[Problem]]:
    """Every rating of these forms, and each form or rating that cannot count, with the reason."""
    reading = _Reading(company, lines, ledger)
    found = [rating for entry in returned for rating in reading.of(entry)]
    return found, reading.problems


@dataclass
class _Reading:
    company: Company
    lines: Mapping[str, Line]
    ledger: str
    problems: list[Problem] = field(default_factory=list)

    def of(self, entry: Entry[Returned]) -> Iterator[Rating]:
        form = entry.record
        place = Place(self.ledger, field=f"第{entry.seq}条")
        source = RATED[form.kind]
        employee = self.company.people.get(form.person)
        scheme = self.company.competency_of(employee) if employee else None
        if employee is None or scheme is None:
            who = named(employee) if employee else f"工号「{form.person}」"
            why = "没有能力考核方案" if employee else "不在名册里"
            self._say(f"{who}{why}，收回的{SOURCE_LABELS[source]}没有用上", place)
            return
        line = self._assignment(form, source, employee)
        if line is None:
            self._say(
                f"{named(employee)}的{SOURCE_LABELS[source]}：{self._unknown(form)}，没有用上",
                place,
            )
            return
        for key, value in form.inputs.items():
            if value is not None and key.startswith(rating_key("")):
                yield from self._rating(
                    line, scheme, key.removeprefix(rating_key("")), value, place
                )

    def _unknown(self, form: Returned) -> str:
        if form.token and form.token not in self.lines:
            return f"编号「{form.token}」不在评价人对照表里，不知道是谁评的"
        return "评价人名单里没有这位评价人"

    def _assignment(self, form: Returned, source: Source, employee: Employee) -> Assignment | None:
        """Who filled it in, as the list of raters has it now."""
        if source is Source.CUSTOMER and form.token.startswith(ANSWER):
            return Assignment(ratee=employee.id, source=source, rater=form.token)
        line = self.lines.get(form.token)
        id_, name = (line.rater_id, line.rater) if line else (form.rater, "")
        if line and (line.ratee, line.source) != (employee.id, SOURCE_LABELS[source]):
            return None
        given = [one for one in self.company.raters_of(employee) if one.source is source]
        if source is Source.SELF:
            return given[0] if given else None
        found = [
            one
            for one in given
            if (
                one.rater_id == id_
                if id_ and one.rater_id
                else name_key(one.rater) == name_key(name)
            )
        ]
        return found[0] if len(found) == 1 else None

    def _rating(
        self, line: Assignment, scheme: CompetencyScheme, element: str, value: object, place: Place
    ) -> Iterator[Rating]:
        asked = {one.id: one for one in scheme.elements_of(line.source)}
        level = plain(value) if isinstance(value, Decimal) else str(value)
        who = f"{line.ratee} 的{SOURCE_LABELS[line.source]}"
        if element not in asked:
            self._say(f"工号 {who}：方案里现在没有要素「{element}」，这一项没有用上", place)
            return
        allowed = (
            [str(number + 1) for number in range(len(scheme.stars))]
            if line.source is Source.CUSTOMER
            else [one.name for one in scheme.levels]
        )
        refused = level not in allowed
        if refused:
            message = f"工号 {who}「{asked[element].name}」是「{level[:20]}」，方案里现在没有这一级"
            self._say(message, place)
        yield Rating(
            ratee=line.ratee,
            source=line.source,
            rater=line.rater,
            rater_id=line.rater_id,
            element=element,
            level=f"{level[:LONGEST_REFUSED]}{REFUSED}" if refused else level,
            refused=refused,
        )

    def _say(self, message: str, place: Place) -> None:
        self.problems.append(warning("rating_left_out", message, place))


def with_ratings(
    company: Company, returned: Sequence[Rating], ledger: str
) -> tuple[Company, list[Problem]]:
    """A company with these ratings beside those of a file.

    Where a file says something else than the rater's own form, neither counts until it is settled.
    """
    problems: list[Problem] = []
    given = {_key(rating): rating for rating in company.ratings}
    added = []
    for rating in returned:
        other = given.get(_key(rating))
        if other is None:
            added.append(rating)
        elif other.level != rating.level:
            problems.append(_differing(company, rating, other, ledger))
            level = f"{rating.level[:LONGEST_REFUSED]}{REFUSED}"
            added.append(rating.model_copy(update={"level": level, "refused": True}))
    surveyed = _surveyed(returned)
    known = set(company.raters)
    asked = replace(
        company,
        ratings=(*company.ratings, *added),
        raters=(*company.raters, *(one for one in surveyed if one not in known)),
        surveyed=company.surveyed | frozenset(surveyed),
    )
    return asked, problems


def _surveyed(returned: Sequence[Rating]) -> list[Assignment]:
    """The customers who have answered on a survey site: no list names them."""
    found = {
        Assignment(ratee=one.ratee, source=one.source, rater=one.rater): None
        for one in returned
        if one.source is Source.CUSTOMER and one.rater.startswith(ANSWER)
    }
    return list(found)


def _differing(company: Company, ours: Rating, other: Rating, ledger: str) -> Problem:
    scheme = company.competency_of(company.people[ours.ratee])
    names = {one.id: one.name for one in scheme.elements} if scheme else {}
    message = (
        f"工号 {ours.ratee} 的{SOURCE_LABELS[ours.source]}「{names.get(ours.element, ours.element)}」："
        f"收回的表上是「{ours.level}」，评级文件里是「{other.level}」，改成一样以前没有结果"
    )
    return Problem("rating_differs", message, Place(ledger))


def _key(rating: Rating) -> tuple[str, Source, str, str, str]:
    return (rating.ratee, rating.source, rating.rater, rating.rater_id, rating.element)
