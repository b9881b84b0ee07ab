"""What pivot tables call their columns, and what they may stand for."""

from __future__ import annotations

import pytest

from xladdin.domain.quantities import Unit
from xladdin.intake.exports.mapping import How
from xladdin.intake.exports.pivot_heads import misfit, without_function


@pytest.mark.parametrize(
    ("head", "bare"),
    [
        ("平均值项:首次响应时长（秒）", "首次响应时长（秒）"),
        ("求和项：金额", "金额"),
        ("Average of Time", "Time"),
        ("Sum of 金额", "金额"),
        ("客服销售额", "客服销售额"),
    ],
)
def test_the_head_that_a_pivot_was_made_of(head: str, bare: str) -> None:
    assert without_function(head) == bare


@pytest.mark.parametrize(
    ("function", "how", "name", "unit", "fits"),
    [
        (How.SUM, How.SUM, "销售额", Unit.YUAN, True),
        (How.SUM, None, "投诉次数", Unit.TIMES, True),
        (How.SUM, None, "客单价", Unit.YUAN, False),
        (How.SUM, None, "首次响应时间", Unit.SECOND, False),
        (How.SUM, None, "总通话时长", Unit.HOUR, True),
        (How.MEAN, None, "首次响应时间", Unit.SECOND, True),
        (How.MEAN, How.WEIGHTED, "转化率", Unit.PERCENT, False),
        (How.MEAN, How.SUM, "销售额", Unit.YUAN, False),
        (How.COUNT, How.SUM, "销售额", Unit.YUAN, False),
        (How.COUNT, How.COUNT, "订单数", Unit.PIECE, True),
        (How.SUM, None, "难说", Unit.NUMBER, False),
        (How.HIGHEST, None, "首次响应时间", Unit.SECOND, False),
    ],
)
def test_whether_a_pivot_fits(
    function: How, how: How | None, name: str, unit: Unit, fits: bool
) -> None:
    assert (misfit(function, how, name, unit) == "") is fits
