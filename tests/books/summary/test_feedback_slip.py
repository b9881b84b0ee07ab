"""What a feedback slip tells, by a person whose items are known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from xladdin.books.summary import feedback_slip as slip
from xladdin.company.appealing import Issue
from xladdin.company.calibrated import Calibrated
from xladdin.company.month_results import PersonResult
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.layout.cells import Asked
from xladdin.layout.place import keyed_cells
from xladdin.schemes.library import Library
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults
from xladdin.scoring.scorer import scorer_of

PERIOD = Period("2026-02")
ISSUE = Issue(dt.date(2026, 3, 2), dt.date(2026, 3, 11), "told")
ANN = Employee(id="E1", name="孔令仪", department="客服部", position="售后客服")


@pytest.fixture
def scheme() -> Scheme:
    found = Library.shipped().scheme("after_sales_monthly")
    assert found is not None
    return found


def result(scheme: Scheme, **actuals: Decimal) -> PersonResult:
    given = {keys.actual(id_): value for id_, value in actuals.items()}
    return PersonResult(ANN, scheme, scorer_of(scheme).values(input_defaults(scheme) | given))


def test_gaps_are_told_in_the_words_of_the_scheme(scheme: Scheme) -> None:
    one = result(scheme, attitude=Decimal("2.5"), teamwork=Decimal(5), complaint_events=Decimal(0))
    bands = scheme.indicator("attitude").method.described  # type: ignore[union-attr]
    told = slip.values(one, PERIOD, ISSUE, {})
    gaps, good = str(told[slip.GAPS]), str(told[slip.GOOD])
    assert "服务态度：得 2.5 分（满分 5）" in gaps
    assert bands[1].text in gaps
    assert f"4-5分的要求：{bands[0].text}" in gaps
    assert "团队协作：得 5 分（满分 5）" in good
    assert "团队协作" not in gaps


def test_the_trend_ends_with_the_month_and_leaves_others_empty(scheme: Scheme) -> None:
    one = result(scheme)
    full = PersonResult(ANN, scheme, {**one.values, keys.TOTAL: Decimal("88.5")})
    told = slip.values(full, PERIOD, ISSUE, {Period("2025-12"): Decimal(70)})
    assert [told[f"month.{i}"] for i in (1, 10, 11, 12)] == ["3月", "12月", "1月", "2月"]
    assert [told[f"trend.{i}"] for i in (9, 10, 11, 12)] == [None, 70, None, Decimal("88.5")]


def test_a_scheme_with_a_scale_of_its_own_is_told_in_both(scheme: Scheme) -> None:
    of_five = Scheme.model_validate({**scheme.model_dump(), "scale": 5})
    full = {keys.TOTAL: Decimal("88.5"), keys.SCALED: Decimal("4.43"), keys.GRADE: "良好"}
    told = slip.values(PersonResult(ANN, of_five, full), PERIOD, ISSUE, {})
    assert (told[slip.TOTAL], told[slip.SCALED]) == (Decimal("88.5"), Decimal("4.43"))
    places = {key for key, _, _ in keyed_cells(slip.book(of_five))}
    assert {key for key in told if key not in places} == set()
    assert slip.SCALED not in slip.values(PersonResult(ANN, scheme, full), PERIOD, ISSUE, {})


def test_every_slot_is_filled_by_name(scheme: Scheme) -> None:
    """Nothing that is given has no place, and no place that is given stays without its value."""
    told = slip.values(result(scheme), PERIOD, ISSUE, {})
    places = {key for key, _, _ in keyed_cells(slip.book(scheme))}
    cells = keyed_cells(slip.book(scheme))
    asked = {key for key, _, cell in cells if isinstance(cell.content, Asked)}
    fixed = {key for key in places if key.startswith("id.")}
    assert told.keys() - fixed == places - asked - fixed


def test_a_slip_has_no_formula_and_no_word_of_others(scheme: Scheme) -> None:
    assert slip.book(scheme).model == {}


def test_whoever_has_another_grade_than_that_of_the_score_is_told(scheme: Scheme) -> None:
    decided = Calibrated("良好", "优秀", "张三", "带新人")
    values = {keys.TOTAL: Decimal("88.5"), keys.GRADE: "优秀"}
    told = slip.values(PersonResult(ANN, scheme, values, calibrated=decided), PERIOD, ISSUE, {})
    assert told[slip.GRADE] == "优秀"
    assert "等级经过校准，按得分是“良好”" in str(told[slip.REWARD])
    kept = replace(decided, after="良好")
    told = slip.values(PersonResult(ANN, scheme, values, calibrated=kept), PERIOD, ISSUE, {})
    assert "校准" not in str(told[slip.REWARD])
