"""阶梯扣分."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from xladdin.domain.methods.step_deduct import Started, StepDeductMethod
from xladdin.domain.quantities import Direction

from .drawing import Trial, better_never_scores_less, few, tried


def test_better_actuals_never_score_less() -> None:
    better_never_scores_less("step_deduct")


@few
@given(tried("step_deduct"))
def test_proportion_lies_between_whole_and_ignored(drawn: tuple[Trial, Decimal, Decimal]) -> None:
    trial, actual, _ = drawn
    whole, part, ignored = (
        Trial(
            trial.method.model_copy(update={"started": started}),
            trial.direction,
            trial.full,
            trial.target,
        ).score(actual)
        for started in (Started.WHOLE, Started.PROPORTIONAL, Started.IGNORED)
    )
    assert whole <= part <= ignored


@pytest.mark.parametrize(("direction", "away"), [(Direction.HIGHER, -1), (Direction.LOWER, 1)])
def test_each_whole_step_takes_the_same(direction: Direction, away: int) -> None:
    method = StepDeductMethod(points=Decimal(3), step=Decimal("0.1"))
    trial = Trial(method, direction, target=Decimal("0.7"))
    scores = [trial.score(trial.target + away * n * method.step) for n in range(9)]
    assert scores == [20, 17, 14, 11, 8, 5, 2, 0, 0]
