"""Ratings from forms to the competency summary: generated, filled in, collected, and nothing typed anew."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.books.opened import Opened
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.generating.generate import generate
from xladdin.app.init import write
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.ledger_results import informed
from xladdin.app.results.month_scores import month_results
from xladdin.app.results.returned_ratings import ratings_of, with_ratings
from xladdin.books import forms
from xladdin.books.ratings.rating import rating_key
from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.company.tokens import LIST_NAME, Line, Tokens
from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme, Rating, Source
from xladdin.domain.people import Employee, Period
from xladdin.ledger.records import Returned
from xladdin.ledger.store import Entry
from xladdin.schemes.library import Library
from xladdin.scoring import competency_model as model

PERIOD = Period("2026-11")
RATEES = ("QC002", "QC003")
SUITE = forms.COMPETENCY_SUITE.id


def company() -> Company:
    """Two people who are rated, their raters, and the competency scheme of all of them."""
    whole = example_company()
    raters = tuple(line for line in whole.raters if line.ratee in RATEES)
    above = {whole.superior_of(whole.people[id_]).employee for id_ in RATEES}
    there = {*RATEES, *(line.rater_id for line in raters), *(one.id for one in above if one)}
    employees = tuple(one for one in whole.employees if one.id in there)
    library = replace(Library((), whole.library.positions), competencies=whole.library.competencies)
    return Company(employees, library, raters=raters, settings=whole.settings)


def answers(scheme: CompetencyScheme, source: Source, chance: random.Random) -> dict[str, object]:
    if source is Source.CUSTOMER:
        return {it.id: chance.randint(1, 5) for it in scheme.elements_of(source)}
    levels = [level.name for level in scheme.levels]
    return {it.id: chance.choice(levels) for it in scheme.elements_of(source)}


@dataclass
class Round:
    """A folder in which everybody's ratings were collected, and what everybody gave."""

    folder: Path
    given: list[Rating]

    @property
    def master(self) -> Path:
        return self.folder / "总表.xlsx"

    @property
    def out(self) -> Path:
        return self.folder / "能力考核"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Round:
    folder = tmp_path_factory.mktemp("ratings")
    done = Round(folder, [])
    write(done.master, company())
    known, _ = read_master_company(done.master)
    generate(known, PERIOD, done.out, form=SUITE, ids=RATEES)
    tokens, _ = Tokens.read(done.out / LIST_NAME)
    assert tokens is not None
    by_token = {line.token: line for line in tokens.lines.values()}
    sources = {label: source for source, label in SOURCE_LABELS.items()}
    chance = random.Random(11)
    back = folder / "收到"
    back.mkdir()
    scheme = known.library.competencies[0]
    for number, path in enumerate(sorted((done.out / forms.TO_SEND).rglob("*.xlsx"))):
        form = Opened(path)
        line = by_token[form.identity["id.token"]]
        source = sources[line.source]
        for element, level in answers(scheme, source, chance).items():
            sheet, cell = form.keys[rating_key(element)]
            form.book[sheet][cell].value = level
            done.given.append(
                Rating(
                    ratee=line.ratee,
                    source=source,
                    rater=line.rater,
                    rater_id=line.rater_id,
                    element=element,
                    level=str(level),
                )
            )
        form.book.save(back / f"评价表({number}).xlsx")
    found = collect(done.master, [back], period=PERIOD, keeper=LedgerKeeper.of(done.master))
    assert found.kept == len(by_token)
    return done


@pytest.fixture
def ours(made: Round, tmp_path: Path) -> Round:
    shutil.copytree(made.folder, tmp_path / "now")
    return Round(tmp_path / "now", made.given)


def results(paths: Sequence[Path], scheme: CompetencyScheme) -> dict[str, dict[str, object]]:
    """Every mean, result and level of each summary, by the employee's id."""
    keys = [model.TOTAL, model.LEVEL, model.REWARD, model.MISSING]
    for element in scheme.elements:
        keys += [model.result(element.id), model.result_level(element.id)]
        keys += [
            model.mean(source, element.id) for source in scheme.sources if element.rated_by(source)
        ]
    found = {}
    for path in paths:
        book = Opened(path)
        found[str(book.identity["id.employee"])] = {key: book.cached(key) for key in keys}
    return found


def summaries(folder: Path) -> list[Path]:
    return sorted((folder / forms.COMPETENCY.folder).rglob("*.xlsx"))


