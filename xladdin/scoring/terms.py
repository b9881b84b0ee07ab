"""What the rules share: the variables, and the parts that several of them are built of.

Variables of an item's rule: ``full`` (满分, points), ``actual`` and ``target`` (in the indicator's
unit).  Every rule gives points with two decimals, or nothing where an input is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from xladdin.domain.base import Model
from xladdin.domain.methods import ZeroTarget
from xladdin.domain.quantities import Direction, Unit, facts
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    Greatest,
    If,
    IsNumber,
    Named,
    Num,
    Rel,
    Round,
    Var,
    all_of,
    cases,
    div,
    number,
)

FULL, ACTUAL, TARGET = Var("full"), Var("actual"), Var("target")
SCORE_DIGITS = 2
ZERO = number(0)
EVENTS = Greatest(ACTUAL, ZERO)
"""How often something happened; a negative count is a slip that must not earn points."""

Settings = TypeVar("Settings", bound=Model)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Settings]):
    """A scoring rule: its Chinese label, where it comes from, and the tree it builds."""

    label: str
    source: str
    """Where the rule is documented: a form, a convention, a law."""
    expression: Callable[[Settings, Direction, Unit], Expr]
    """Settings, direction, unit of the figures -> points."""
    actual_word: str = "实际达成"
    """What the actual is called in the rule's explanation."""


def figure(value: Decimal, unit: Unit) -> Num:
    """A threshold in the indicator's unit, told with it: ``65%``, ``30秒``."""
    percent = unit is Unit.PERCENT
    return Num(value, percent, "" if percent else facts(unit).suffix)


def share(value: Decimal) -> Num:
    """A share of the full points, shown as a percentage."""
    return Num(value, percent=True)


def scored(points: Expr, *needed: Var) -> Expr:
    """Points with two decimals, or nothing as long as an input is missing."""
    present = all_of(tuple(IsNumber(var) for var in needed))
    return If(present, Round(points, SCORE_DIGITS), Blank())


def better(direction: Direction, bound: Expr, *, inclusive: bool, of: Expr = ACTUAL) -> Compare:
    """``of`` is as good as the bound: >= or > (lower is better: <= or <)."""
    if direction is Direction.HIGHER:
        return Compare(Rel.GE if inclusive else Rel.GT, of, bound)
    return Compare(Rel.LE if inclusive else Rel.LT, of, bound)


def completion(direction: Direction, best: Decimal, zero_target: ZeroTarget) -> Expr:
    """完成率: actual/target, or target/actual where lower is better; never a division by 0.

    ``best`` is the ratio where lower is better and the actual is 0; a target of 0 counts as
    reached or as nothing, as ``zero_target`` says.
    """
    reached = share(Decimal(1) if zero_target is ZeroTarget.FULL else Decimal(0))
    positive_target = Compare(Rel.GT, TARGET, ZERO)
    if direction is Direction.HIGHER:
        return Named("完成率", If(positive_target, div(ACTUAL, TARGET), reached))
    branches = (
        (Compare(Rel.GT, ACTUAL, ZERO), div(TARGET, ACTUAL)),
        (positive_target, share(best)),
    )
    return Named("完成率", cases(branches, reached))
