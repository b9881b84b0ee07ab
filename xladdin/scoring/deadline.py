"""按时: full points on time, points off for each day late."""

from __future__ import annotations

from xladdin.domain.methods import DeadlineMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Expr, Greatest, Least, Named, Round, Rounding, mul, number, sub

from .terms import ACTUAL, FULL, TARGET, ZERO, Rule, scored


def expression(method: DeadlineMethod, direction: Direction, unit: Unit) -> Expr:
    """full - k x days late, at least ``floor`` points; a begun day counts as a day."""
    dated = method.measure == "date"
    late = Greatest(sub(ACTUAL, TARGET) if dated else ACTUAL, ZERO)
    days = Named("迟交天数", Round(late, 0, Rounding.UP))
    left = sub(FULL, mul(number(method.per_day), days))
    # A floor above the full points would pay more for being late than the item is worth.
    floor = Least(number(method.floor), FULL) if method.floor else ZERO
    return scored(Greatest(left, floor), *((ACTUAL, TARGET) if dated else (ACTUAL,)))


RULE = Rule("按时完成", "工作分析表中的时限标准", expression)
