"""Feedback slips: one file each, for those with a total, and nothing in them that gives raters away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.books.opened import Opened
from xladdin.app.feedback_slips import competence
from xladdin.app.generate import generate
from xladdin.app.reading_company import read_company
from xladdin.books.forms import SLIP_SUITE
from xladdin.company.company import Company
from xladdin.domain.competency import ANONYMOUS, Source
from xladdin.domain.people import Employee, Period
from xladdin.paths import templates_dir
from xladdin.scoring.disclosure import Shown, disclosed

PERIOD = Period("2026-10")


@pytest.fixture(scope="module")
def company() -> Company:
    folder = templates_dir() / "example_company"
    found, _ = read_company(
        folder / "roster.csv",
        folder / "actuals.csv",
        [str(templates_dir()), str(folder)],
        folder / "raters.csv",
        folder / "ratings.csv",
    )
    return found


def rated(company: Company) -> list[Employee]:
    ratees = {given.ratee for given in company.ratings}
    return [person for person in company.employees if person.id in ratees]


def test_a_slip_for_each_total_and_a_word_for_each_other(company: Company, tmp_path: Path) -> None:
    some = [person.id for person in company.employees[:8]]
    outcome = generate(company, PERIOD, tmp_path, form=SLIP_SUITE.id, ids=some)
    told = [problem.code for problem in outcome.problems]
    assert len(outcome.written) + told.count("no_total") + told.count("no_scheme") == len(some)
    assert outcome.written
    path = tmp_path / outcome.written[0]
    assert path.stat().st_mode & 0o077 == 0
    assert Opened(path).identity["id.form"] == "slip"
    again = generate(company, PERIOD, tmp_path, form=SLIP_SUITE.id, ids=some)
    assert again.unchanged == outcome.written


def test_only_words_that_may_be_shown_are_told(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that a slip tells of ratings goes through the rules of disclosure, by levels alone."""
    seen: list[Shown] = []

    def watched(*given: object) -> Shown:
        seen.append(disclosed(*given))  # type: ignore[arg-type]
        return seen[-1]

    monkeypatch.setattr("xladdin.app.feedback_slips.disclosed", watched)
    people = rated(company)
    assert people
    for person in people:
        scheme = company.competency_of(person)
        assert scheme is not None
        told = "\n".join(competence(company, person))
        words = [*seen[-1].levels.values(), seen[-1].level] if seen[-1].has_results else []
        assert all(word in told for word in words if word != "评分未齐")
        texts = [text for element in scheme.elements for text in element.descriptors]
        bare = told
        for text in texts:
            bare = bare.replace(text, "")
        assert not any(sign.isdigit() for sign in bare)
        raters = [line.rater for line in company.raters_of(person) if line.source in ANONYMOUS]
        assert not any(name in told for name in raters)


def test_ratings_that_look_alike_from_outside_give_the_same_slip(company: Company) -> None:
    """Who gave what among colleagues may be exchanged: nobody can tell from the slip."""
    for person in rated(company):
        peers = [line for line in company.raters_of(person) if line.source is Source.PEER]
        if len(peers) < 2:
            continue
        given: Mapping[str, object] = {line.rater: company.given_by(line) for line in peers}
        turned = dict(zip(given, [*list(given)[1:], next(iter(given))], strict=True))
        ratings = tuple(
            one.model_copy(update={"rater": turned[one.rater], "rater_id": ""})
            if one.ratee == person.id and one.source is Source.PEER and one.rater in turned
            else one
            for one in company.ratings
        )
        ids = {line.rater: line.rater_id for line in peers}
        ratings = tuple(
            one.model_copy(update={"rater_id": ids[one.rater]})
            if one.ratee == person.id and one.source is Source.PEER and one.rater in ids
            else one
            for one in ratings
        )
        other = replace(company, ratings=ratings)
        assert competence(other, person) == competence(company, person)
