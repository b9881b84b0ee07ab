"""What the rules share: variables, parts of trees, and settings that several of them have.

Variables of an item's rule: ``full`` (满分, points), ``actual`` and ``target`` (in the indicator's
unit).  Every rule gives points with two decimals, or nothing where an input is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    Greatest,
    If,
    IsEmpty,
    IsNumber,
    Least,
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
from xladdin.formula.questions import NEVER
from xladdin.formula.walk import nodes, variables

from .base import Fault, Loc
from .method_rules import below_too_high
from .quantities import Direction, Unit, facts, plain
from .raw import number as raw_number
from .setting_declarations import Argument, CellColumn, Setting, Takes

FULL, ACTUAL, TARGET = Var("full"), Var("actual"), Var("target")
OWN = Var("own")
"""自评: the rating that people give themselves, beside the superior's, which is the actual."""
SCORE_DIGITS = 2
ZERO = number(0)
EVENTS = Greatest(ACTUAL, ZERO)
"""How often something happened; a negative count is a slip that must not earn points."""


class ZeroTarget(StrEnum):
    """What a target of 0 counts as: reached (full) or worth nothing (zero)."""

    FULL = "full"
    ZERO = "zero"


class Basis(StrEnum):
    """What a threshold is compared with: the actual itself, or actual against target."""

    ACTUAL = "actual"
    COMPLETION = "completion"


# Columns of the master that several rules share, and settings that are the same in all of them.

CAP = CellColumn("cap", "封顶", "", 8.0)
FLOOR = CellColumn("floor", "保底", "", 8.0)
DEDUCTION = CellColumn("deduction", "每次扣分", "每次、每档或每天扣几分。", 9.0)
MOST_POINTS = "填最多分数"
"""What the clerk is told of a cap in points."""

BASIS = Setting(
    Takes.CHOICE,
    CellColumn("basis", "比较依据", "阶梯、线性：和实际值比还是和完成率比。", 10.0),
    ("依据", "比较依据"),
    "依据=完成率",
    choices={"actual": "实际值", "completion": "完成率"},
)
BELOW = Setting(
    Takes.RATIO,
    CellColumn("below", "最低档以下", "一档都没达到时的得分比例。", 10.0),
    ("其余", "最低档以下"),
    "其余=0%",
    argument=Argument("below", "其余比例", "0.053", share=True),
)
INCLUSIVE = Setting(
    Takes.YES_NO,
    CellColumn(
        "inclusive",
        "含界限",
        "刚好等于界限算达到写“是”（不填也算），不算写“否”。",
        8.0,
        usual=True,
    ),
    ("含界限", "含等于"),
    "含界限=是",
)


def figure(value: Decimal, unit: Unit) -> Num:
    """A threshold in the indicator's unit, told with it: ``65%``, ``30秒``."""
    percent = unit is Unit.PERCENT
    return Num(value, percent, "" if percent else facts(unit).suffix)


def share(value: Decimal) -> Num:
    """A share of the full points, shown as a percentage."""
    return Num(value, percent=True)


COMPLETION = "完成率"
"""What the share of the target that was reached is called."""
NEGATIVE_TARGET = "目标为负时，按完成率计分没有意义"
"""What every door says of a target below 0."""


def of_target(rule: Expr) -> bool:
    """Whether a rule goes by the completion of the target: then a target below 0 means nothing.

    A loss of 30 where one of 20 was the target would be 150% of it.
    """
    return any(isinstance(node, Named) and node.label == COMPLETION for node in nodes(rule))


def scored(points: Expr, *needed: Var) -> Expr:
    """Points with two decimals, or nothing as long as an input is missing or means nothing."""
    present = all_of(tuple(IsNumber(var) for var in needed))
    result: Expr = Round(points, SCORE_DIGITS)
    if of_target(points):
        # Not beside the test for numbers: a spreadsheet would compare what is none.
        result = If(Compare(Rel.GE, TARGET, ZERO), result, Blank())
    return If(present, result, Blank())


def exceeds(one: Expr, other: Expr) -> Expr:
    """Of settings, for what is demanded: the one is greater, where all of them are numbers."""
    known = tuple(IsNumber(var) for tree in (one, other) for var in variables(tree).values())
    return If(all_of(known), Compare(Rel.GT, one, other), NEVER)


def held(cap: Decimal) -> Expr:
    """The points that were entered, at most the cap; nothing entered is none.

    What is no number, or below 0, is not counted as none: there is no result then.
    """
    points = Round(Least(ACTUAL, number(cap)), SCORE_DIGITS)
    return entered(If(Compare(Rel.GE, ACTUAL, ZERO), points, Blank()))


def entered(points: Expr) -> Expr:
    """0 where nothing was entered, nothing where that is no number, else these points."""
    return If(IsEmpty(ACTUAL), ZERO, If(IsNumber(ACTUAL), points, Blank()))


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
        return Named(COMPLETION, If(positive_target, div(ACTUAL, TARGET), reached))
    branches = (
        (Compare(Rel.GT, ACTUAL, ZERO), div(TARGET, ACTUAL)),
        (positive_target, share(best)),
    )
    return Named(COMPLETION, cases(branches, reached))


_TOO_HIGH = compiled(below_too_high(Var("below"), Var("least")))


def below_faults(raw: Mapping[str, Any], least: Decimal | None, loc: Loc) -> Iterator[Fault]:
    """More is earned below the lowest step (or end) than on it."""
    if _TOO_HIGH({"below": raw_number(raw, "below"), "least": least}) and least is not None:
        message = f"一档都没达到的得分比例不能高于最低一档的 {plain(least * 100)}%"
        yield Fault("below_too_high", message, (*loc, "below"))
