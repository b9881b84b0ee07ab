"""Which days lack, and what days are called."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.people import Period
from xladdin.intake.exports.days_covered import days_in, lacking, needed, overlap, said_days

NOVEMBER = Period("2026-11")
LATER = dt.date(2026, 12, 5)
WHOLE = frozenset(range(1, 31))
WEEKENDS = {1, 7, 8, 14, 15, 21, 22, 28, 29}
SPANS = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 9)).map(lambda p: (p[0], p[0] + p[1]))
)


def test_weekends_may_lack_where_most_of_them_do() -> None:
    assert lacking(WHOLE, NOVEMBER, LATER) == frozenset()
    assert lacking(WHOLE - WEEKENDS, NOVEMBER, LATER) == frozenset()
    assert lacking(WHOLE - WEEKENDS | {7, 8}, NOVEMBER, LATER) == frozenset()
    assert lacking(WHOLE - {1}, NOVEMBER, LATER) == {1}
    assert lacking(WHOLE - WEEKENDS - {30}, NOVEMBER, LATER) == WEEKENDS | {30}


def test_a_month_is_needed_as_far_as_it_has_come() -> None:
    assert needed(NOVEMBER, dt.date(2026, 11, 4)) == {1, 2, 3}
    assert needed(NOVEMBER, dt.date(2026, 11, 1)) == WHOLE
    assert needed(NOVEMBER, dt.date(2026, 10, 31)) == WHOLE


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([3], "11月3日"),
        ([1, 2, 3, 31], "11月1日—3日、31日"),
        (range(1, 30, 2), "11月1日、3日、5日、7日、9日、11日等"),
    ],
)
def test_days_in_words(days: list[int], said: str) -> None:
    assert said_days(days, NOVEMBER) == said


@given(spans=SPANS)
def test_spans_overlap_where_days_are_counted_twice(spans: list[tuple[int, int]]) -> None:
    different = set(spans)
    counted = sum(last - first + 1 for first, last in different)
    assert overlap(spans) == (len(days_in(spans)) < counted)
