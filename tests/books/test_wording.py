"""Rules in the words of a form: printed from the trees, so every figure of a rule is in them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.books.blueprints import schemes
from tests.cases.reading import rule_from
from tests.master.test_round_trip import corners
from xladdin.books.wording import (
    adjustment_limit,
    adjustment_rule,
    adjustment_text,
    band_lines,
    dash,
    percent,
    rule_text,
    subtotal_label,
    total_text,
)
from xladdin.domain.quantities import plain
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator, Scheme

ITEMS = [(scheme, item) for scheme in schemes() for item in scheme.indicators]
EACH_ITEM = pytest.mark.parametrize(
    ("scheme", "item"), ITEMS, ids=[f"{scheme.id}.{item.id}" for scheme, item in ITEMS]
)
ODD = re.compile(r"[。；，：]{2}|None|\{|\}|E\+")
"""What a sentence does not hold: doubled punctuation, and traces of a program."""


def test_both_weights_of_an_indicator_weighed_within_its_section() -> None:
    (scheme,) = [one for one in corners().library.schemes if one.id == "nested"]
    first, *_, last = scheme.indicators
    assert rule_text(first, brief=True).startswith("分项内权重25%，占总分12.5%。百分比计分制：")
    assert rule_text(last, brief=False, editable=True).startswith(
        "方案的分项内权重100%，占总分50%。"
    )
    labels = [subtotal_label(section) for section in scheme.sections]
    assert labels[0] == "关键业绩小计（分项内权重合计100%，占总分50%）"
    plain_ = schemes()[0].sections[0]
    assert subtotal_label(plain_) == f"{plain_.name}小计"


@EACH_ITEM
def test_a_rule_is_told_under_its_name_in_clean_chinese(scheme: Scheme, item: Indicator) -> None:
    for brief in (True, False):
        text = rule_text(item, brief=brief, editable=scheme.weights_editable)
        assert text.startswith(f"{item.method.label}：")
        assert not ODD.search(text), text


@pytest.mark.parametrize("scheme", schemes(), ids=lambda scheme: scheme.id)
def test_a_total_is_told_over_all_that_goes_into_it(scheme: Scheme) -> None:
    text = total_text(scheme)
    parts = [f"{section.name}小计" for section in scheme.sections]
    assert all(part in text for part in [*parts, *(item.name for item in scheme.adjustments)])
    assert f"最高{scheme.total.cap}" in text
    assert "任何一项未填时，不计总分，只显示缺几项。" in text
    assert not ODD.search(text)


def test_a_veto_on_the_whole_form_is_told() -> None:
    item = next(item for _, item in ITEMS if item.id == "red_line")
    assert "触发否决时，等级最高为「一般」。" in rule_text(item, brief=True)


@EACH_ITEM
def test_the_full_text_holds_every_figure_of_the_method(scheme: Scheme, item: Indicator) -> None:
    """Percentages as such, durations and counts as plain numbers; the bands stand below."""
    text = rule_text(item, brief=False, editable=scheme.weights_editable)
    text += "\n".join(band_lines(item))
    data = item.method.model_dump()
    for figure in _figures(data):
        shown = {plain(figure), percent(figure * 100)}
        assert any(re.search(rf"(?<![\d.]){re.escape(one)}", text) for one in shown), (figure, text)


def _figures(data: object) -> list[Decimal]:
    """Every number in a method's settings; a share of 1 or a bound of 0 may go without saying."""
    if isinstance(data, dict):
        return [figure for value in data.values() for figure in _figures(value)]
    if isinstance(data, list | tuple):
        return [figure for value in data for figure in _figures(value)]
    return [data] if isinstance(data, Decimal) and data not in (0, 1) else []


@EACH_ITEM
def test_a_weight_that_may_be_edited_is_not_printed_as_a_number(
    scheme: Scheme, item: Indicator
) -> None:
    text = rule_text(item, brief=True, editable=True)
    if scheme.weights_editable and rule_text(item, brief=True) != text:
        assert "满分" in text


def test_bands_are_told_with_their_ends() -> None:
    item = next(item for _, item in ITEMS if item.id == "initiative")
    lines = band_lines(item)
    assert [line.partition("：")[0] for line in lines] == ["4-5分", "2-3分", "0分"]
    assert band_lines(next(item for _, item in ITEMS if item.id == "sales_target")) == []


@pytest.mark.parametrize(
    ("raw", "told", "limit"),
    [
        ({"kind": "bonus", "cap": 10}, "最多加10分；不填即为没有。", "+10%\n以内"),
        ({"kind": "deduction", "cap": "2.50"}, "最多减2.5分；不填即为没有。", "-2.5%\n以内"),
        (
            {"kind": "signed", "cap": 5, "most_off": 10},
            "最多加5分，最多减10分；加分写正数，减分写负数；不填即为没有。",
            "-10%至\n+5%",
        ),
    ],
)
def test_adjustments_are_told_with_their_limits(raw: dict[str, Any], told: str, limit: str) -> None:
    item = rule_from(raw)
    assert isinstance(item, Adjustment)
    assert (adjustment_text(item), adjustment_limit(item)) == (told, limit)


def test_an_adjustment_is_explained_from_its_tree() -> None:
    item = rule_from({"kind": "signed", "cap": 5, "most_off": 10})
    assert isinstance(item, Adjustment)
    assert adjustment_rule(item) == (
        "加减分项：分数未填时，计入的分数＝0；分数为-10至5时，计入的分数＝分数（保留2位小数）；"
        "其余计入的分数留空。"
    )


def test_small_words() -> None:
    assert [percent(Decimal(12)), percent(Decimal("12.50"))] == ["12%", "12.5%"]
    assert [dash(""), dash("有")] == ["—", "有"]
