"""Months put together: who is in it, by which scheme, what is told once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.command import xladdin
from xladdin.app.results.span_scores import span_results, write_span
from xladdin.company.company import Company
from xladdin.company.kept_results import Informed
from xladdin.company.span_results import SpanResults
from xladdin.company.starting import example_company
from xladdin.domain.average_rules import AverageRule
from xladdin.domain.month_spans import Span
from xladdin.problems import Problem, ProblemsFound

QUARTER = Span.parse("2026Q3")


def put_together(company: Company, span: Span = QUARTER) -> tuple[SpanResults, list[Problem]]:
    return span_results(company, span, lambda _: Informed(company))


def test_everybody_with_a_total_in_one_of_the_months() -> None:
    results, _ = put_together(example_company())
    assert len(results.people) > 30
    one = next(each for each in results.people if each.employee.id == "QC002")
    assert one.totals == (None, Decimal("97.50"), Decimal("99.00"))
    assert one.average(QUARTER) == Decimal("98.25")
    assert results.origin == ""


def test_what_each_month_has_to_tell_is_told_once() -> None:
    _, problems = put_together(example_company())
    assert len(problems) == len(set(problems))


def test_a_changed_scheme_is_told_and_the_last_one_counts() -> None:
    company = example_company()
    one = next(each for each in company.employees if each.id == "QC002")
    now = company.scheme_of(one)
    assert now
    other = now.model_copy(update={"id": "former", "name": "从前的方案", "positions": ()})
    former = replace(
        company,
        employees=tuple(
            each.model_copy(update={"scheme": "former"}) if each is one else each
            for each in company.employees
        ),
        library=replace(company.library, schemes=(*company.library.schemes, other)),
    )
    results, _ = span_results(
        company, QUARTER, lambda month: Informed(former if month.month == 8 else company)
    )
    (found,) = [each for each in results.people if each.employee.id == "QC002"]
    assert found.scheme == now
    assert f"换过方案（从前的方案、{now.name}），按最后的算" in found.note
    assert sum("换过方案" in each.note for each in results.people) == 1


def test_weights_of_other_months_are_told_with_the_scheme() -> None:
    company = example_company()
    schemes = tuple(
        scheme.model_copy(update={"average": AverageRule.model_validate("加权：1、2")})
        for scheme in company.library.schemes
    )
    spoilt = replace(company, library=replace(company.library, schemes=schemes))
    results, problems = put_together(spoilt)
    told = [one for one in problems if one.code == "weights_of_other_months"]
    assert len(told) == len({one.scheme.name for one in results.people})
    assert "写了 2 个，2026年三季度有 3 个月" in told[0].message
    assert all(one.average(QUARTER) is None for one in results.people)


def test_months_without_anybody_are_refused(tmp_path: Path) -> None:
    results, _ = put_together(example_company(), Span.parse("2020Q1"))
    with pytest.raises(ProblemsFound) as refused:
        write_span(results, tmp_path / "x.xlsx")
    assert [one.code for one in refused.value.problems] == ["nobody"]


def test_the_command_takes_a_quarter(tmp_path: Path) -> None:
    master, out = tmp_path / "总表.xlsx", tmp_path / "三季度.xlsx"
    assert xladdin("init", str(master), "--example").code == 0
    done = xladdin("summary", str(master), "--period", "2026年三季度", "--out", str(out))
    assert done.code == 0
    assert "2026年三季度，" in done.out
    assert out.is_file()
    again = xladdin("summary", str(master), "--period", "2026Q3", "--out", str(out))
    assert again.code == 0
    done = xladdin("summary", str(master), "--period", "2026Q5", "--out", str(out))
    assert (done.code, "不是月份" in done.err, "2026Q1" in done.err) == (2, True, True)
