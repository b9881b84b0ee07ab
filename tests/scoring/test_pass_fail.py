"""达标制."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from xladdin.domain.methods.pass_fail import PassFailMethod
from xladdin.domain.quantities import Direction

from .drawing import Trial, better_never_scores_less, few, tried


def test_better_actuals_never_score_less() -> None:
    better_never_scores_less("pass_fail")


@few
@given(tried("pass_fail"))
def test_all_or_nothing(drawn: tuple[Trial, Decimal, Decimal]) -> None:
    trial, *actuals = drawn
    assert {trial.score(actual) for actual in actuals} <= {trial.full, 0}


@pytest.mark.parametrize("direction", Direction)
def test_a_fixed_bound_is_what_the_target_would_be(direction: Direction) -> None:
    fixed, open_ = PassFailMethod(bound=Decimal(30)), PassFailMethod()
    for actual in map(Decimal, (29, 30, 31)):
        with_bound = Trial(fixed, direction, target=Decimal(99)).score(actual)
        assert with_bound == Trial(open_, direction, target=Decimal(30)).score(actual)
