"""Many figures into one, against plain Python with fractions."""

from __future__ import annotations

import random
import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.intake.exports.aggregation import aggregated
from xladdin.intake.exports.mapping import TWO_COLUMNS, How

FIGURES = st.decimals(0, 10**9, places=3)
PAIRS = st.lists(st.tuples(FIGURES, st.decimals(0, 10**6, places=2)), min_size=1, max_size=40)
CLOSE = Fraction(1, 10**12)


def reference(how: How, pairs: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """By the book, and slowly."""
    values = [value for value, _ in pairs]
    weight = sum(second for _, second in pairs)
    ordered = sorted(values)
    match how:
        case How.SUM | How.COUNT:
            return Fraction(sum(values))
        case How.MEAN | How.SHARE:
            return statistics.mean(values)
        case How.MEDIAN:
            return statistics.median(values)
        case How.HIGHEST:
            return ordered[-1]
        case How.LOWEST:
            return ordered[0]
        case How.LAST:
            day = max(day for _, day in pairs)
            found = {value for value, other in pairs if other == day}
            return found.pop() if len(found) == 1 else None
        case How.WEIGHTED:
            return sum((v * w for v, w in pairs), Fraction(0)) / weight if weight else None
        case How.RATIO:
            return Fraction(sum(values)) / weight if weight else None
    # The last decile of the inclusive method is Excel's PERCENTILE.INC of 0.9.
    assert how is How.P90
    several = len(values) > 1
    return statistics.quantiles(values, n=10, method="inclusive")[8] if several else values[0]


@pytest.mark.parametrize("how", [how for how in How if how is not How.DISTINCT])
@given(pairs=PAIRS)
def test_as_the_book_has_it(how: How, pairs: list[tuple[Decimal, Decimal]]) -> None:
    found = aggregated(how, [value for value, _ in pairs], [second for _, second in pairs])
    expected = reference(how, [(Fraction(value), Fraction(second)) for value, second in pairs])
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert abs(Fraction(found) - expected) <= CLOSE * max(1, abs(expected))


@given(pairs=PAIRS, how=st.sampled_from([how for how in How if how is not How.DISTINCT]))
def test_the_order_of_lines_does_not_matter(pairs: list[tuple[Decimal, Decimal]], how: How) -> None:
    def of(some: list[tuple[Decimal, Decimal]]) -> Decimal | None:
        return aggregated(how, [value for value, _ in some], [second for _, second in some])

    one, other = of(pairs), of(pairs[::-1])
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert abs(one - other) <= Decimal("1e-9") * max(1, abs(one))


@given(value=FIGURES, count=st.integers(1, 30), weight=st.integers(1, 9))
def test_the_mean_of_the_same_is_the_same(value: Decimal, count: int, weight: int) -> None:
    weights = [Decimal(weight)] * count
    for how in (How.MEAN, How.MEDIAN, How.P90, How.WEIGHTED, How.HIGHEST, How.LOWEST, How.LAST):
        found = aggregated(how, [value] * count, weights)
        assert found is not None
        assert abs(found - value) <= Decimal("1e-12") * max(1, value)


def test_nothing_has_no_mean() -> None:
    assert aggregated(How.SUM, [], []) == 0
    for how in (How.MEAN, How.MEDIAN, How.P90, How.HIGHEST, How.LOWEST, How.LAST, *TWO_COLUMNS):
        assert aggregated(how, [], []) is None


@given(st.dictionaries(st.integers(1, 31), FIGURES, min_size=1), st.randoms())
def test_the_last_day_counts_in_whatever_order_the_lines_stand(
    days: dict[int, Decimal], order: random.Random
) -> None:
    lines = list(days.items())
    order.shuffle(lines)
    found = aggregated(How.LAST, [v for _, v in lines], [Decimal(day) for day, _ in lines])
    assert found == days[max(days)]


def test_several_on_the_last_day_are_none_unless_they_are_the_same() -> None:
    one, two = Decimal(1), Decimal(2)
    assert aggregated(How.LAST, [one, two, one], [one, two, two]) is None
    assert aggregated(How.LAST, [one, two, two], [one, two, two]) == two
