"""主观评分."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.methods.judgement import JudgementMethod
from xladdin.domain.rule_models import Band
from xladdin.domain.rule_terms import ACTUAL
from xladdin.formula.evaluate import evaluate

from .drawing import Trial, few, trials

points = st.decimals(min_value=-1, max_value=11, places=2)


@few
@given(trials("judgement"), points)
def test_only_points_inside_a_band_count(trial: Trial, entered: Decimal) -> None:
    assert isinstance(trial.method, JudgementMethod)
    inside = any(band.low <= entered <= band.high for band in trial.method.bands)
    value = trial.value(full=trial.full, actual=entered)
    assert (value is not None) is inside
    if inside:
        exact = trial.full * entered / trial.method.top
        assert abs(trial.score(entered) - exact) <= Decimal("0.0050005")


@few
@given(trials("judgement"))
def test_the_best_points_score_full(trial: Trial) -> None:
    assert isinstance(trial.method, JudgementMethod)
    assert trial.score(trial.method.top) == trial.full


@few
@given(trials("judgement"), points, points)
def test_more_points_never_score_less(trial: Trial, one: Decimal, other: Decimal) -> None:
    low, high = (trial.value(full=trial.full, actual=each) for each in sorted((one, other)))
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        assert low <= high


def test_a_band_of_one_value() -> None:
    zero = Band(low=Decimal(0), high=Decimal(0), text="")
    assert [evaluate(zero.holds(ACTUAL), {"actual": Decimal(n)}) for n in (-1, 0, 1)] == [
        False,
        True,
        False,
    ]
