"""Feedback slips: one file each, for those with a total, and nothing in them that gives raters away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.books.opened import Opened
from xladdin.app.generating.generate import generate
from xladdin.app.reading_company import read_company
from xladdin.app.results.feedback_slips import competence
from xladdin.app.results.told_ratings import Rated, asked, shown_to
from xladdin.books.forms import COMPETENCY_SUITE, SLIP_SUITE
from xladdin.company.company import Company
from xladdin.company.tokens import LIST_NAME, Tokens
from xladdin.domain.competency import ANONYMOUS, SOURCE_LABELS, Source
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


def told_of(company: Company, person: Employee) -> list[str]:
    """What somebody's slip tells of ratings."""
    scheme = company.competency_of(person)
    assert scheme is not None
    rated_ = Rated(person, scheme, asked(company.raters_of(person), scheme))
    return competence((scheme, shown_to(company, rated_)))


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

    monkeypatch.setattr("xladdin.app.results.told_ratings.disclosed", watched)
    people = rated(company)
    assert people
    for person in people:
        scheme = company.competency_of(person)
        assert scheme is not None
        told = "\n".join(told_of(company, person))
        words = [*seen[-1].levels.values(), seen[-1].level] if seen[-1].has_results else []
        assert all(word in told for word in words if word != "评分未齐")
        texts = [text for element in scheme.elements for text in element.descriptors]
        bare = told
        for text in texts:
            bare = bare.replace(text, "")
        assert not any(sign.isdigit() for sign in bare)
        raters = [line.rater for line in company.raters_of(person) if line.source in ANONYMOUS]
        assert not any(name in told for name in raters)


def test_slips_are_compared_with_what_the_list_of_raters_says_was_told(
    company: Company, tmp_path: Path
) -> None:
    ids = [person.id for person in rated(company)]
    out = tmp_path / SLIP_SUITE.folder(PERIOD)
    alone = generate(company, PERIOD, out, form=SLIP_SUITE.id, ids=ids)
    assert "no_rater_list" in {problem.code for problem in alone.problems}
    beside = tmp_path / COMPETENCY_SUITE.base
    generate(company, PERIOD, beside, form=COMPETENCY_SUITE.id, ids=ids)
    before = (beside / LIST_NAME).read_bytes()
    again = generate(company, PERIOD, out, form=SLIP_SUITE.id, ids=ids)
    assert "no_rater_list" not in {problem.code for problem in again.problems}
    assert again.unchanged == alone.written
    assert (beside / LIST_NAME).read_bytes() == before
    # A month later one of the colleagues is gone: nothing is told of the others.
    some = next(line for line in company.raters if line.source is Source.PEER)
    fewer = replace(company, raters=tuple(line for line in company.raters if line != some))
    generate(fewer, Period("2026-11"), beside, form=COMPETENCY_SUITE.id, ids=[some.ratee])
    tokens, _ = Tokens.read(beside / LIST_NAME)
    assert tokens is not None
    told = [line for line in tokens.lines.values() if line.told and line.ratee == some.ratee]
    assert {line.period for line in told if line.source == SOURCE_LABELS[Source.PEER]} == {PERIOD}


def test_a_list_that_cannot_be_read_leaves_ratings_out(company: Company, tmp_path: Path) -> None:
    ids = [person.id for person in rated(company)]
    (tmp_path / LIST_NAME).write_bytes(b"PK")
    made = generate(company, PERIOD, tmp_path / "slips", form=SLIP_SUITE.id, ids=ids)
    told = [str(problem) for problem in made.problems if problem.code == "tokens_unreadable"]
    assert "反馈单没有写能力评价" in told[0]
    for path in made.written:
        assert Opened(tmp_path / "slips" / path).value("told.competence") == "本月没有能力评价。"


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
        assert told_of(other, person) == told_of(company, person)
