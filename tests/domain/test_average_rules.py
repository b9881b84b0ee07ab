"""Means of months: written as in a cell, worked out by the tree, by hand the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from xladdin.domain.average_rules import AverageKind, AverageRule
from xladdin.formula.evaluate import Value, evaluate

CENT = Decimal("0.01")
Totals = Sequence[Decimal | None]


def mean(rule: AverageRule, totals: Totals) -> Value:
    keys = [f"m{i}" for i in range(len(totals))]
    env: dict[str, Value] = dict(zip(keys, totals, strict=True))
    parts = dict(rule.expressions(keys, "c"))
    last = parts.pop("")
    for key, part in parts.items():
        env[key] = evaluate(part, env)
    return evaluate(last, env)


def by_hand(rule: AverageRule, totals: Totals) -> Value:
    known = [(i, each) for i, each in enumerate(totals) if each is not None]
    if not known:
        return None
    weights = rule.month_weights or (Decimal(1),) * len(totals)
    if rule.kind is AverageKind.BEST:
        known = sorted(known, key=lambda one: (-one[1], one[0]))[: rule.best]
    points = sum((each * weights[i] for i, each in known), Decimal(0))
    whole = sum((weights[i] for i, _ in known), Decimal(0))
    return (points / whole).quantize(CENT, ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("平均", "平均"),
        ("简单平均", "平均"),
        ("加权：20%、30%、50%", "加权：20%、30%、50%"),
        ("加权 2:3:5", "加权：2、3、5"),
        ("加权平均20,30,50", "加权：20%、30%、50%"),
        ("最好2个月", "最好2个月"),
        ("取最高的 10 个月的平均", "最好10个月"),
    ],
)
def test_a_rule_is_read_as_people_write_it(text: str, written: str) -> None:
    rule = AverageRule.model_validate(text)
    assert str(rule) == written
    assert AverageRule.model_validate(written) == rule


@pytest.mark.parametrize(
    "text",
    ["", "随便", "加权", "加权：0%、100%", "加权：20%", "最好0个月", "最好12个月", "加权：a、b"],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        AverageRule.model_validate(text)


@pytest.mark.parametrize("kind", ["weighted", "best"])
def test_a_rule_says_all_that_it_needs(kind: str) -> None:
    with pytest.raises(ValidationError):
        AverageRule.model_validate({"kind": kind})


@pytest.mark.parametrize(
    ("text", "totals", "found"),
    [
        ("平均", (90, 80, 85), "85.00"),
        ("平均", (90, None, 85), "87.50"),
        ("加权：20%、30%、50%", (90, 80, 70), "77.00"),
        ("加权：20%、30%、50%", (90, None, 70), "75.71"),
        ("最好2个月", (90, 80, 70), "85.00"),
        ("最好2个月", (80, 80, 80), "80.00"),
        ("最好2个月", (None, None, 70), "70.00"),
        ("平均", ("66.665", "66.665", "66.665"), "66.67"),
    ],
)
def test_a_mean(text: str, totals: tuple[object, ...], found: str) -> None:
    known = [None if each is None else Decimal(str(each)) for each in totals]
    assert mean(AverageRule.model_validate(text), known) == Decimal(found)


RULES = st.one_of(
    st.just(AverageRule()),
    st.integers(1, 5).map(lambda n: AverageRule(kind=AverageKind.BEST, best=n)),
    st.lists(st.integers(1, 100).map(Decimal), min_size=3, max_size=3).map(
        lambda weights: AverageRule(kind=AverageKind.WEIGHTED, month_weights=tuple(weights))
    ),
)
TOTALS = st.lists(
    st.none() | st.decimals(0, 120, places=2, allow_nan=False), min_size=3, max_size=3
)


@given(RULES, TOTALS)
def test_the_tree_is_what_is_worked_out_by_hand(rule: AverageRule, totals: Totals) -> None:
    assert mean(rule, totals) == by_hand(rule, totals)
    assert rule.fits(3)
    assert rule.told
