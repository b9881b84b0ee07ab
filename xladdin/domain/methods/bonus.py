"""加分项: points outside the 100, at most so many."""

from __future__ import annotations

from typing import Literal

from xladdin.formula.nodes import Expr

from ..quantities import Direction, Unit
from ..rule_models import Adjustment
from ..rule_terms import held
from ..setting_declarations import Variant


class Bonus(Adjustment):
    """加分项: points added to the 100, at most ``cap``."""

    kind: Literal["bonus"] = "bonus"

    place = 100
    label = "加分项"
    aliases = ("加分",)
    documented = "月度绩效考核表 RS201331（加分项）"
    variants = (Variant("BONUS", "最多加到上限，不填为0", (("3.5", "10"), ("12", "10"))),)

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """What was entered, at most the cap; empty counts as none."""
        return held(self.cap)
