"""按时: full points on time, points off for each day late."""

from __future__ import annotations

from xladdin.domain.methods import DeadlineMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Expr, Greatest, Least, Named, Round, Rounding, mul, number, sub

from .terms import ACTUAL, FULL, TARGET, ZERO, Rule, scored


def expression(method: DeadlineMethod, direction: Direction, unit: Unit) -> Expr:
    """full - k x days late, at least ``floor`` points; a begun day late counts as a day."""
    dated = method.measure == "date"
    if dated:
        # A last day ends at 24:00 (Civil Code art. 203): the hour of a date does not count.
        due, done = (Round(day, 0, Rounding.DOWN) for day in (TARGET, ACTUAL))
        late: Expr = Greatest(sub(done, due), ZERO)
    else:
        late = Round(Greatest(ACTUAL, ZERO), 0, Rounding.UP)
    days = Named("迟交天数", late)
    left = sub(FULL, mul(number(method.per_day), days))
    # A floor above the full points would pay more for being late than the item is worth.
    floor = Least(number(method.floor), FULL) if method.floor else ZERO
    return scored(Greatest(left, floor), *((ACTUAL, TARGET) if dated else (ACTUAL,)))


RULE = Rule("按时完成", "工作分析表中的时限标准；民法典第203条", expression)
