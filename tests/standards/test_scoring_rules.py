"""Scoring rules in words: what is read is exactly what was said, and nothing else is read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.standards.rules_in_words import rule_bands, rule_phrases
from xladdin.standards.rules_in_words.rule_parts import Context, ReadRule, Unread
from xladdin.standards.rules_in_words.rule_reader import read_rule
from xladdin.standards.rules_in_words.rule_text import normal

CASES = yaml.safe_load(Path(__file__).with_name("scoring_rules.yaml").read_text("utf-8"))
READ = [case for case in CASES if "is" in case]


def context_of(case: dict[str, Any]) -> Context:
    return Context(case["name"], Decimal(case.get("weight", 20)), case.get("target", ""))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"] or "nothing")
def test_rules_of_forms(case: dict[str, Any]) -> None:
    read = read_rule(case["says"], context_of(case))
    if "unread" in case:
        assert isinstance(read, Unread)
        assert case["unread"] in read.reason
        return
    assert isinstance(read, ReadRule), read
    for key, value in case["is"].items():
        if key in ("unit", "direction"):
            assert getattr(read, key) == value
        elif key == "target":
            assert read.target == Decimal(str(value))
        else:
            assert _plain(read.method[key], key) == _wanted(value), key


def _wanted(value: Any) -> Any:
    if isinstance(value, list):
        return [[float(one) for one in pair] for pair in value]
    if isinstance(value, dict):
        return {key: float(one) for key, one in value.items()}
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _plain(value: Any, key: str) -> Any:
    if key == "steps":
        return [[float(one["bound"]), float(one["share"])] for one in value]
    if key == "bands":
        return [[float(one["low"]), float(one["high"])] for one in value]
    if isinstance(value, dict):
        return {name: float(one) for name, one in value.items()}
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize(
    ("phrase", "example"),
    [(phrase, text) for phrase in rule_phrases.PHRASES for text in phrase.examples],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_every_phrase_takes_its_examples(phrase: rule_phrases.RulePhrase, example: str) -> None:
    assert phrase.examples
    found = phrase.pattern.fullmatch(normal(example))
    assert found, normal(example)


@pytest.mark.parametrize(
    ("condition", "example"),
    [(one, text) for one in rule_bands.CONDITIONS for text in one.examples],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_every_condition_takes_its_examples(condition: rule_bands.Condition, example: str) -> None:
    assert rule_bands.band_at(normal(f"{example}得满分"), 0), normal(example)
    assert condition.pattern.match(normal(f"{example}得满分"))


ODD = st.sampled_from(
    [
        "特殊情况除外",
        "遇大促翻倍",
        "连续两月者加倍",
        "由主管酌情",
        "新员工减半",
        "另扣奖金50元",
        "A类客户另计",
    ]
)


@given(case=st.sampled_from(READ), odd=ODD, front=st.booleans())
def test_words_that_are_not_understood_are_never_left_out(
    case: dict[str, Any], odd: str, front: bool
) -> None:
    """Whatever stands beside a rule that was read makes it one that was not."""
    if case["is"]["kind"] == "judgement" and "bands" in case["is"]:
        return  # descriptions may say anything: a person reads them
    text = f"{odd}；{case['says']}" if front else f"{case['says']}；{odd}"
    assert isinstance(read_rule(text, context_of(case)), Unread)
