"""阶梯计分."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.methods.steps import Step, StepsMethod
from xladdin.domain.quantities import Direction
from xladdin.domain.rule_terms import Basis

from .drawing import Trial, better_never_scores_less, few

shares = st.integers(0, 150).map(lambda hundredths: Decimal(hundredths) / 100)


def test_better_actuals_never_score_less() -> None:
    better_never_scores_less("steps")


@few
@given(st.lists(st.tuples(st.integers(0, 1000), shares), min_size=1, unique_by=lambda s: s[0]))
def test_the_first_step_that_is_reached_decides(drawn: list[tuple[int, Decimal]]) -> None:
    """Against a plain search through the table."""
    table = sorted(drawn, reverse=True)[:12]
    steps = tuple(Step(bound=Decimal(bound), share=share) for bound, share in table)
    trial = Trial(StepsMethod(steps=steps, below=Decimal("0.01")), full=Decimal(100))
    for actual in (*(bound for bound, _ in table), -1, 500, 1001):
        share = next((share for bound, share in table if actual >= bound), Decimal("0.01"))
        assert trial.score(Decimal(actual)) == share * 100


@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize("direction", Direction)
def test_who_owns_the_bound(inclusive: bool, direction: Direction) -> None:
    steps = (Step(bound=Decimal(50), share=Decimal(1)),)
    trial = Trial(StepsMethod(steps=steps, inclusive=inclusive), direction)
    assert (trial.score(Decimal(50)) == 20) is inclusive


def test_an_actual_of_0_is_the_best_completion_where_lower_is_better() -> None:
    steps = (Step(bound=Decimal(5), share=Decimal(2)), Step(bound=Decimal(1), share=Decimal(1)))
    method = StepsMethod(basis=Basis.COMPLETION, steps=steps, inclusive=False)
    trial = Trial(method, Direction.LOWER, target=Decimal(30))
    assert trial.score(Decimal(0)) == 40
