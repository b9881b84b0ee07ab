"""What is planned is what the registry lists, and every planned form can be built again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books.opened import Opened, library
from tests.workbench.shipped import shipped_kinds
from xladdin.app.generating.generate import PLANNERS, generate, plan
from xladdin.app.generating.planning import Form, Request
from xladdin.app.reading_company import read_company
from xladdin.books.forms import SUITES, Suite, rebuild
from xladdin.books.identity import read_identity
from xladdin.company.company import Company
from xladdin.domain.people import Employee, Period, State
from xladdin.layout.writer import workbook_bytes
from xladdin.paths import templates_dir
from xladdin.problems import Problem, errors

EXAMPLE = templates_dir() / "example_company"


@pytest.fixture(scope="module")
def company() -> Company:
    found, problems = read_company(
        EXAMPLE / "roster.csv",
        EXAMPLE / "actuals.csv",
        [str(templates_dir()), str(EXAMPLE)],
        EXAMPLE / "raters.csv",
        EXAMPLE / "ratings.csv",
    )
    assert errors(problems) == []
    return found


def planned(company: Company, suite: str, out: Path) -> Iterator[Form]:
    """The forms of a suite, for everybody and every month that the demo has."""
    problems: list[Problem] = []
    for period in company.periods:
        request = Request(company, period, company.employees, out)
        yield from plan(request, suite, problems)


def some_of(forms: list[Form]) -> list[Form]:
    """The first of each kind and template, and every tenth of them all."""
    first: dict[tuple[str, str], int] = {}
    for at, form in enumerate(forms):
        first.setdefault((form.kind.id, form.template.id), at)
    return [forms[at] for at in sorted({*first.values(), *range(0, len(forms), 10)})]


def test_every_suite_has_a_planner_and_no_planner_is_without_a_suite() -> None:
    assert list(PLANNERS) == list(SUITES)


@pytest.mark.parametrize("suite", SUITES.values(), ids=lambda suite: suite.id)
def test_a_suite_makes_the_kinds_that_it_lists_and_each_is_built_again(
    company: Company, suite: Suite, tmp_path: Path
) -> None:
    """Out of nothing but the file: the same cells, names, model, to the last byte."""
    forms = list(planned(company, suite.id, tmp_path))
    assert {form.kind for form in forms} == set(suite.kinds) & set(shipped_kinds())
    for form in some_of(forms):
        content = workbook_bytes(form.book(), form.values)
        identity, problems = read_identity(form.path.name, content)
        assert identity, problems
        book, problems = rebuild(identity, library())
        assert book == form.book(), (form.path, problems)
        assert identity.origin.form == form.kind.id
        assert form.path.is_relative_to(form.kind.folder)


PEOPLE = [
    Employee(id="A1", name="甲", department="部", position="网销客服", **fields)
    for fields in (
        {},
        {"joined": dt.date(2026, 11, 10)},
        {"left": dt.date(2026, 11, 20), "state": State.LEFT},
        {"left": dt.date(2026, 10, 31), "state": State.LEFT},
        {"joined": dt.date(2026, 12, 1)},
        {"state": State.SUSPENDED},
    )
]
TOLD = {
    0: [],
    1: ["part_month"],
    2: ["part_month"],
    3: ["has_left"],
    4: ["not_joined"],
    5: ["suspended"],
}

KNOWN = {code for codes in TOLD.values() for code in codes}


@pytest.mark.parametrize("suite", ["monthly", "competency", "summary"])
@pytest.mark.parametrize("which", TOLD)
def test_who_was_not_there_gets_no_form_of_the_month(
    which: int, suite: str, tmp_path: Path
) -> None:
    """Nor is anybody left out of the forms of a month, or given one of a part, in silence."""
    person, period = PEOPLE[which], Period("2026-11")
    made = Company((person,), library(), file="名册.csv")
    outcome = generate(made, period, tmp_path, form=suite)
    codes = [problem.code for problem in outcome.problems]
    assert [code for code in codes if code in KNOWN] == TOLD[which]
    assert bool(outcome.total) is (which < 3)
    if which < 3 and suite == "monthly":
        seen = Opened(tmp_path / outcome.written[0]).value("head.time")
        assert ("在岗" in seen) is (which > 0)
