"""Every rule, by the settings that a scheme states."""

from __future__ import annotations

from typing import Any

from xladdin.domain.methods import (
    Method,
)
from xladdin.domain.quantities import Direction, Unit
from xladdin.domain.schemes import Indicator
from xladdin.formula.nodes import Expr

from . import (
    deadline,
    deduct,
    judgement,
    linear,
    pass_fail,
    percent,
    step_deduct,
    steps,
    veto,
)
from .terms import Rule

RULES: dict[str, Rule[Any]] = {
    "percent": percent.RULE,
    "veto": veto.RULE,
    "deduct": deduct.RULE,
    "steps": steps.RULE,
    "step_deduct": step_deduct.RULE,
    "linear": linear.RULE,
    "pass_fail": pass_fail.RULE,
    "deadline": deadline.RULE,
    "judgement": judgement.RULE,
}
"""Kind of method -> rule; the kinds are those of ``domain.methods``."""


def rule_of(method: Method) -> Rule[Any]:
    """The rule that a method's settings are for."""
    return RULES[method.kind]


def item_expression(indicator: Indicator) -> Expr:
    """An indicator's points over ``full``, ``actual`` and ``target``."""
    return expression(indicator.method, indicator.direction, indicator.unit)


def expression(
    method: Method, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER
) -> Expr:
    """A method's points over ``full``, ``actual`` and ``target``."""
    return rule_of(method).expression(method, direction, unit)
