"""百分比计分制: points in proportion to the completion of the target."""

from __future__ import annotations

from decimal import Decimal

from xladdin.domain.methods import PercentMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Expr, Greatest, Least, mul

from .terms import ACTUAL, FULL, TARGET, Rule, completion, scored, share


def expression(method: PercentMethod, direction: Direction, unit: Unit) -> Expr:
    """full x completion, the completion held between floor and cap."""
    best = Decimal(1) if method.cap is None else method.cap
    ratio = completion(direction, best, method.zero_target)
    if method.cap is not None:
        ratio = Least(ratio, share(method.cap))
    return scored(mul(FULL, Greatest(ratio, share(method.floor))), ACTUAL, TARGET)


RULE = Rule("百分比计分制", "月度绩效考核表 RS201331", expression)
