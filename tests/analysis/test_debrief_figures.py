"""A year's figure out of its months, and medians: worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.analysis import debrief_figures as of
from xladdin.analysis.debrief_figures import (
    COMPLAINING,
    RESOLUTION,
    SATISFACTION,
    SPEED,
    Middle,
    Sums,
    added,
    middle,
    months_of,
    year_figure,
)
from xladdin.analysis.metric import PERCENT, PIECES

JANUARY, FEBRUARY, MARCH = months_of(2026)[:3]
SUMS = st.dictionaries(
    st.sampled_from([item.id for item in of.ITEMS]), st.integers(0, 10**6).map(Decimal)
)


def test_a_years_share_is_one_of_sums_and_no_mean_of_shares() -> None:
    months: dict[of.Period, Sums] = {
        JANUARY: {"satisfied": Decimal(1), "rated": Decimal(1)},
        FEBRUARY: {"satisfied": Decimal(50), "rated": Decimal(99)},
    }
    assert year_figure(SATISFACTION, months, {}) == Decimal("0.510")
    minutes: dict[of.Period, Sums] = {
        JANUARY: {"minutes": Decimal(100), "timed": Decimal(1)},
        FEBRUARY: {"minutes": Decimal(99), "timed": Decimal(99)},
    }
    assert year_figure(SPEED, minutes, {}) == Decimal("2.0")


def test_complaints_are_out_of_whole_months() -> None:
    months: dict[of.Period, Sums] = {
        JANUARY: {"complaints": Decimal(4)},
        FEBRUARY: {"complaints": Decimal(0)},
        MARCH: {"complaints": Decimal(90)},
    }
    assert year_figure(COMPLAINING, months, {MARCH: "3月1日至3月9日"}) == Decimal("2.0")
    assert year_figure(COMPLAINING, months, dict.fromkeys(months, "…")) is None


def test_a_month_without_one_of_its_numbers_does_not_count() -> None:
    months: dict[of.Period, Sums] = {
        JANUARY: {"solved": Decimal(8), "known": Decimal(10)},
        FEBRUARY: {"solved": Decimal(90)},
        MARCH: {"known": Decimal(90)},
    }
    assert year_figure(RESOLUTION, months, {}) == Decimal("0.800")
    assert year_figure(RESOLUTION, {}, {}) is None
    assert (
        year_figure(RESOLUTION, {JANUARY: {"solved": Decimal(0), "known": Decimal(0)}}, {}) is None
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Middle(None, 0)),
        ([1, None, 3], Middle(None, 2)),
        (
            [1, 9, 3, 4],
            Middle(None, 4),
        ),  # 3.5 would be a sum of two, and one of these knows his own
        ([1, 9, 3, 4, 2], Middle(Decimal(3), 5)),
        ([1, 9, 3, 4, 2, 7], Middle(Decimal(4), 6)),  # 3.5, as pieces are shown
        ([None, 5, 5, 5, 5, 5], Middle(Decimal(5), 5)),
    ],
)
def test_the_middle_of_at_least_five(values: Sequence[int | None], expected: Middle) -> None:
    known = [None if value is None else Decimal(value) for value in values]
    assert middle(known, PIECES) == expected


@given(st.lists(st.integers(0, 1000).map(lambda n: Decimal(n) / 1000), min_size=5))
def test_a_middle_lies_between_the_ends(values: list[Decimal]) -> None:
    found = middle(values, PERCENT).value
    assert found is not None
    assert min(values) <= found <= max(values)


@given(SUMS, SUMS, SUMS)
def test_sums_add_up_in_any_order(first: Sums, second: Sums, third: Sums) -> None:
    whole = added((first, second, third))
    assert whole == added((added((third, first)), second))
    assert set(whole) == {*first, *second, *third}