def test_what_was_collected_is_the_summary_as_if_the_ratings_had_been_typed(ours: Round) -> None:
    done = xladdin(
        "generate", ours.master, "--period", PERIOD, "--out", ours.out, "--form", SUITE,
        "--employee", RATEES[0], "--employee", RATEES[1],
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "评分表和问卷 " in done.out
    direct = replace(company(), ratings=tuple(ours.given))
    typed = ours.folder / "直接"
    generate(direct, PERIOD, typed, form=SUITE, ids=RATEES)
    scheme = direct.library.competencies[0]
    found = results(summaries(ours.out), scheme)
    assert sorted(found) == sorted(RATEES)
    assert found == results(summaries(typed), scheme)
    assert all(isinstance(each[model.TOTAL], int | float) for each in found.values())
    assert len(list((ours.out / forms.FEEDBACK.folder).rglob("*.xlsx"))) == len(RATEES)


def test_without_the_ledger_there_is_no_result(ours: Round) -> None:
    done = xladdin(
        "generate", ours.master, "--period", PERIOD, "--out", ours.out, "--form", SUITE,
        "--no-ledger", "--employee", RATEES[0],
    )  # fmt: skip
    assert done.code == 0, done.err
    assert list((ours.out / forms.FEEDBACK.folder).rglob("*.xlsx")) == []


def test_the_summary_knows_whose_ratings_lean(ours: Round) -> None:
    """Which raters are told of is what the same ratings come to when they are read from a file."""
    known, _ = read_master_company(ours.master)
    told = informed(ours.master, known, PERIOD)
    assert told.problems == ()
    assert sorted(map(repr, told.company.ratings)) == sorted(map(repr, ours.given))
    direct = replace(known, ratings=tuple(ours.given))
    assert month_results(told.company, PERIOD)[0].leans == month_results(direct, PERIOD)[0].leans


def test_of_another_month_nothing_is_taken(ours: Round) -> None:
    known, _ = read_master_company(ours.master)
    assert informed(ours.master, known, Period("2026-10")).company.ratings == ()


def test_without_the_list_of_raters_no_anonymous_form_counts_and_each_is_told(ours: Round) -> None:
    (ours.out / LIST_NAME).unlink()
    known, _ = read_master_company(ours.master)
    told = informed(ours.master, known, PERIOD)
    sources = {rating.source for rating in told.company.ratings}
    assert sources == {Source.SELF, Source.SUPERIOR}
    anonymous = {
        (one.ratee, one.source, one.rater) for one in ours.given if one.source not in sources
    }
    left_out = [problem for problem in told.problems if problem.code == "rating_left_out"]
    assert len(left_out) == len(anonymous)
    assert all("不在评价人对照表里" in problem.message for problem in left_out)


# One form at a time.


def entry(**changed: object) -> Entry[Returned]:
    scheme = company().library.competencies[0]
    element = scheme.elements_of(Source.PEER)[0].id
    values: dict[str, object] = {
        "kind": "rating_peer",
        "person": RATEES[0],
        "period": str(PERIOD),
        "scheme_hash": "0" * 12,
        "inputs": {rating_key(element): scheme.levels[0].name, "comment.rating": "很好"},
        "file_name": "x.xlsx",
        "file_sha256": "0" * 64,
        "at": dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
        "token": "abcdefgh",
    }
    record = Returned(**{**values, **changed})  # type: ignore[arg-type]
    return Entry(7, dt.datetime(2026, 12, 1, tzinfo=dt.UTC), record)


def line_of(known: Company, **changed: str) -> Mapping[str, Line]:
    rater = next(it for it in known.raters if it.source is Source.PEER and it.ratee == RATEES[0])
    values = {
        "period": str(PERIOD),
        "ratee": rater.ratee,
        "ratee_name": "",
        "source": SOURCE_LABELS[rater.source],
        "rater": rater.rater,
        "rater_id": rater.rater_id,
        "token": "abcdefgh",
    }
    return {"abcdefgh": Line(**{**values, **changed})}


@pytest.mark.parametrize(
    ("form", "line", "told"),
    [
        ({"person": "X1"}, {}, "工号「X1」不在名册里，收回的同事评没有用上"),
        ({"token": "zzzzzzzz"}, {}, "编号「zzzzzzzz」不在评价人对照表里，不知道是谁评的，没有用上"),
        ({}, {"rater": "外人", "rater_id": ""}, "评价人名单里没有这位评价人，没有用上"),
        ({}, {"ratee": RATEES[1]}, "评价人名单里没有这位评价人，没有用上"),
        ({"inputs": {rating_key("gone"): "优秀"}}, {}, "现在没有要素「gone」，这一项没有用上"),
    ],
)
def test_what_cannot_count_is_named(
    form: dict[str, object], line: dict[str, str], told: str
) -> None:
    known = company()
    found, problems = ratings_of([entry(**form)], line_of(known, **line), known, "台账")  # type: ignore[arg-type]
    assert found == []
    (problem,) = problems
    assert told in problem.message
    assert str(problem.place) == "台账:第7条"


def test_a_level_that_the_scheme_has_no_more_is_refused_and_not_left_out() -> None:
    known = company()
    element = known.library.competencies[0].elements_of(Source.PEER)[0]
    inputs = {rating_key(element.id): Decimal(9)}
    (rating,), problems = ratings_of([entry(inputs=inputs)], line_of(known), known, "台账")
    assert rating.refused
    assert f"「{element.name}」是「9」" in problems[0].message


def test_where_a_file_says_otherwise_than_the_form_neither_counts() -> None:
    known = company()
    (rating,), problems = ratings_of([entry()], line_of(known), known, "台账")
    assert problems == []
    levels = [level.name for level in known.library.competencies[0].levels]
    same, told = with_ratings(replace(known, ratings=(rating,)), [rating], "台账")
    assert (same.ratings, told) == ((rating,), [])
    other = rating.model_copy(update={"level": levels[1]})
    both, (problem,) = with_ratings(replace(known, ratings=(other,)), [rating], "台账")
    assert f"收回的表上是「{levels[0]}」，评级文件里是「{levels[1]}」" in problem.message
    assert problem.is_error
    (assigned,) = [
        it
        for it in known.raters_of(_person(known))
        if (it.source, it.rater) == (rating.source, rating.rater)
    ]
    assert both.refused_of(assigned) == [rating.element]
    assert both.given_by(assigned)[rating.element] not in levels


def _person(known: Company) -> Employee:
    return known.people[RATEES[0]]
