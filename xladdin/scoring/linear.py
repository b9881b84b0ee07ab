"""线性插值: a straight line between a low end and a high end."""

from __future__ import annotations

from xladdin.domain.methods import Basis, LinearMethod, ZeroTarget
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Expr, Named, Var, add, cases, div, mul, sub

from .terms import ACTUAL, FULL, TARGET, Rule, better, completion, figure, scored, share


def expression(method: LinearMethod, direction: Direction, unit: Unit) -> Expr:
    """full x share: ``below`` under the low end, the line between, flat from the high end on."""
    low, high = method.low, method.high
    of: Expr = ACTUAL
    needed: tuple[Var, ...] = (ACTUAL,)
    if method.basis is Basis.COMPLETION:
        of, unit = completion(direction, high.at, ZeroTarget.FULL), Unit.PERCENT
        needed = (ACTUAL, TARGET)
    # The line itself says which way is better: 100 -> full, 60 -> less, or the other way round.
    way = Direction.HIGHER if high.at > low.at else Direction.LOWER
    start, span = figure(low.at, unit), figure(abs(high.at - low.at), unit)
    risen = div(sub(of, start) if way is Direction.HIGHER else sub(start, of), span)
    line = add(share(low.share), mul(share(high.share - low.share), risen))
    branches = (
        (better(way, figure(high.at, unit), inclusive=True, of=of), share(high.share)),
        (better(way, figure(low.at, unit), inclusive=True, of=of), line),
    )
    return scored(mul(FULL, Named("得分率", cases(branches, share(method.below)))), *needed)


RULE = Rule("线性插值", "客服考核表通行做法（底线与目标之间按比例）", expression)
