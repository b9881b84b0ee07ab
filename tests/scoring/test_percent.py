"""百分比计分制."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.methods.percent import PercentMethod
from xladdin.domain.quantities import Direction
from xladdin.domain.rule_terms import ZeroTarget

from .drawing import Trial, better_never_scores_less, few

positive = st.decimals(min_value=Decimal("0.01"), max_value=1000, places=2)


def test_better_actuals_never_score_less() -> None:
    better_never_scores_less("percent")


@few
@given(positive, st.sampled_from(Direction))
def test_the_target_itself_scores_full(target: Decimal, direction: Direction) -> None:
    assert Trial(PercentMethod(cap=Decimal(2)), direction, target=target).score(target) == 20


@few
@given(positive, positive)
def test_both_directions_are_each_others_mirror(actual: Decimal, target: Decimal) -> None:
    method = PercentMethod(cap=Decimal(10))
    higher = Trial(method, Direction.HIGHER, target=target).score(actual)
    assert higher == Trial(method, Direction.LOWER, target=actual).score(target)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(("zero_target", "score"), [(ZeroTarget.FULL, 20), (ZeroTarget.ZERO, 0)])
def test_nothing_to_do_and_nothing_done(
    direction: Direction, zero_target: ZeroTarget, score: int
) -> None:
    method = PercentMethod(cap=Decimal(1), zero_target=zero_target)
    assert Trial(method, direction).score(Decimal(0)) == score
