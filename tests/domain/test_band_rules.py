"""Bands over a score: where no rule objects, each score has exactly one band."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.equality.collecting import few
from xladdin.domain.band_rules import GRAIN, unlistable
from xladdin.domain.grades import grade_faults
from xladdin.formula.evaluate import evaluate
from xladdin.formula.nodes import Var

LOWEST, HIGHEST = Decimal(0), Decimal(100)
BOUNDS = st.sampled_from([Decimal(text) for text in ("0", "59.99", "60", "60.01", "80", "100")])
BAND = st.fixed_dictionaries(
    {
        "lower": st.none() | BOUNDS,
        "sign": st.sampled_from([">=", ">"]),
        "upper": st.none() | BOUNDS,
    }
)
SCORES = sorted(
    {
        score
        for text in ("0", "59.99", "60", "60.01", "80", "100")
        for score in (Decimal(text) - GRAIN, Decimal(text), Decimal(text) + GRAIN)
        if LOWEST <= score <= HIGHEST
    }
)


def is_in(score: Decimal, band: dict[str, Any], above: dict[str, Any] | None) -> bool:
    """As the band is printed: from its lower bound to its upper one, or to the band above."""
    lower, upper = band["lower"], band["upper"]
    if lower is not None and not (score > lower if band["sign"] == ">" else score >= lower):
        return False
    if upper is not None:
        return bool(score <= upper)
    if above is None:
        return True
    return bool(score <= above["lower"] if above["sign"] == ">" else score < above["lower"])


@few
@given(st.lists(BAND, min_size=1, max_size=4))
def test_each_score_has_one_band_where_no_fault_is_found(bands: list[dict[str, Any]]) -> None:
    named = [{"name": str(i), **band} for i, band in enumerate(bands)]
    faults = grade_faults(named, LOWEST, HIGHEST)
    if faults:
        return
    pairs = list(zip(bands, [None, *bands], strict=False))
    for score in SCORES:
        assert sum(is_in(score, *pair) for pair in pairs) == 1, (score, bands)


@few
@given(st.lists(BAND, min_size=1, max_size=4))
def test_a_score_without_a_band_is_a_fault(bands: list[dict[str, Any]]) -> None:
    """The other way round, where the bands are in their order."""
    named = [{"name": str(i), **band} for i, band in enumerate(bands)]
    codes = {fault.code for fault in grade_faults(named, LOWEST, HIGHEST)}
    if "grade_order" in codes or any(band["lower"] is None for band in bands[:-1]):
        assert "grade_order" in codes
        return
    pairs = list(zip(bands, [None, *bands], strict=False))
    counts = {sum(is_in(score, *pair) for pair in pairs) for score in SCORES}
    if 0 in counts:
        assert codes & {"grade_gap", "grade_overlap"}
    if 2 in counts:
        assert "grade_overlap" in codes


def test_names_that_excel_would_take_for_numbers() -> None:
    names = {
        "优秀": False,
        "A+": False,
        "90": True,
        "1-2": True,
        "2:30": True,
        "甲,乙": True,
        "": False,
        "5": False,  # what it is worth
    }
    rule = unlistable(Var("name", text=True), Var("points"))
    found = {name: evaluate(rule, {"name": name, "points": Decimal(5)}) for name in names}
    assert found == names
    assert evaluate(rule, {"name": "5", "points": None}) is True
