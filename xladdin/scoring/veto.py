"""单项否决制: points off for each event, nothing from the n-th on."""

from __future__ import annotations

from xladdin.domain.methods import VetoMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import Compare, Expr, Greatest, If, Rel, mul, number, sub

from .terms import ACTUAL, EVENTS, FULL, ZERO, Rule, scored


def expression(method: VetoMethod, direction: Direction, unit: Unit) -> Expr:
    """0 from ``zero_at`` events on (included: Civil Code art. 1259), else full - k x count."""
    vetoed = Compare(Rel.GE, ACTUAL, number(method.zero_at))
    left: Expr = FULL
    if method.per_event:
        left = Greatest(sub(FULL, mul(number(method.per_event), EVENTS)), ZERO)
    return scored(If(vetoed, ZERO, left), ACTUAL)


RULE = Rule("单项否决制", "月度绩效考核表 RS201331；民法典第1259条", expression, "次数")
