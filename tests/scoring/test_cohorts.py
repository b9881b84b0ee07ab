"""Cohorts: who is told together stays together."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.scoring.cohorts import Raters, cohorts, split

NAMES = st.frozensets(st.sampled_from("abcdefgh"), max_size=7)
TIMES = st.lists(NAMES, min_size=1, max_size=6)


def lived(times: Iterable[Raters], least: int) -> list[Raters]:
    """Who was told, time after time."""
    told: list[Raters] = []
    for raters in times:
        told.append(split(raters, told, least).told)
    return told


@settings(max_examples=200, deadline=None)
@given(TIMES, st.integers(1, 4))
def test_a_cohort_is_told_as_a_whole_or_not_at_all(times: list[Raters], least: int) -> None:
    told = lived(times, least)
    for cohort in cohorts(told):
        assert len(cohort) >= least
        assert all(cohort <= each or not cohort & each for each in told)


@settings(max_examples=200, deadline=None)
@given(TIMES, st.integers(1, 4))
def test_cohorts_are_the_same_in_whatever_order_the_times_are_read(
    times: list[Raters], least: int
) -> None:
    told = lived(times, least)
    assert set(cohorts(told)) == set(cohorts(reversed(told)))


@settings(max_examples=200, deadline=None)
@given(TIMES, st.integers(1, 4))
def test_everybody_is_told_or_held_back(times: list[Raters], least: int) -> None:
    told: list[Raters] = []
    for raters in times:
        parts = split(raters, told, least)
        assert parts.told | parts.held_back == raters
        assert not parts.told & parts.held_back
        told.append(parts.told)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ([], "abc", "abc"),
        (["abc"], "abc", "abc"),
        (["abc"], "abcd", "abc"),
        (["abc"], "abcdef", "abcdef"),
        (["abcd"], "abc", ""),
        (["abcd"], "abce", ""),
        (["abcd"], "abcefg", "efg"),
        (["abc"], "efg", "efg"),
        (["abc", "abcdef"], "def", "def"),
        (["abc", "efg"], "abcefg", "abcefg"),
    ],
)
def test_a_case(before: list[str], now: str, told: str) -> None:
    found = split(frozenset(now), [frozenset(each) for each in before], 3)
    assert found.told == frozenset(told)
