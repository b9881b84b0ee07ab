"""阶梯: thresholds, best first, each earning a share of the full points."""

from __future__ import annotations

from decimal import Decimal

from xladdin.domain.methods import Basis, StepsMethod, ZeroTarget
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Expr, Named, cases, mul

from .terms import ACTUAL, FULL, TARGET, Rule, better, completion, figure, scored, share


def expression(method: StepsMethod, direction: Direction, unit: Unit) -> Expr:
    """full x the share of the first step that is reached."""
    of: Expr = ACTUAL
    if method.basis is Basis.COMPLETION:
        # An actual of 0 where lower is better lies above every step.
        best = method.steps[0].bound + Decimal(1)
        of, direction, unit = (
            completion(direction, best, ZeroTarget.FULL),
            Direction.HIGHER,
            Unit.PERCENT,
        )
    needed = (ACTUAL,) if method.basis is Basis.ACTUAL else (ACTUAL, TARGET)
    branches = tuple(
        (
            better(direction, figure(step.bound, unit), inclusive=method.inclusive, of=of),
            share(step.share),
        )
        for step in method.steps
    )
    return scored(mul(FULL, Named("得分率", cases(branches, share(method.below)))), *needed)


RULE = Rule("阶梯计分", "客服考核表通行做法（响应时间、转化率分档）", expression)
