"""From floats to Decimal, and the six places that every figure is kept to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PLACES = 6
GRAIN = Decimal(1).scaleb(-PLACES)
"""The engine's number policy: six decimals, half-up."""


def decimal_of(raw: float | Decimal) -> Decimal | None:
    """The number as it is written (0.1 is 0.1), or None for NaN and infinity."""
    value = Decimal(repr(float(raw))) if isinstance(raw, float) else Decimal(raw)
    return value if value.is_finite() else None


def snapped(value: Decimal) -> Decimal:
    """At most six decimals, half-up; a shorter number stays as it was written."""
    exponent = value.as_tuple().exponent
    long = isinstance(exponent, int) and exponent < -PLACES
    return value.quantize(GRAIN, ROUND_HALF_UP) if long else value
