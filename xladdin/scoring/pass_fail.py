"""达标制: all or nothing."""

from __future__ import annotations

from xladdin.domain.methods import PassFailMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Expr, If

from .terms import ACTUAL, FULL, TARGET, ZERO, Rule, better, figure, scored


def expression(method: PassFailMethod, direction: Direction, unit: Unit) -> Expr:
    """full where the actual is as good as the bound or the target, else 0."""
    fixed = method.bound is not None
    bound: Expr = TARGET if method.bound is None else figure(method.bound, unit)
    passed = better(direction, bound, inclusive=method.inclusive)
    return scored(If(passed, FULL, ZERO), *((ACTUAL,) if fixed else (ACTUAL, TARGET)))


RULE = Rule("达标制", "客服考核表通行做法", expression)
