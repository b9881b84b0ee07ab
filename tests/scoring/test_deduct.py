"""扣分制."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.methods.deduct import DeductMethod
from xladdin.domain.quantities import Direction

from .drawing import Trial, better_never_scores_less, few, trials

counts = st.integers(0, 10**9).map(Decimal)


def test_more_events_never_score_more() -> None:
    better_never_scores_less("deduct", Direction.LOWER)


@few
@given(trials("deduct"), counts)
def test_no_more_than_the_cap_is_taken_off(trial: Trial, count: Decimal) -> None:
    assert isinstance(trial.method, DeductMethod)
    cap = trial.full if trial.method.cap is None else trial.method.cap
    assert trial.score(count) >= round(max(trial.full - cap, Decimal(0)), 2) - Decimal("0.01")


@few
@given(trials("deduct"), st.integers(-(10**9), 0).map(Decimal))
def test_no_event_and_slips_below_keep_the_full_points(trial: Trial, count: Decimal) -> None:
    assert trial.score(count) == trial.full
