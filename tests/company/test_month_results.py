"""Plain values of a month: its months of trend, whose base counts."""

from __future__ import annotations

from decimal import Decimal

from xladdin.company.month_results import PersonResult, month_after, months_until
from xladdin.domain.bonus_rules import BonusRule
from xladdin.domain.people import Employee, Period
from xladdin.schemes.library import Library

ANYBODY = Employee(id="1", name="甲", department="客服部", position="客服")


def test_a_trend_goes_back_over_the_turn_of_the_year() -> None:
    assert months_until(Period("2026-02"), 3) == ("2025-12", "2026-01", "2026-02")
    assert len(months_until(Period("2026-11"))) == 12


def test_after_december_comes_january() -> None:
    assert [month_after(Period(f"2026-{month:02d}")) for month in (1, 11, 12)] == [
        "2026-02",
        "2026-12",
        "2027-01",
    ]


def test_the_own_base_goes_before_that_of_the_scheme() -> None:
    plain = Library.shipped().schemes[0]
    scheme = plain.model_copy(update={"bonus": BonusRule(base=Decimal(800))})
    own = ANYBODY.model_copy(update={"bonus_base": Decimal(1200)})
    assert PersonResult(own, scheme, {}).base == 1200
    assert PersonResult(ANYBODY, scheme, {}).base == 800
    assert PersonResult(ANYBODY, plain, {}).base is None
    assert PersonResult(ANYBODY, plain, {"total": "缺2项"}).total is None
