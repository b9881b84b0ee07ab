"""扣分制: points off for each event, down to 0 or to a cap on what is taken off."""

from __future__ import annotations

from typing import Annotated, Literal

from xladdin.formula.nodes import Expr, Greatest, Least, mul, number, sub

from ..base import Positive
from ..quantities import Direction, Unit
from ..rule_models import MethodSettings
from ..rule_terms import ACTUAL, CAP, DEDUCTION, EVENTS, FULL, MOST_POINTS, ZERO, scored
from ..setting_declarations import Argument, Setting, Takes, Variant


class DeductMethod(MethodSettings):
    """扣分制: full points minus k per event, never below 0, optionally at most ``cap`` off."""

    kind: Literal["deduct"] = "deduct"
    per_event: Annotated[
        Positive,
        Setting(
            Takes.POINTS,
            DEDUCTION,
            ("每次扣", "每次扣分"),
            "每次扣=1",
            argument=Argument("per_event", "每次扣分", "2.3"),
        ),
    ]
    cap: Annotated[
        Positive | None,
        Setting(
            Takes.POINTS,
            CAP,
            ("最多扣", "封顶"),
            "最多扣=5",
            MOST_POINTS,
            argument=Argument("most_off", "最多扣分", "7.9"),
        ),
    ] = None

    place = 30
    label = "扣分制"
    documented = "客服考核表通行做法"
    actual_word = "次数"
    variants = (
        Variant(
            "DEDUCT",
            "每发生一次扣分，最多扣到上限",
            (("2", "5", "1", "5"), ("9", "5", "1", "3")),
        ),
    )

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """full - min(k x count, cap), at least 0."""
        off: Expr = mul(number(self.per_event), EVENTS)
        if self.cap is not None:
            off = Least(off, number(self.cap))
        return scored(Greatest(sub(FULL, off), ZERO), ACTUAL)
