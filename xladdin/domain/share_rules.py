"""Shares that must come to a whole, said once for models and for the master workbook."""

from __future__ import annotations

from decimal import Decimal

from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import Expr, Not, Round, Var
from xladdin.formula.questions import equal


def off(total: Expr, due: Expr) -> Expr:
    """A total of points is not what is due (at most two decimals, as points have)."""
    return Not(equal(Round(total, 2), due))


_OFF = compiled(off(Var("total"), Var("due")))


def is_off(total: Decimal, due: Decimal) -> bool:
    """The same of two numbers."""
    return _OFF({"total": total, "due": due}) is True
