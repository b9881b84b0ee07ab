"""Many figures into one: sums, means, shares, percentiles, in decimal arithmetic.

Results are exact up to 28 digits; whoever shows or writes them rounds.  Nothing raises: what has no
answer (a mean of nothing, a share of 0) is None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from .mapping import How

Figures = Sequence[Decimal]
ZERO = Decimal(0)
NINTH = Decimal("0.9")


def total(values: Figures) -> Decimal:
    """Their sum; 0 for none."""
    return sum(values, ZERO)


def divided(part: Decimal, whole: Decimal) -> Decimal | None:
    """A quotient; None where it would be by 0."""
    return part / whole if whole else None


def mean(values: Figures) -> Decimal | None:
    """The arithmetic mean; None for none."""
    return divided(total(values), Decimal(len(values)))


def weighted(values: Figures, weights: Figures) -> Decimal | None:
    """The mean of values that weigh differently; None where all weigh nothing."""
    parts = [value * weight for value, weight in zip(values, weights, strict=True)]
    return divided(total(parts), total(weights))


def ratio(values: Figures, divisors: Figures) -> Decimal | None:
    """The sum of one column by the sum of another; None where that is 0."""
    return divided(total(values), total(divisors))


def percentile(values: Figures, share: Decimal) -> Decimal | None:
    """The value below which a share (0 to 1) of them lies, as Excel's PERCENTILE.INC has it:
    between two of them in proportion; None for none.
    """
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Figures) -> Decimal | None:
    """The middle one, or the mean of the two in the middle; None for none."""
    return percentile(values, Decimal("0.5"))


def last(values: Figures, days: Figures) -> Decimal | None:
    """The value of the last day; None for none, and where those of that day differ."""
    of_day = {value for value, day in zip(values, days, strict=True) if day == max(days)}
    return of_day.pop() if len(of_day) == 1 else None


_OF_ONE: dict[How, Callable[[Figures], Decimal | None]] = {
    How.SUM: total,
    How.COUNT: total,
    How.MEAN: mean,
    How.SHARE: mean,
    How.MEDIAN: median,
    How.P90: lambda values: percentile(values, NINTH),
    How.HIGHEST: lambda values: max(values, default=None),
    How.LOWEST: lambda values: min(values, default=None),
}
_OF_TWO = {How.WEIGHTED: weighted, How.RATIO: ratio, How.LAST: last}


def aggregated(how: How, values: Figures, seconds: Figures) -> Decimal | None:
    """What many figures make together.

    ``values``: for a count and a share 1 where the line counts, 0 where it does not.
    ``seconds``: weights, divisors or days, one for each value; not looked at where ``how`` has none.
    """
    if how in _OF_TWO:
        return _OF_TWO[how](values, seconds)
    return _OF_ONE[how](values)
