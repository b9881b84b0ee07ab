"""Deadlines in working days, against the State Council's notices."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.working_days import (
    is_working_day,
    working_days_after,
    working_days_left,
)

from .working_days import TABLE, works

KNOWN = st.dates(dt.date(2024, 1, 1), dt.date(2026, 9, 30))


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: f"{case['from']} {case['why']}")
def test_a_deadline(case: dict[str, object]) -> None:
    start, count = case["from"], case["days"]
    assert isinstance(start, dt.date)
    assert isinstance(count, int)
    found = working_days_after(start, count)
    assert found.day == case["until"]
    assert found.told == ""


@given(st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)))
def test_every_day_is_what_the_notices_say(day: dt.date) -> None:
    assert is_working_day(day) == (works(day), True)


@given(KNOWN, st.integers(0, 40))
def test_what_is_left_is_what_was_given(start: dt.date, count: int) -> None:
    last = working_days_after(start, count).day
    assert working_days_left(start, last) == count
    assert working_days_left(last, start) == -count
    assert count == 0 or works(last)


@pytest.mark.parametrize("start", [dt.date(2031, 3, 3), dt.date(2030, 12, 30)])
def test_a_year_without_a_calendar_is_told_and_weekends_are_kept(start: dt.date) -> None:
    found = working_days_after(start, 7)
    assert found.day.weekday() < 5
    assert f"{found.day.year}年" in found.told
    assert "周六、周日" in found.told


@pytest.mark.parametrize("count", [-1, 201])
def test_no_deadline_lies_behind_or_years_ahead(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        working_days_after(dt.date(2026, 3, 2), count)
