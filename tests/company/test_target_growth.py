"""Growth: rounded as figures of the unit are shown, and none at all is no change."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xladdin.company.target_growth import BASES, Base, Growth
from xladdin.domain.quantities import FACTS, Unit


@given(st.decimals(0, 10**6, places=2), st.sampled_from(sorted(FACTS)))
def test_what_grows_by_nothing_is_what_it_was(value: Decimal, unit: Unit) -> None:
    decimals = FACTS[unit].decimals + (2 if unit is Unit.PERCENT else 0)
    expected = round(value, decimals) if decimals >= 2 else None
    found = Growth(Decimal(0)).of(value, unit)
    assert abs(found - value) <= Decimal(5).scaleb(-decimals - 1)
    assert expected is None or found == expected


def test_half_is_rounded_up() -> None:
    assert Growth(Decimal("0.5")).of(Decimal(3), Unit.TIMES) == 5
    assert Growth(Decimal("-0.5")).of(Decimal("0.0333"), Unit.PERCENT) == Decimal("0.0167")


def test_every_base_has_a_word_and_its_months() -> None:
    assert set(BASES) == set(Base)
    assert {base: base.months for base in Base if base.reached} == {
        Base.LAST_ACTUAL: 1,
        Base.YEAR_ACTUAL: 12,
    }
