"""扣分制: points off for each event, down to 0 or to a cap on what is taken off."""

from __future__ import annotations

from xladdin.domain.methods import DeductMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Expr, Greatest, Least, mul, number, sub

from .terms import ACTUAL, EVENTS, FULL, ZERO, Rule, scored


def expression(method: DeductMethod, direction: Direction, unit: Unit) -> Expr:
    """full - min(k x count, cap), at least 0."""
    off: Expr = mul(number(method.per_event), EVENTS)
    if method.cap is not None:
        off = Least(off, number(method.cap))
    return scored(Greatest(sub(FULL, off), ZERO), ACTUAL)


RULE = Rule("扣分制", "客服考核表通行做法", expression, "次数")
