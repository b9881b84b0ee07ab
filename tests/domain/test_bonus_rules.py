"""Bonuses worked out by hand, and what a rule may lack."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from xladdin.domain.bonus_rules import BonusRule
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.nodes import number
from xladdin.problems import Place
from xladdin.schemes.faults import translate
from xladdin.schemes.library import Library

RULES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("bonus_rules.yaml").read_text("utf-8")
)
CASES = [(one, case) for one in RULES for case in one["cases"]]


def value(raw: object) -> Value:
    return Decimal(str(raw)) if isinstance(raw, int | float) else raw  # type: ignore[return-value]


def rule_of(raw: dict[str, Any]) -> BonusRule:
    return BonusRule.model_validate(
        {key: entry if isinstance(entry, bool) else value(entry) for key, entry in raw.items()}
    )


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


STEPS = ["≥95：120%", "≥90：110%", "其余：0"]


def test_steps_must_be_stated_and_are_read_back_as_they_are_written() -> None:
    with pytest.raises(ValidationError, match="须写奖金档位"):
        scheme_with({"kind": "steps"})
    rule = scheme_with({"kind": "steps", "steps": STEPS}).bonus_rule
    assert rule.steps is not None
    written = [str(step) for step in rule.steps]
    assert written == ["≥95：120%", "≥90：110%", "其余：0%"]
    assert scheme_with({"kind": "steps", "steps": written}).bonus_rule == rule
    mapped = [step.model_dump() for step in rule.steps]
    assert scheme_with({"kind": "steps", "steps": mapped}).bonus_rule == rule


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (["≥90：110%", "≥95：120%", "其余：0"], "奖金档位须从高到低排列：95 不低于上一档的 90"),
        (["≥95：120%", "≥90：110%"], "90以下（不含）的分数（如 89.99）不属于任何奖金档位"),
        (["其余：120%", "≥90：110%"], "只有最后一档可以不写下限"),
        (
            ["≥95：120%", "九十：110%", "其余：0"],
            "奖金档位「九十：110%」看不懂，请写成 ≥90：110% 的样子",
        ),
        (["≥95：120%"], "至少要有2项"),
        (["≥95：2000%", "其余：0"], "10"),
    ],
)
def test_steps_that_leave_a_score_out_or_cannot_be_read_are_refused(
    steps: list[str], told: str
) -> None:
    with pytest.raises(ValidationError) as found:
        scheme_with({"kind": "steps", "steps": steps})
    problems = translate(found.value, lambda loc: Place(field=".".join(map(str, loc))))
    assert told in "".join(problem.message for problem in problems)
    assert all(problem.place.field.startswith("bonus.steps") for problem in problems)


@given(st.data())
def test_between_the_bounds_of_straight_lines_pay_neither_jumps_nor_falls(
    data: st.DataObject,
) -> None:
    """With shares that rise with the score: more points never pay less, 0.01 points never much more."""
    count = data.draw(st.integers(2, 5))
    points = st.integers(1, 9999).map(lambda cents: Decimal(cents) / 100)
    bounds = sorted(data.draw(st.sets(points, min_size=count, max_size=count)), reverse=True)
    share = st.integers(0, 300).map(lambda part: Decimal(part) / 100)
    shares = sorted(
        data.draw(st.lists(share, min_size=count + 1, max_size=count + 1)), reverse=True
    )
    steps = [{"lower": low, "share": part} for low, part in zip(bounds, shares, strict=False)]
    raw = {"kind": "steps", "linear": True, "steps": [*steps, {"share": shares[-1]}]}
    tree = BonusRule.model_validate(raw).expression(())
    low, high = sorted(data.draw(st.tuples(points, points)))
    base = Decimal(1000)
    paid = [evaluate(tree, {"base": base, "score": score}) for score in (low, high)]
    assert isinstance(paid[0], Decimal)
    assert isinstance(paid[1], Decimal)
    assert paid[0] <= paid[1]
    for bound, part in zip(bounds, shares, strict=False):
        assert evaluate(tree, {"base": base, "score": bound}) == base * part


def test_what_says_nothing_of_bonuses_has_the_fingerprint_that_it_had() -> None:
    """Forms that are out know their scheme by it."""
    scheme = Library.shipped().schemes[0]
    assert "bonus" not in scheme.model_dump()
    assert all({"pay", "guideline"}.isdisjoint(grade.model_dump()) for grade in scheme.grades)
    assert scheme.bonus_rule == BonusRule()
