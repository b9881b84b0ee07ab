"""按时完成."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.methods.deadline import DeadlineMethod
from xladdin.domain.people import day_number
from xladdin.domain.quantities import Direction

from .drawing import Trial, better_never_scores_less, few, trials

DATED = DeadlineMethod(measure="date", per_day=Decimal(2))
days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).map(day_number)
hours = st.integers(0, 23).map(lambda hour: round(Decimal(hour) / 24, 6))


def test_later_never_scores_more() -> None:
    better_never_scores_less("deadline", Direction.LOWER)


@few
@given(days, hours, hours, st.integers(0, 8))
def test_the_hour_of_a_date_does_not_count(
    due: Decimal, due_hour: Decimal, done_hour: Decimal, late: int
) -> None:
    """A last day ends at its midnight, whatever hours the two cells carry."""
    trial = Trial(DATED, target=due + due_hour)
    assert trial.score(due + late + done_hour) == Trial(DATED, target=due).score(due + late)
    assert trial.score(due + late + done_hour) == 20 - 2 * late


@few
@given(trials("deadline"))
def test_the_floor_is_left_unless_the_item_is_worth_less(trial: Trial) -> None:
    assert isinstance(trial.method, DeadlineMethod)
    late = trial.target + 10**6
    left = min(trial.method.floor, trial.full)
    assert abs(trial.score(late) - left) <= Decimal("0.005")


def test_days_late_begin_at_once() -> None:
    trial = Trial(DeadlineMethod(per_day=Decimal(2)))
    scores = [trial.score(Decimal(late)) for late in ("0", "0.01", "1", "1.01", "2")]
    assert scores == [20, 18, 18, 16, 16]
