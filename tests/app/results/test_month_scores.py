"""A month's results out of a company's figures: who has one, who has none and why, whose ratings lean."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from xladdin.app.init import example_company
from xladdin.app.results.leaning import SUBJECTIVE
from xladdin.app.results.month_scores import month_results
from xladdin.app.score import score_scheme
from xladdin.company.company import Company, Figure
from xladdin.company.company_settings import Setting
from xladdin.domain.people import Actual, Employee, Period, State
from xladdin.schemes.library import Library
from xladdin.scoring import keys

PERIOD = Period("2026-10")


@pytest.fixture(scope="module")
def company() -> Company:
    return example_company()


def test_results_are_those_of_the_scores(company: Company) -> None:
    found, _ = month_results(company, PERIOD)
    assert len(found.people) > 30
    for one in found.people[:8]:
        expected = score_scheme(one.scheme, company.actuals_of(one.employee, PERIOD))
        assert {key: one.values[key] for key in expected} == expected


def test_history_goes_back_over_the_months_with_figures(company: Company) -> None:
    found, _ = month_results(company, PERIOD)
    known = {month for totals in found.history.values() for month in totals}
    assert known == {"2026-08", "2026-09"}
    person = next(one for one in found.people if one.employee.id in found.history)
    month, total = next(iter(found.history[person.employee.id].items()))
    expected = score_scheme(person.scheme, company.actuals_of(person.employee, month))
    assert total == expected[keys.TOTAL]


def test_whoever_has_no_result_is_named_with_the_reason() -> None:
    def person(id_: str, **more: object) -> Employee:
        raw = {"id": id_, "name": f"员工{id_}", "department": "客服部", "position": "客服", **more}
        return Employee.model_validate(raw)

    company = Company(
        (
            person("1", scheme="sales_service"),
            person("2", position="司机"),
            person("3", scheme="sales_service", state=State.SUSPENDED),
            person("4", scheme="sales_service", left="2026-09-30"),
        ),
        Library.shipped(),
    )
    found, problems = month_results(company, PERIOD)
    assert [one.employee.id for one in found.people] == ["1"]
    assert found.people[0].total is None
    assert len(found.people[0].missing) == 10
    assert [(each.employee.id, each.why) for each in found.left_out] == [
        ("2", "岗位「司机」没有考核方案"),
        ("3", "停薪休假中（要出表请改状态）"),
    ]
    assert [str(problem) for problem in problems] == [
        "员工2（2）的岗位「司机」没有考核方案，没有得分"
    ]


@pytest.mark.parametrize(
    ("said", "budget", "told"),
    [
        ("50000", 50000, 0),
        ("5,0000元", 50000, 0),
        ("", None, 0),
        ("五万", None, 1),
        ("-1", None, 1),
    ],
)
def test_the_budget_stands_in_the_settings(said: str, budget: int | None, told: int) -> None:
    company = Company(settings=(Setting("奖金预算", said),))
    found, problems = month_results(company, PERIOD)
    assert found.budget == budget
    assert [problem.code for problem in problems] == ["budget_unread"] * told


@pytest.mark.parametrize(
    ("department", "said", "codes"),
    [
        ("客服部", "50000", []),
        ("客服部", "五万", ["budget_unread"]),
        ("客服三部", "50000", ["budget_of_nobody"]),
    ],
)
def test_a_department_s_budget_stands_there_too(
    department: str, said: str, codes: list[str]
) -> None:
    person = Employee(
        id="1", name="员工", department="客服部", position="客服", scheme="sales_service"
    )
    company = Company(
        (person,), Library.shipped(), settings=(Setting(f"奖金预算：{department}", said),)
    )
    found, problems = month_results(company, PERIOD)
    told = [one for one in problems if one.code.startswith("budget")]
    assert [one.code for one in told] == codes
    assert all(department in one.message for one in told)
    assert found.teams.of("客服部") == (None if codes else 50000)


def test_a_lenient_superior_stands_out_against_the_others() -> None:
    """Two superiors judge the same item: 5 of 5 against 3 of 5 is 20 points above and below the mean."""
    people = tuple(
        Employee(
            id=str(i), name=f"员工{i}", department="客服部", position="网销客服",
            superior=who, scheme="sales_service",
        )
        for i, who in enumerate(["宽", "宽", "严", "严"])
    )  # fmt: skip
    lines = tuple(
        Actual(period=PERIOD, employee=str(i), indicator="teamwork", actual=Decimal(points))
        for i, points in enumerate([5, 5, 3, 3])
    )
    company = Company(people, Library.shipped(), figures=tuple(map(Figure, lines)))
    found, _ = month_results(company, PERIOD)
    assert [(it.rater, it.source, it.ratings, it.people, it.lean) for it in found.leans] == [
        ("宽", SUBJECTIVE, 2, 2, Decimal(20)),
        ("严", SUBJECTIVE, 2, 2, Decimal(-20)),
    ]
    alone = replace(company, employees=people[:2])
    assert month_results(alone, PERIOD)[0].leans == ()
