"""The companies that a master workbook can start with."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.app.checking_master import check_master
from xladdin.app.generating.generate import generate
from xladdin.app.init import init
from xladdin.company.company import Company
from xladdin.company.starting import example_company, shipped_company
from xladdin.domain.kind_models import CompanyKind
from xladdin.domain.people import Employee, Period
from xladdin.master.read_master import read_master
from xladdin.problems import ProblemsFound
from xladdin.schemes.company_kinds import every_kind
from xladdin.schemes.library import Library

PERIOD = Period.parse("2026-11")
OF_LAW = {"hiring_narrowed"}
"""The source forms ask for an age and a sex; a clerk writes 不限 instead."""


def test_the_shipped_templates_are_nobodys_yet() -> None:
    firm = shipped_company()
    shipped = Library.shipped()
    assert set(firm.library.schemes) < set(shipped.schemes)
    assert {position.id for position in firm.library.positions} < {
        position.id for position in shipped.positions
    }
    assert (firm.employees, firm.figures, firm.raters, firm.name) == ((), (), (), "")


def test_without_a_kind_comes_what_scripts_expect() -> None:
    firm = shipped_company().library
    assert {each.id for each in firm.schemes} >= {
        "after_sales_monthly",
        "online_shop_monthly",
        "sales_service",
    }
    assert {each.id for each in firm.competencies} == {"customer_service"}
    assert {each.name for each in firm.positions} == {"COO", "网销主管", "客服专员"}


def test_a_kind_that_there_is_none_of_is_refused_with_those_there_are() -> None:
    with pytest.raises(ProblemsFound, match="没有「银行」这种公司，可以选的有：电商客服、培训"):
        shipped_company("银行")


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.id)
def test_a_new_master_is_in_order_and_everybody_in_it_can_be_appraised(
    kind: CompanyKind, tmp_path: Path
) -> None:
    path = tmp_path / "总表.xlsx"
    content = init(path, kind=kind.name)
    read, problems = read_master(path)
    assert read == content
    assert {each.code for each in problems} <= OF_LAW
    assert check_master(path).problems == tuple(problems)
    posts = list(dict.fromkeys(position.name for position in read.library.positions))
    people = tuple(
        Employee(id=f"A{n}", name=f"员工{n}", department="客服部", position=post, superior="")
        for n, post in enumerate(posts)
    )
    company = Company(people, read.library, settings=read.settings)
    made = generate(company, PERIOD, tmp_path / "表")
    exempt = [one for one in people if company.is_exempt(one)]
    assert len(made.written) == len(people) - len(exempt)
    assert [problem.code for problem in made.problems] == ["unappraised"] * bool(exempt)
    assert all(one.name in made.problems[0].message for one in exempt)
    jobs = generate(company, PERIOD, tmp_path / "表", form="job")
    assert (len(jobs.written), jobs.problems) == (len(read.library.positions), [])


def test_everybody_in_the_example_has_a_scheme_and_figures_of_it() -> None:
    firm = example_company()
    assert example_company() is firm
    assert len(firm.employees) == 40
    assert firm.raters
    assert {figure.state for figure in firm.figures} == {"最终"}
    for (id_, _), lines in firm.measured.items():
        scheme = firm.scheme_of(firm.people[id_])
        assert scheme is not None
        items = {item.id for item in (*scheme.indicators, *scheme.adjustments)}
        assert {line.indicator for line in lines} <= items
