"""Which cells meet a condition as clerks write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.domain.quantities import Unit
from xladdin.intake.exports.row_conditions import condition_of

CASES: list[tuple[str, object, bool | None]] = [
    ("是", "是", True),
    ("是", True, True),
    ("是", 1, True),
    ("是", "√", True),
    ("是", "否", False),
    ("是", "", None),
    ("是", None, None),
    ("是", "无", False),
    ("满意、非常满意", "非常满意", True),
    ("满意，非常满意", " 满意 ", True),
    ("满意", "不满意", False),
    ("评价=满意", "满意", True),
    ("评价≠满意", "满意", False),
    ("评价 != 满意", "一般", True),
    ("<=30", 30, True),
    ("≤30", "30.5", False),
    ("得分 >= 90%", 0.9, True),
    (">4", "", None),
    (">4", "很多", None),
]


@pytest.mark.parametrize(("said", "raw", "expected"), CASES)
def test_a_cell_meets_a_condition(said: str, raw: object, expected: bool | None) -> None:
    condition = condition_of(said)
    assert condition is not None
    assert condition.holds(raw) is expected


def test_the_unit_of_the_column_counts() -> None:
    condition = condition_of("首响<=30")
    assert condition is not None
    assert (condition.column, condition.limit) == ("首响", Decimal(30))
    assert condition.holds("00:00:29", Unit.SECOND) is True
    assert condition.holds("1分", Unit.SECOND) is False


@pytest.mark.parametrize("said", ["", "、", "<=很快", ">=NaN"])
def test_what_is_no_condition(said: str) -> None:
    assert condition_of(said) is None
