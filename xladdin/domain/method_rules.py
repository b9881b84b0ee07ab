"""What must not be between the settings of a scoring method, each rule said once.

A rule is an expression over columns, whatever these are called: the models ask it of data, the
master workbook prints it into its live check.
"""

from __future__ import annotations

from xladdin.formula.nodes import Expr, If, Not, Rel, Var
from xladdin.formula.questions import both, related


def bounds_rise(lower: Expr, completion: Expr) -> Expr:
    """Bounds on the completion ratio always fall; on the actual they rise where lower is better."""
    return both(lower, Not(completion))


def steps_misplaced(bound: Var, above: Var, rising: Expr) -> Expr:
    """A step's bound is not behind that of the better step above it."""
    return If(rising, related(Rel.LE, bound, above), related(Rel.GE, bound, above))


def share_grows(share: Var, above: Var) -> Expr:
    """A step earns more than the better one above it."""
    return related(Rel.GT, share, above)


def below_too_high(below: Var, least: Var) -> Expr:
    """Missing every step earns more than the last step."""
    return related(Rel.GT, below, least)


def line_falls(completion: Expr, start: Var, end: Var) -> Expr:
    """Scored by completion, but the better end of the line lies lower."""
    return both(completion, related(Rel.LT, end, start))


def ends_meet(start: Var, end: Var) -> Expr:
    """A line between two ends that are one."""
    return related(Rel.EQ, start, end)


def backwards(low: Var, high: Var) -> Expr:
    """A band that ends before it begins."""
    return related(Rel.GT, low, high)
