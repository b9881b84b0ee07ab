"""What a rule says of itself: the exact words, and no setting left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from tests.cases.reading import rule_from, told_groups
from xladdin.domain.methods import RULES
from xladdin.domain.quantities import Direction, Unit, plain
from xladdin.domain.rule_models import ScoringRule
from xladdin.formula.explain import explain
from xladdin.formula.nodes import Expr, Num
from xladdin.formula.walk import substitute

from .collecting import few
from .strategies import SETTINGS, Setting

TOLD = told_groups()
NUMBERS = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?%?")


def words(method: ScoringRule) -> dict[str, str]:
    return {"full": "满分", "actual": method.actual_word, "target": "目标"}


@pytest.mark.parametrize("told", TOLD, ids=[told["name"] for told in TOLD])
def test_an_explanation(told: dict[str, Any]) -> None:
    method = rule_from(told["method"])
    full = told.get("full")
    fixed: dict[str, Expr] = {} if full is None else {"full": Num(full)}
    direction, unit = told.get("direction", "higher"), told.get("unit", "number")
    tree = method.expression(Direction(direction), Unit(unit))
    tree = substitute(tree, fixed)
    assert explain(tree, words(method), brief=True) == told["brief"]
    assert explain(tree, words(method)) == told["in_full"]


def test_every_rule_is_among_them() -> None:
    assert {told["method"]["kind"] for told in TOLD} == RULES.keys()


@pytest.mark.parametrize("kind", RULES)
def test_every_number_of_the_settings_is_told(kind: str) -> None:
    @few
    @given(SETTINGS[kind])
    def tells(setting: Setting) -> None:
        method = setting.method
        text = explain(method.expression(setting.direction, setting.unit), words(method))
        told = set(NUMBERS.findall(text))
        for value in _numbers(method.model_dump()):
            shown = {plain(value), plain(-value), f"{plain(value * 100)}%"}
            assert shown & told, f"{value} is not in {text}"

    tells()


def _numbers(settings: Any) -> Iterator[Decimal]:
    """The numbers that say something: taking 0 points off need not be told."""
    match settings:
        case dict():
            for value in settings.values():
                yield from _numbers(value)
        case list() | tuple():
            for value in settings:
                yield from _numbers(value)
        case Decimal() if settings:
            yield settings
        case _:
            pass
