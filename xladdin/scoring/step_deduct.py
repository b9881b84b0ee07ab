"""阶梯扣分: points off for each step that the target is missed by."""

from __future__ import annotations

from xladdin.domain.methods import Started, StepDeductMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Expr, Greatest, Named, Round, Rounding, div, mul, number, sub

from .terms import ACTUAL, FULL, TARGET, ZERO, Rule, figure, scored

STARTED = {Started.WHOLE: Rounding.UP, Started.IGNORED: Rounding.DOWN}


def expression(method: StepDeductMethod, direction: Direction, unit: Unit) -> Expr:
    """full - d x (steps short of the target), at least 0."""
    higher = direction is Direction.HIGHER
    gap = sub(TARGET, ACTUAL) if higher else sub(ACTUAL, TARGET)
    short = Named("差额", Greatest(gap, ZERO))
    steps: Expr = div(short, figure(method.step, unit))
    if method.started in STARTED:
        steps = Round(steps, 0, STARTED[method.started])
    off = mul(number(method.points), Named("档数", steps))
    return scored(Greatest(sub(FULL, off), ZERO), ACTUAL, TARGET)


RULE = Rule("阶梯扣分", "客服考核表通行做法（每低一档扣分）", expression)
