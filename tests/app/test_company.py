"""A company's data, joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.people import PERIOD, actual, company, employee
from xladdin.app.company import Company, read_company
from xladdin.domain.people import Period
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library

EXAMPLE = templates_dir() / "example_company"


@pytest.mark.parametrize(
    ("position", "named", "scheme"),
    [
        ("网销客服", "", "online_shop_monthly"),
        ("网销客服", "sales_service", "sales_service"),
        ("网销客服", "售后客服月度绩效考核", "after_sales_monthly"),
        ("没有方案的岗位", "", None),
        ("网销客服", "没有的方案", None),
    ],
)
def test_the_scheme_of_the_roster_comes_before_that_of_the_position(
    position: str, named: str, scheme: str | None
) -> None:
    found = company().scheme_of(employee("A1", position, scheme=named))
    assert (found.id if found else None) == scheme


def test_a_scheme_for_everybody_is_taken_where_no_other_fits() -> None:
    shop = Library.shipped().schemes[0]
    general = shop.model_copy(update={"id": "general", "positions": ()})
    library = Library((shop, general), ())
    found = Company((), library)
    assert found.scheme_of(employee("A1", "随便")) == general
    assert found.scheme_of(employee("A1", shop.positions[0])) == shop


def test_figures_are_those_of_the_person_and_the_month() -> None:
    october = Period("2026-10")
    lines = [
        actual("A1", "客单价", "1"),
        actual("A2", "客单价", "2"),
        actual("A1", "客单价", "3", october),
    ]
    found = company(employee("A1"), actuals=lines)
    assert found.actuals_of(employee("A1"), PERIOD) == lines[:1]
    assert found.actuals_of(employee("A1"), Period("2025-01")) == []
    assert found.periods == [october, PERIOD]


def test_a_superior_is_found_however_the_name_is_spaced() -> None:
    chief = employee("A1", name="张　三")
    own = employee("A2", superior="张三")
    _, superior = company(chief, own).raters_of(own)
    assert (superior.rater, superior.rater_id) == ("张三", "A1")


def test_people_are_asked_for_with_what_came_along_in_copying() -> None:
    firm = company(employee("A1"), employee("A2"))
    chosen, problems = firm.selected(["\u202aＡ2 "], " 客服部\u200b")
    assert ([each.id for each in chosen], problems) == (["A2"], [])


def test_the_example_company_reads_without_an_error() -> None:
    found, problems = read_company(
        EXAMPLE / "roster.csv",
        EXAMPLE / "actuals.csv",
        [str(EXAMPLE), "online_shop_monthly"],
        EXAMPLE / "raters.csv",
        EXAMPLE / "ratings.csv",
    )
    assert len(found.employees) == 40
    assert found.raters
    assert found.ratings
    assert not [
        problem for problem in problems if problem.is_error and "方案" not in problem.message
    ]


def test_everything_that_is_wrong_comes_together(tmp_path: Path) -> None:
    missing = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv", "d.csv")]
    found, problems = read_company(missing[0], missing[1], ["没有的方案"], *missing[2:])
    assert found.employees == ()
    assert {problem.place.file.rpartition("/")[2] for problem in problems} >= {
        "没有的方案",
        "a.csv",
        "b.csv",
        "c.csv",
        "d.csv",
    }
