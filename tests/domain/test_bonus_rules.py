"""Bonuses worked out by hand, and what a rule may lack."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from xladdin.domain.bonus_rules import BonusRule
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.nodes import number
from xladdin.schemes.library import Library

RULES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("bonus_rules.yaml").read_text("utf-8")
)
CASES = [(one, case) for one in RULES for case in one["cases"]]


def value(raw: object) -> Value:
    return Decimal(str(raw)) if isinstance(raw, int | float) else raw  # type: ignore[return-value]


def rule_of(raw: dict[str, Any]) -> BonusRule:
    return BonusRule.model_validate({key: value(entry) for key, entry in raw.items()})


@pytest.mark.parametrize(("one", "case"), CASES)
def test_a_bonus_is_what_was_worked_out_by_hand(one: dict[str, Any], case: dict[str, Any]) -> None:
    pays = [(name, number(pay)) for name, pay in one.get("pays", {}).items()]
    given = {key: value(raw) for key, raw in case.items() if key != "pays"}
    assert evaluate(rule_of(one["rule"]).expression(pays), given) == value(case["pays"])


@pytest.mark.parametrize("one", RULES)
def test_a_rule_is_told_in_a_sentence(one: dict[str, Any]) -> None:
    assert rule_of(one["rule"]).told == one["told"]


def scheme_with(bonus: dict[str, object], pay: object = None) -> Scheme:
    raw = Library.shipped().schemes[0].model_dump()
    raw["bonus"] = bonus
    for grade in raw["grades"]:
        grade.update({} if pay is None else {"pay": pay})
    return Scheme.model_validate(raw)


def test_a_share_must_be_stated() -> None:
    with pytest.raises(ValidationError, match="须写奖金比例"):
        scheme_with({"kind": "share"})
    assert scheme_with({"kind": "share", "share": "10%"}).bonus_rule.share == Decimal("0.1")


def test_every_grade_of_a_ladder_must_pay_something() -> None:
    with pytest.raises(ValidationError, match="没有写定额奖金") as found:
        scheme_with({"kind": "ladder"})
    assert len(found.value.errors()) == len(Library.shipped().schemes[0].grades)
    assert not scheme_with({"kind": "ladder"}, Decimal(300)).bonus_rule.needs_base


def test_what_says_nothing_of_bonuses_has_the_fingerprint_that_it_had() -> None:
    """Forms that are out know their scheme by it."""
    scheme = Library.shipped().schemes[0]
    assert "bonus" not in scheme.model_dump()
    assert all({"pay", "guideline"}.isdisjoint(grade.model_dump()) for grade in scheme.grades)
    assert scheme.bonus_rule == BonusRule()
