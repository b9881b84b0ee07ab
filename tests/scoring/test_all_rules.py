"""Laws that hold for every rule that scores an indicator."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from xladdin.domain.methods import METHODS, Method
from xladdin.domain.methods.percent import PercentMethod
from xladdin.formula.nodes import IsNumber
from xladdin.formula.walk import nodes, variables

from .drawing import Trial, few, tried

SHARES = ("cap", "share", "below")


@pytest.mark.parametrize("kind", METHODS)
def test_a_score_lies_between_0_and_the_best_share(kind: str) -> None:
    @few
    @given(tried(kind))
    def law(drawn: tuple[Trial, Decimal, Decimal]) -> None:
        trial, *actuals = drawn
        for actual in (*actuals, Decimal(10**9), Decimal(-(10**9)), Decimal(0)):
            score = trial.value(full=trial.full, actual=actual, target=trial.target)
            if isinstance(score, Decimal):
                assert score >= 0
                assert score == round(score, 2)
                best = _best(trial.method)
                assert best is None or score <= trial.full * best + Decimal("0.005")

    law()


def _best(method: Method) -> Decimal | None:
    """The greatest share that a method's settings allow; None: unlimited."""
    if isinstance(method, PercentMethod):
        return None if method.cap is None else max(method.cap, method.floor)
    return max([Decimal(1), *_shares(method.model_dump(exclude={"cap"}))])


def _shares(settings: Any) -> list[Decimal]:
    match settings:
        case dict():
            own = [settings[key] for key in SHARES if key in settings]
            return own + [share for value in settings.values() for share in _shares(value)]
        case list() | tuple():
            return [share for value in settings for share in _shares(value)]
        case _:
            return []


@pytest.mark.parametrize("kind", METHODS)
def test_a_missing_input_leaves_the_score_blank(kind: str) -> None:
    @few
    @given(tried(kind))
    def law(drawn: tuple[Trial, Decimal, Decimal]) -> None:
        trial, actual, _ = drawn
        given_ = {"full": trial.full, "actual": actual, "target": trial.target}
        read = set(variables(trial.method.expression(trial.direction))) - {"full"}
        assert "actual" in read
        for missing in read:
            for nothing in (None, "", "无"):
                assert trial.value(**given_ | {missing: nothing}) is None

    law()


@pytest.mark.parametrize("kind", METHODS)
def test_a_rule_asks_for_every_input_that_it_reads(kind: str) -> None:
    @few
    @given(tried(kind))
    def law(drawn: tuple[Trial, Decimal, Decimal]) -> None:
        tree = drawn[0].method.expression(drawn[0].direction)
        asked = {node.of.name for node in nodes(tree) if isinstance(node, IsNumber)}
        assert asked == set(variables(tree)) - {"full"}

    law()
