"""Targets and actuals in the place of a scheme's defaults."""

from __future__ import annotations

from decimal import Decimal

from tests.company.people import PERIOD
from xladdin.company.score_inputs import figures, score_inputs
from xladdin.domain.people import Actual
from xladdin.schemes.library import Library
from xladdin.scoring.model import input_defaults


def test_figures_go_to_their_keys_by_id_or_name() -> None:
    shop = Library.shipped().scheme("online_shop_monthly")
    assert shop is not None
    lines = [
        Actual(period=PERIOD, employee="T001", indicator="客单价", target=Decimal(200)),
        Actual(period=PERIOD, employee="T001", indicator="reply_quality", actual=Decimal(1)),
        Actual(period=PERIOD, employee="T001", indicator="加分项", actual=Decimal(3)),
        Actual(period=PERIOD, employee="T001", indicator="没有的指标", actual=Decimal(9)),
    ]
    assert figures(shop, lines) == {
        "target.order_value": Decimal(200),
        "actual.order_value": None,
        "actual.reply_quality": Decimal(1),
        "points.extra": Decimal(3),
    }

    defaults, inputs = input_defaults(shop), score_inputs(shop, lines)
    assert inputs.keys() == defaults.keys()
    assert {key for key in inputs if inputs[key] != defaults[key]} == {
        "target.order_value",
        "actual.reply_quality",
        "points.extra",
    }
