"""Guidelines in whole people, by cases worked out by hand and by a law."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from xladdin.domain.guidelines import LABELS, Asks, Guideline, least, most, verdict
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.nodes import Var

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "guidelines.yaml").read_text("utf-8")
)
ASKS, SHARE, UPPER, PEOPLE = Var("asks", text=True), Var("share"), Var("upper"), Var("people")


def number(raw: object) -> Decimal | None:
    return None if raw is None else Decimal(str(raw))


def told(asks: str, share: object, upper: object, people: int, count: int) -> Value:
    env: dict[str, Value] = {
        "asks": asks,
        "share": number(share),
        "upper": number(upper),
        "people": Decimal(people),
        "count": Decimal(count),
    }
    env["low"] = evaluate(least(ASKS, SHARE, PEOPLE), env)
    env["high"] = evaluate(most(ASKS, SHARE, UPPER, PEOPLE), env)
    return evaluate(verdict(Var("count"), Var("low"), Var("high")), env)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['asks']}{case['share']}")
def test_people_too_many_or_too_few_are_counted(case: dict[str, Any]) -> None:
    found = {
        count: told(case["asks"], case["share"], case.get("most"), case["people"], count)
        for count in case["told"]
    }
    assert found == case["told"]


@given(
    asks=st.sampled_from(list(Asks)),
    ends=st.lists(st.integers(0, 100), min_size=2, max_size=2).map(sorted),
    people=st.integers(1, 60),
)
def test_a_share_that_fits_exactly_is_never_found_fault_with(
    asks: Asks, ends: list[int], people: int
) -> None:
    low, high = (Decimal(end) / 100 for end in ends)
    holds = {
        Asks.EQUAL: lambda share: share == low,
        Asks.LESS: lambda share: share < low,
        Asks.AT_MOST: lambda share: share <= low,
        Asks.MORE: lambda share: share > low,
        Asks.AT_LEAST: lambda share: share >= low,
        Asks.BETWEEN: lambda share: low <= share <= high,
    }[asks]
    fitting = [count for count in range(people + 1) if holds(Decimal(count) / people)]
    assert all(told(LABELS[asks], low, high, people, count) == "符合" for count in fitting)


def test_between_needs_both_ends_in_order() -> None:
    with pytest.raises(ValidationError, match="须写占比上限"):
        Guideline.model_validate({"asks": "between", "share": "10%"})
    with pytest.raises(ValidationError, match="占比上限 5% 小于下限 10%"):
        Guideline.model_validate({"asks": "between", "share": "10%", "most": "5%"})
    assert Guideline.model_validate({"asks": "<=", "share": "20%"}).told == "不超过20%"
    between = Guideline.model_validate({"asks": "between", "share": "10%", "most": "30%"})
    assert between.told == "介于10%与30%"
