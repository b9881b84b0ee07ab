"""单项否决制: points off for each event, nothing from the n-th on."""

from __future__ import annotations

from typing import Annotated, Literal

from xladdin.formula.nodes import Compare, Expr, Greatest, If, Rel, mul, number, sub

from ..base import NonNegative, Positive
from ..quantities import Direction, Unit
from ..rule_models import MethodSettings, WholeForm
from ..rule_terms import ACTUAL, DEDUCTION, EVENTS, FULL, ZERO, scored
from ..setting_declarations import Argument, CellColumn, Setting, Takes, Variant

ZERO_AT = CellColumn("zero_at", "否决次数", "达到几次该项为 0 分（含本数）。", 9.0)


class VetoMethod(MethodSettings):
    """单项否决制: minus k points per event; from n events on (n included) the item is 0."""

    kind: Literal["veto"] = "veto"
    per_event: Annotated[
        NonNegative,
        Setting(
            Takes.POINTS,
            DEDUCTION,
            ("每次扣", "每次扣分"),
            "每次扣=2",
            argument=Argument("per_event", "每次扣分", "2.3"),
        ),
    ]
    """Points taken off for each event."""
    zero_at: Annotated[
        Positive,
        Setting(
            Takes.POINTS,
            ZERO_AT,
            example="否决次数=3",
            argument=Argument("zero_at", "否决次数", "3.1"),
        ),
    ]
    """Number of events from which the item scores 0."""
    whole_form: WholeForm | None = None

    place = 20
    label = "单项否决制"
    documented = "月度绩效考核表 RS201331；民法典第1259条"
    actual_word = "次数"
    variants = (
        Variant(
            "VETO",
            "每发生一次扣分，达到次数该项为0",
            (("1", "10", "2", "3"), ("3", "10", "2", "3")),
        ),
    )

    @property
    def effect(self) -> WholeForm | None:
        """What it does to the whole form when it is triggered."""
        return self.whole_form

    def triggered(self, actual: Expr) -> Expr:
        """From ``zero_at`` events on (included: Civil Code art. 1259)."""
        return Compare(Rel.GE, actual, number(self.zero_at))

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """0 where it is triggered, else full - k x count."""
        left: Expr = FULL
        if self.per_event:
            left = Greatest(sub(FULL, mul(number(self.per_event), EVENTS)), ZERO)
        return scored(If(self.triggered(ACTUAL), ZERO, left), ACTUAL)
