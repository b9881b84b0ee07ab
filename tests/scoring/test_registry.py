"""All rules together: there is one for every method, and some laws hold for each of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given

from xladdin.domain.methods import METHOD_LABELS, Method, PercentMethod, VetoMethod
from xladdin.formula.nodes import IsNumber
from xladdin.formula.walk import nodes, variables
from xladdin.scoring.registry import RULES, expression, rule_of

from .drawing import Trial, few, tried

SHARES = ("cap", "share", "below")
KINDS: list[str] = [kind.model_fields["kind"].default for kind in get_args(get_args(Method)[0])]


def test_every_method_has_a_rule() -> None:
    assert list(RULES) == KINDS
    assert RULES.keys() == METHOD_LABELS.keys()


def test_a_rule_is_found_by_its_settings() -> None:
    method = VetoMethod(per_event=Decimal(1), zero_at=Decimal(3))
    assert rule_of(method) is RULES["veto"]


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_says_what_it_is_called_and_where_it_comes_from(kind: str) -> None:
    rule = RULES[kind]
    assert rule.label
    assert rule.source
    assert rule.actual_word


@pytest.mark.parametrize("kind", RULES)
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


@pytest.mark.parametrize("kind", RULES)
def test_a_missing_input_leaves_the_score_blank(kind: str) -> None:
    @few
    @given(tried(kind))
    def law(drawn: tuple[Trial, Decimal, Decimal]) -> None:
        trial, actual, _ = drawn
        given_ = {"full": trial.full, "actual": actual, "target": trial.target}
        read = set(variables(expression(trial.method, trial.direction))) - {"full"}
        assert "actual" in read
        for missing in read:
            for nothing in (None, "", "无"):
                assert trial.value(**given_ | {missing: nothing}) is None

    law()


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_asks_for_every_input_that_it_reads(kind: str) -> None:
    @few
    @given(tried(kind))
    def law(drawn: tuple[Trial, Decimal, Decimal]) -> None:
        tree = expression(drawn[0].method, drawn[0].direction)
        asked = {node.of.name for node in nodes(tree) if isinstance(node, IsNumber)}
        assert asked == set(variables(tree)) - {"full"}

    law()
