"""线性插值."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.methods.linear import LinearEnd, LinearMethod
from xladdin.domain.quantities import Direction
from xladdin.domain.rule_terms import Basis

from .drawing import Trial, better_never_scores_less, few, trials

LOW = LinearEnd(at=Decimal(60), share=Decimal("0.4"))
HIGH = LinearEnd(at=Decimal(100), share=Decimal(1))
RISING = LinearMethod(basis=Basis.ACTUAL, low=LOW, high=HIGH)
FALLING = LinearMethod(
    basis=Basis.ACTUAL,
    low=LinearEnd(at=-LOW.at, share=LOW.share),
    high=LinearEnd(at=-HIGH.at, share=HIGH.share),
)


def test_better_actuals_never_score_less() -> None:
    better_never_scores_less("linear")


@few
@given(trials("linear"))
def test_both_ends_have_their_shares(trial: Trial) -> None:
    method = trial.method.model_copy(update={"basis": Basis.ACTUAL})
    assert isinstance(method, LinearMethod)
    for end in (method.low, method.high):
        wanted = Trial(PERCENT, full=trial.full).score(end.share)
        assert Trial(method, full=trial.full).score(end.at) == wanted


PERCENT = LinearMethod(
    basis=Basis.ACTUAL,
    low=LinearEnd(at=Decimal(0), share=Decimal(0)),
    high=LinearEnd(at=Decimal(2), share=Decimal(2)),
)
"""The share itself, as a rule."""


@few
@given(st.decimals(min_value=0, max_value=200, places=3))
def test_a_falling_line_mirrors_a_rising_one(actual: Decimal) -> None:
    """The line says which way is better; the direction of the indicator does not matter."""
    rising = Trial(RISING, Direction.HIGHER).score(actual)
    assert rising == Trial(FALLING, Direction.LOWER).score(-actual)
    assert rising == Trial(FALLING, Direction.HIGHER).score(-actual)
