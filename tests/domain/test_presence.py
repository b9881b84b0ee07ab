"""Of which months, and of which days of them, somebody is appraised."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence

CASES = yaml.safe_load((Path(__file__).parent / "data/presence.yaml").read_text("utf-8"))
GIVEN = ("joined", "left", "state")
TOLD = ("code", "absent", "part")
DAYS = st.none() | st.dates(dt.date(2025, 11, 1), dt.date(2027, 2, 28))
MONTHS = st.builds(lambda month: Period(f"2026-{month:02d}"), st.integers(1, 12))


def employee(**fields: Any) -> Employee:
    return Employee(id="A1", name="甲", department="部", position="岗", **fields)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_presence(case: dict[str, Any]) -> None:
    person = employee(**{key: case[key] for key in GIVEN if key in case})
    found = presence(person, Period(case["month"]))
    assert {key: getattr(found, key) for key in TOLD} == {key: case.get(key, "") for key in TOLD}
    if not found.absent:
        assert (found.first, found.last) == (case["first"], case["last"])


@given(DAYS, DAYS, MONTHS)
def test_a_day_counts_if_it_lies_between_joining_and_leaving(
    joined: dt.date | None, left: dt.date | None, month: Period
) -> None:
    assume(not (joined and left and left < joined))
    days = [month.first_day + dt.timedelta(days=i) for i in range(month.last_day.day)]
    there = [day for day in days if (joined or day) <= day <= (left or day)]
    found = presence(employee(joined=joined, left=left), month)
    assert bool(found.absent) is (not there)
    if there:
        assert (found.first, found.last) == (there[0], there[-1])
        assert bool(found.part) is (len(there) < len(days))


def test_nobody_leaves_before_joining() -> None:
    with pytest.raises(ValidationError, match="离职日期 2026-11-09 早于入职日期 2026-11-10"):
        employee(joined=dt.date(2026, 11, 10), left=dt.date(2026, 11, 9))
