"""业绩 and 能力 put together: who is in it, which half is missing, what is told once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.company.people import employee
from tests.workbench.tools import ROOT
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.combined_scores import combined_results, write_combined
from xladdin.company.combined_results import CombinedResults
from xladdin.company.company import Company
from xladdin.company.kept_results import Informed
from xladdin.company.starting import example_company
from xladdin.domain.combined_rules import CombinedRule
from xladdin.domain.month_spans import Span
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import UNSEALED
from xladdin.problems import Problem, ProblemsFound

OCTOBER = Period("2026-10")


def with_shares(company: Company, ids: Mapping[str, str]) -> Company:
    """The same company, in which these schemes have shares."""
    schemes = tuple(
        one.model_copy(update={"combined": CombinedRule.model_validate(ids[one.id])})
        if one.id in ids
        else one
        for one in company.library.schemes
    )
    return replace(company, library=replace(company.library, schemes=schemes))


ALL = dict.fromkeys(("online_shop_monthly", "after_sales_monthly", "sales_service"), "70/30")


def rated_company(tmp_path: Path) -> Company:
    """The example with its ratings, as the commands read it."""
    master = tmp_path / "总表.xlsx"
    assert xladdin("init", str(master), "--example").code == 0
    company, _ = read_master_company(
        master, ROOT / "workbook_templates/example_company/ratings.csv"
    )
    return company


def together(
    company: Company, period: Period | Span = OCTOBER
) -> tuple[CombinedResults, list[Problem]]:
    return combined_results(company, period, lambda _: Informed(company))


def test_whoever_has_both_halves_has_a_score_and_each_gap_is_told(tmp_path: Path) -> None:
    results, problems = together(with_shares(rated_company(tmp_path), ALL))
    whole = [one for one in results.people if one.combined is not None]
    assert len(whole) > 2
    for one in whole:
        assert one.kpi is not None
        assert one.converted is not None
        assert one.combined == round(
            one.kpi * Decimal("0.7") + one.converted * Decimal("0.3") + Decimal("1e-9"), 2
        )
        assert one.lack == ""
    told = [each.message for each in problems if each.code == "half_missing"]
    lacking = [one for one in results.people if one.combined is None]
    assert lacking
    assert len(told) == len(lacking)
    for one in lacking:
        (message,) = [each for each in told if f"（{one.employee.id}）" in each]
        assert ("没有业绩得分" in message) == (one.kpi is None)
        assert ("没有能力得分" in message) == (one.points is None)
        assert "不当 0 分" in message


def test_schemes_without_shares_are_told_with_how_many_people(tmp_path: Path) -> None:
    company = with_shares(rated_company(tmp_path), {"sales_service": "60/40"})
    results, problems = together(company)
    assert {one.scheme.id for one in results.people} == {"sales_service"}
    told = [each.message for each in problems if each.code == "no_shares"]
    assert len(told) == 2
    assert all("没有填业绩占比、能力占比" in each for each in told)
    everybody = {"online_shop_monthly", "after_sales_monthly"}
    assert sum(int(each.split("，")[1].split(" ")[0]) for each in told) == sum(
        1 for one in together(with_shares(company, ALL))[0].people if one.scheme.id in everybody
    )


def test_of_a_quarter_the_mean_counts_and_lacking_months_are_told(tmp_path: Path) -> None:
    company = with_shares(rated_company(tmp_path), ALL)
    quarter = Span.parse("2026Q3")
    results, problems = together(company, quarter)
    (one,) = [each for each in results.people if each.employee.id == "QC002"]
    assert one.kpi == Decimal("98.25")
    assert "没有总分的月份：7月" in one.note
    assert one.combined is not None
    assert len(problems) == len(set(problems))


def test_nobody_is_refused(tmp_path: Path) -> None:
    results, _ = together(example_company())
    with pytest.raises(ProblemsFound) as refused:
        write_combined(results, tmp_path / "x.xlsx", sealing=UNSEALED)
    assert [one.code for one in refused.value.problems] == ["nobody"]
    assert "业绩占比" in refused.value.problems[0].message


def test_who_is_rated_and_has_no_result_is_told(tmp_path: Path) -> None:
    company = with_shares(rated_company(tmp_path), ALL)
    (one,) = [each for each in company.employees if each.id == "QC002"]
    stray = employee(one.id, position="没有方案的岗位", name=one.name)
    others = tuple(stray if each is one else each for each in company.employees)
    _, problems = together(replace(company, employees=others))
    assert any(each.code == "only_rated" and "QC002" in each.message for each in problems)
