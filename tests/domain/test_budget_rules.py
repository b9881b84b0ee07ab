"""Bonuses scaled to a department's budget: the trees give what fractions give by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.budget_rules import BudgetRule, scaled

Amounts = Sequence[Decimal | None]


def by_hand(due: Amounts, budget: Decimal | None, rule: BudgetRule) -> list[Decimal | None]:
    """The largest remainders, in exact fractions."""
    unit = Fraction(1) if rule.yuan else Fraction(1, 100)
    shares = {i: Fraction(each) for i, each in enumerate(due) if each is not None and each > 0}
    whole = sum(shares.values())
    if budget is None or not whole:
        return list(due)
    most = Fraction(budget) if rule.up else min(whole, Fraction(budget))
    units = floor(most / unit)
    exact = {i: each * units / whole for i, each in shares.items()}
    # Remainders that differ by less than the sixth decimal of a yuan are alike.
    cut = {i: floor(round(each * unit, 6) / unit) for i, each in exact.items()}
    rest = {i: round(round(exact[i] * unit, 6) - cut[i] * unit, 6) for i in cut}
    for i in sorted(rest, key=lambda i: (-rest[i], i))[: units - sum(cut.values())]:
        cut[i] += 1
    return [
        each if i not in cut else Decimal((cut[i] * unit).numerator) / (cut[i] * unit).denominator
        for i, each in enumerate(due)
    ]


@pytest.mark.parametrize(
    ("due", "budget", "rule", "paid"),
    [
        ((1000, 2000, 3000), 3000, BudgetRule(), (500, 1000, 1500)),
        ((1000, 1000, 1000), 1000, BudgetRule(), ("333.34", "333.33", "333.33")),
        ((1000, 1000, 1000), 1000, BudgetRule(yuan=True), (334, 333, 333)),
        ((1000, 2000), 9000, BudgetRule(), (1000, 2000)),
        ((1000, 2000), 9000, BudgetRule(up=True), (3000, 6000)),
        ((1000, -50, None, 0), 500, BudgetRule(), (500, -50, None, 0)),
        ((1000,), None, BudgetRule(), (1000,)),
        ((1000, 2000), 0, BudgetRule(), (0, 0)),
        ((0, None), 100, BudgetRule(up=True), (0, None)),
        (("100.50", "100.50"), 500, BudgetRule(yuan=True), (101, 100)),
    ],
)
def test_by_hand(
    due: Sequence[object], budget: int | None, rule: BudgetRule, paid: Sequence[object]
) -> None:
    amounts = [None if each is None else Decimal(str(each)) for each in due]
    limit = None if budget is None else Decimal(budget)
    found = scaled(amounts, limit, rule)
    assert found.paid == tuple(None if each is None else Decimal(str(each)) for each in paid)
    assert by_hand(amounts, limit, rule) == list(found.paid)


AMOUNT = st.none() | st.decimals(-500, 20_000, places=2, allow_nan=False)
RULES = st.builds(BudgetRule, st.booleans(), st.booleans())


@given(
    st.lists(AMOUNT, max_size=12), st.decimals(0, 60_000, places=2, allow_nan=False), RULES
)  # fmt: skip
def test_the_sum_keeps_to_the_budget_and_nobody_is_off_by_more_than_a_unit(
    due: list[Decimal | None], budget: Decimal, rule: BudgetRule
) -> None:
    found = scaled(due, budget, rule)
    assert list(found.paid) == by_hand(due, budget, rule)
    pairs = [(a, b) for a, b in zip(due, found.paid, strict=True) if a is not None and a > 0]
    paid = sum((b for _, b in pairs if b is not None), Decimal(0))
    whole = sum((a for a, _ in pairs), Decimal(0))
    if not pairs:
        assert found.factor is None
        return
    most = budget if rule.up else min(budget, whole)
    assert most - rule.unit < paid <= most
    for amount, each in pairs:
        assert each is not None
        assert each % rule.unit == 0
        # Within a unit of the exact share of what is paid in all.
        assert abs(each - amount * paid / whole) <= rule.unit
    assert all(a == b for a, b in zip(due, found.paid, strict=True) if a is None or a <= 0)


@given(st.lists(AMOUNT, max_size=9), RULES)
def test_without_a_budget_nothing_changes(due: list[Decimal | None], rule: BudgetRule) -> None:
    assert scaled(due, None, rule).paid == tuple(due)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (BudgetRule(), ("部门应发合计，最高部门预算", "取整到分")),
        (BudgetRule(up=True), ("可发总额＝部门预算", "取整到分")),
        (BudgetRule(yuan=True), ("最高部门预算", "取整到元", "每人多 1 元")),
    ],
)
def test_the_sentence_says_it(rule: BudgetRule, said: Sequence[str]) -> None:
    assert all(each in rule.told for each in said)
    assert "实发＝应发×可发总额÷部门应发合计" in rule.told
