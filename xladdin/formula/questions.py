"""Questions in short, for whoever writes rules as expressions."""

from __future__ import annotations

from .nodes import Compare, Expr, If, IsNumber, Rel, Text, Var, all_of, number, one_of

NEVER = Compare(Rel.GT, number(0), number(1))
NOTHING = Text("")


def equal(left: Expr, right: Expr) -> Expr:
    """The same, numbers snapped, texts without regard to case."""
    return Compare(Rel.EQ, left, right)


def some(count: Expr) -> Expr:
    """A number or place is not 0."""
    return Compare(Rel.GT, count, number(0))


def none(count: Expr) -> Expr:
    """A number or place is 0."""
    return equal(count, number(0))


def both(*tests: Expr) -> Expr:
    """Every test holds."""
    return all_of(tests)


def either(*tests: Expr) -> Expr:
    """One of the tests holds."""
    return one_of(tests)


def related(rel: Rel, left: Var, right: Var) -> Expr:
    """Two numbers are so related; what is no number is related to nothing."""
    return If(both(IsNumber(left), IsNumber(right)), Compare(rel, left, right), NEVER)
