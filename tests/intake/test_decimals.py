from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.intake.decimals import decimal_of, snapped


@pytest.mark.parametrize(
    ("raw", "value"), [(0.1, "0.1"), (1e-7, "1E-7"), (3, "3"), (Decimal("2.50"), "2.50")]
)
def test_a_float_is_the_number_that_it_prints(raw: float | Decimal, value: str) -> None:
    assert str(decimal_of(raw)) == value


@pytest.mark.parametrize("raw", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_number_is_none(raw: float | Decimal) -> None:
    assert decimal_of(raw) is None


@pytest.mark.parametrize(
    ("long", "short"),
    [("0.0000005", "0.000001"), ("0.12345649", "0.123456"), ("2.50", "2.50"), ("1E+3", "1E+3")],
)
def test_six_decimals_are_kept_half_up(long: str, short: str) -> None:
    assert str(snapped(Decimal(long))) == short
