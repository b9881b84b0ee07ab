"""One person's two halves: out of 100, together, graded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.company.people import employee
from xladdin.company.combined_results import PersonCombined
from xladdin.domain.combined_rules import CombinedRule
from xladdin.schemes.library import Library


def person(kpi: str, points: str) -> PersonCombined:
    library = Library.shipped()
    rule = CombinedRule.model_validate("70/30")
    halves = [Decimal(each) if each else None for each in (kpi, points)]
    (rated,) = library.competencies
    return PersonCombined(employee("E1"), library.schemes[0], rule, halves[0], rated, halves[1])


@pytest.mark.parametrize(
    ("kpi", "points", "converted", "combined"),
    [
        ("90", "4", "100.00", "93.00"),
        ("90", "3", "75.00", "85.50"),
        ("88.35", "3.33", "83.25", "86.82"),  # 61.845 + 24.975
        ("0", "0", "0.00", "0.00"),
    ],
)
def test_by_hand(kpi: str, points: str, converted: str, combined: str) -> None:
    one = person(kpi, points)
    assert one.competency
    assert max(level.points for level in one.competency.levels) == 4
    assert (one.converted, one.combined) == (Decimal(converted), Decimal(combined))


def test_the_grade_goes_by_the_schemes_bounds() -> None:
    one = person("90", "3")
    grade = next(
        each for each in one.scheme.grades if each.lower is None or each.lower <= Decimal("85.5")
    )
    assert (one.grade, one.coefficient) == (grade.name, grade.coefficient)


@pytest.mark.parametrize(("kpi", "points"), [("", "3"), ("90", ""), ("", "")])
def test_half_a_result_is_none(kpi: str, points: str) -> None:
    one = person(kpi, points)
    assert (one.combined, one.grade, one.coefficient) == (None, "", None)
