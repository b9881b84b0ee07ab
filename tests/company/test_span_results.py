"""One person's months: their mean, and those that lack."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.company.people import employee
from xladdin.company.span_results import PersonSpan
from xladdin.domain.average_rules import AverageRule
from xladdin.domain.month_spans import Span
from xladdin.schemes.library import Library


def person(rule: str, *totals: str) -> PersonSpan:
    scheme = Library.shipped().schemes[0]
    known = tuple(Decimal(each) if each else None for each in totals)
    own = scheme.model_copy(update={"average": AverageRule.model_validate(rule)})
    return PersonSpan(employee("E1"), own, known)


@pytest.mark.parametrize(
    ("rule", "totals", "mean"),
    [
        ("平均", ("80", "90", ""), "85.00"),
        ("最好2个月", ("80", "90", "100"), "95.00"),
        ("加权：1、2、3", ("60", "", "80"), "75.00"),
    ],
)
def test_the_mean_goes_by_the_scheme(rule: str, totals: tuple[str, ...], mean: str) -> None:
    assert person(rule, *totals).average(Span.parse("2026Q1")) == Decimal(mean)


def test_without_any_total_or_with_weights_of_other_months_there_is_none() -> None:
    quarter = Span.parse("2026Q1")
    assert person("平均", "", "", "").average(quarter) is None
    assert person("加权：1、2", "80", "90", "70").average(quarter) is None
    assert not person("加权：1、2", "80", "90", "70").fits(quarter)


def test_months_that_lack_are_told_as_people_say_them() -> None:
    half = Span.parse("2026H2")
    assert person("平均", "", "", "", "80", "", "").lacks(half) == ["7至9月", "11至12月"]
    assert person("平均", "1", "", "1", "80", "1", "1").lacks(half) == ["8月"]
