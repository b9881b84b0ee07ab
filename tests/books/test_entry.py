"""What is told about an entry, and how figures are shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.books.blueprints import schemes
from tests.cases.reading import rule_from
from xladdin.books.entry import (
    COMMENT_LIMIT,
    actual_check,
    comment_check,
    figure_check,
    number_format,
    percent_format,
    points_check,
)
from xladdin.domain.methods.judgement import JudgementMethod
from xladdin.domain.quantities import Unit, facts, written
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator
from xladdin.layout.cell_rules import AtMost, Between, Holds

EACH_UNIT = pytest.mark.parametrize("unit", Unit)


def indicator(name: str) -> Indicator:
    return next(item for one in schemes() for item in one.indicators if item.id == name)


@EACH_UNIT
def test_a_figure_is_shown_with_its_unit(unit: Unit) -> None:
    shown = number_format(unit)
    if unit in (Unit.PERCENT, Unit.YUAN, Unit.DATE, Unit.NUMBER):
        assert '"' not in shown
    else:
        assert shown == f'General"{facts(unit).suffix}"'


@EACH_UNIT
def test_the_range_of_a_unit_is_checked_and_told(unit: Unit) -> None:
    check = figure_check(unit, "指标", "实际达成")
    assert isinstance(check.rule, Between)
    assert (check.rule.low, check.rule.high) == (facts(unit).low, facts(unit).high)
    assert check.prompt.startswith("实际达成：请填")
    assert check.error.startswith("指标：请填")
    assert check.title == "指标"
    if unit is not Unit.DATE:
        assert f"范围 {written(facts(unit).low, unit)}" in check.prompt


def test_percentages_are_told_as_percentages() -> None:
    told = figure_check(Unit.PERCENT, "转化率", "实际达成").prompt
    assert told == "实际达成：请填百分比，如 65%，范围 0% 至 1000%。"


def test_counts_are_whole() -> None:
    assert "请填整数（单位：次）" in figure_check(Unit.TIMES, "投诉", "实际达成").prompt


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.2", "0%"), ("0.125", "0.0%"), ("0.0005", "0.00%"), ("1", "0%"), ("0.10", "0%")],
)
def test_a_percentage_has_as_many_decimals_as_it_needs(value: str, shown: str) -> None:
    assert percent_format(Decimal(value)) == shown


def test_the_bands_of_a_judgement_are_told_with_their_descriptors() -> None:
    item = indicator("initiative")
    check = actual_check(item)
    assert isinstance(check.rule, Holds)
    assert isinstance(item.method, JudgementMethod)
    assert all(band.text in check.prompt for band in item.method.bands)
    assert check.error == "工作主动性只能打 4-5、2-3、0 分，两档之间的分数不能填。"


def test_other_indicators_are_checked_by_their_unit() -> None:
    assert isinstance(actual_check(indicator("sales_target")).rule, Between)


def test_points_go_up_to_the_cap() -> None:
    item = schemes()[0].adjustments[0]
    check = points_check(item)
    assert check.rule == Between(Decimal(0), item.cap)
    assert "没有则不填" in check.prompt


def test_comments_may_be_long_but_not_endless() -> None:
    check = comment_check("自我评价")
    assert check.rule == AtMost(COMMENT_LIMIT)
    assert check.error == "自我评价不能超过 500 字。"


def test_signed_points_are_entered_within_their_limits() -> None:
    item = rule_from({"kind": "signed", "cap": 5, "most_off": Decimal("2.5")})
    assert isinstance(item, Adjustment)
    check = points_check(item)
    assert check.rule == Between(Decimal("-2.5"), Decimal(5))
    assert check.prompt == "请填 -2.5 至 5 的数字；加分写正数，减分写负数；没有则不填。"
