"""减分项: points taken off outside the 100, at most so many."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from xladdin.formula.nodes import Expr

from ..base import Positive
from ..quantities import Direction, Unit
from ..rule_models import Adjustment
from ..rule_terms import CAP, MOST_POINTS, held
from ..setting_declarations import Argument, Setting, Takes, Variant


class Deduction(Adjustment):
    """减分项: points taken off the total, at most ``cap``; they are entered without a sign."""

    kind: Literal["deduction"] = "deduction"
    cap: Annotated[
        Positive,
        Setting(
            Takes.POINTS,
            CAP,
            ("最多减", "封顶"),
            "最多减=10",
            MOST_POINTS,
            argument=Argument("most_points", "减分上限", "7.9"),
        ),
    ]

    place = 110
    label = "减分项"
    aliases = ("减分",)
    documented = "月度绩效考核表 RS201331（减分项）"
    taken: ClassVar[bool] = True
    variants = (
        Variant(
            "DEDUCTION", "写减几分（正数），最多减到上限，不填为0", (("3.5", "10"), ("12", "10"))
        ),
    )

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """What was entered, at most the cap; empty counts as none."""
        return held(self.cap)
