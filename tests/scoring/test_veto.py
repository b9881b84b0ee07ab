"""单项否决制."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.methods.veto import VetoMethod
from xladdin.domain.quantities import Direction

from .drawing import Trial, better_never_scores_less, few, trials


def test_more_events_never_score_more() -> None:
    better_never_scores_less("veto", Direction.LOWER)


@few
@given(trials("veto"), st.decimals(min_value=0, max_value=1000, places=3))
def test_nothing_from_n_on(trial: Trial, more: Decimal) -> None:
    assert isinstance(trial.method, VetoMethod)
    assert trial.score(trial.method.zero_at + more) == 0


@few
@given(trials("veto"), st.decimals(min_value=-1000, max_value=0, places=3))
def test_no_event_and_slips_below_keep_the_full_points(trial: Trial, count: Decimal) -> None:
    assert trial.score(count) == trial.full


def test_without_points_for_each_event_only_the_veto_counts() -> None:
    trial = Trial(VetoMethod(per_event=Decimal(0), zero_at=Decimal(3)))
    assert [trial.score(Decimal(count)) for count in range(5)] == [20, 20, 20, 0, 0]
