"""Which cells meet a condition as clerks write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.domain.quantities import Unit
from xladdin.intake.exports.row_conditions import condition_of
from xladdin.intake.stated_units import Beside, stated_in_head

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
    assert condition.holds(raw)[0] is expected


def test_the_unit_of_the_column_counts() -> None:
    condition = condition_of("首响<=30")
    assert condition is not None
    assert (condition.column, condition.limit) == ("首响", Decimal(30))
    assert condition.holds("00:00:29", Unit.SECOND)[0] is True
    assert condition.holds("1分", Unit.SECOND)[0] is False


def test_the_limit_is_written_as_the_figures_of_the_column_are() -> None:
    condition = condition_of("金额>=2")
    assert condition is not None
    below = Beside(stated_in_head("金额（万元）", Unit.YUAN))
    assert [condition.holds(raw, Unit.YUAN, below)[0] for raw in (2, 1.9, "3万", "9元")] == [
        True,
        False,
        True,
        False,
    ]


def test_a_percentage_is_compared_with_percentages() -> None:
    condition = condition_of(">=90%")
    assert condition is not None
    assert condition.percent
    held, reading = condition.holds(95, Unit.PERCENT)
    assert (held, reading.code) == (True, "number_guess")
    assert "95%" in reading.guess
    assert condition.holds("85%", Unit.PERCENT)[0] is False
    held, reading = condition.holds(1.5, Unit.PERCENT)
    assert held is None
    assert "150%" in reading.problem


@pytest.mark.parametrize("said", ["", "、", "<=很快", ">=NaN"])
def test_what_is_no_condition(said: str) -> None:
    assert condition_of(said) is None
