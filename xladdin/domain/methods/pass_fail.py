"""达标制: all or nothing."""

from __future__ import annotations

from typing import Annotated, Literal

from xladdin.formula.nodes import Expr, If

from ..base import Measure
from ..quantities import Direction, Unit
from ..rule_models import MethodSettings
from ..rule_terms import ACTUAL, FULL, INCLUSIVE, TARGET, ZERO, better, figure, scored
from ..setting_declarations import CellColumn, Setting, Takes, Variant

BOUND = CellColumn("bound", "达标线", "达标制：固定的达标线；不填则和目标比。", 9.0)


class PassFailMethod(MethodSettings):
    """达标制: full points when the comparison with the target (or a fixed bound) holds, else 0."""

    kind: Literal["pass_fail"] = "pass_fail"
    bound: Annotated[Measure | None, Setting(Takes.MEASURE, BOUND, example="达标线=90%")] = None
    """Fixed bound; None compares with the target."""
    inclusive: Annotated[bool, INCLUSIVE] = True

    place = 70
    label = "达标制"
    documented = "客服考核表通行做法"
    variants = (
        Variant(
            "PASS_FAIL",
            "达到目标得满分，否则0分；固定达标线写在目标里",
            (("0.92", "0.9", "10"), ("0.89", "0.9", "10")),
        ),
        Variant(
            "PASS_FAIL_LOWER",
            "不超过目标得满分，否则0分；固定达标线写在目标里",
            (("30", "30", "10"), ("31", "30", "10")),
            Direction.LOWER,
        ),
    )

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """full where the actual is as good as the bound or the target, else 0."""
        bound: Expr = TARGET if self.bound is None else figure(self.bound, unit)
        needed = (ACTUAL, TARGET) if self.bound is None else (ACTUAL,)
        passed = better(direction, bound, inclusive=self.inclusive)
        return scored(If(passed, FULL, ZERO), *needed)
