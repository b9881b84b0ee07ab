"""部门奖金预算: bonuses of a department scaled so that their sum keeps to its budget, one tree per step.

Everybody gets the same share of what is due, rounded down to whole units (分 or 元); the units that are
left go one each to those with the largest remainders, of two alike to who comes first.  Amounts of 0
and below take no part: they stay, and free nothing for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.explain import explain
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Least,
    Rel,
    Round,
    Rounding,
    Var,
    add,
    all_of,
    div,
    mul,
    number,
    sub,
)

SNAP = 6
"""Decimals to which shares are held before they are cut: beyond lies what engines round differently."""
DUE, BUDGET, SUM = Var("due"), Var("budget"), Var("sum")
TARGET, WHOLE, BEFORE, UNITS = Var("target"), Var("whole"), Var("before"), Var("units")
WORDS = {"due": "应发", "budget": "部门预算", "sum": "部门应发合计", "target": "可发总额"}
ONLY_DOWN, BOTH_WAYS = "只减", "可增减"
CENT, YUAN = "分", "元"


@dataclass(frozen=True, slots=True)
class BudgetRule:
    """How a company scales: only down or up as well, to 分 or to 元."""

    up: bool = False
    yuan: bool = False

    @property
    def digits(self) -> int:
        """Decimals of what is paid, in yuan."""
        return 0 if self.yuan else 2

    @property
    def unit(self) -> Decimal:
        """The smallest amount that is paid."""
        return Decimal(1) if self.yuan else Decimal("0.01")

    @property
    def factor(self) -> Expr:
        """What everybody's bonus is multiplied by, over ``sum`` and ``budget``, to be told; nothing
        without either."""
        return self._known(Round(div(self._most, SUM), SNAP))

    @property
    def target(self) -> Expr:
        """What is paid in all, over ``sum`` and ``budget``, in whole units."""
        return self._known(Round(self._most, self.digits, Rounding.DOWN))

    @property
    def _most(self) -> Expr:
        return BUDGET if self.up else Least(SUM, BUDGET)

    def _known(self, then: Expr) -> Expr:
        there = all_of((IsNumber(SUM), IsNumber(BUDGET)))
        return If(there, If(Compare(Rel.GT, SUM, number(0)), then, Blank()), Blank())

    @property
    def exact(self) -> Expr:
        """One person's share before it is cut, over ``due``, ``target`` and ``sum``."""
        return Round(div(mul(DUE, TARGET), SUM), SNAP)

    @property
    def whole(self) -> Expr:
        """The same, cut to whole units."""
        return Round(self.exact, self.digits, Rounding.DOWN)

    @property
    def rest(self) -> Expr:
        """What was cut off, over ``whole`` besides: it decides who gets one of the units left."""
        return Round(sub(self.exact, WHOLE), SNAP)

    @property
    def units(self) -> Expr:
        """How many units are left, over ``target`` and ``whole``, the sum of what was cut."""
        return Round(div(sub(TARGET, WHOLE), number(self.unit)), 0)

    @property
    def paid(self) -> Expr:
        """What one person is paid, over ``whole``, ``units`` and ``before``: how many come first."""
        more = If(Compare(Rel.LT, BEFORE, UNITS), number(self.unit), number(0))
        return Round(add(WHOLE, more), 2)

    @property
    def told(self) -> str:
        """The rule in sentences."""
        total = explain(Round(self._most, self.digits, Rounding.DOWN), WORDS, WORDS["target"])
        share = explain(div(mul(DUE, TARGET), SUM), WORDS, "实发")
        unit = YUAN if self.yuan else CENT
        return (
            f"{total}{share}实发取整到{unit}，余下的从尾数最大的人起每人多 1 {unit}，尾数相同的按表上先后。"
            "没有填预算的部门不缩放；应发不大于 0 的人不缩放。"
        )


@dataclass(frozen=True, slots=True)
class Scaled:
    """What became of a department's bonuses."""

    sum: Decimal
    """Of what is due, amounts above 0."""
    factor: Decimal | None
    """None: nothing to scale."""
    paid: tuple[Decimal | None, ...]
    """Beside each amount that was due."""

    @property
    def total(self) -> Decimal:
        """What is paid in all."""
        return sum((each for each in self.paid if each is not None), Decimal(0))


def scaled(due: Sequence[Decimal | None], budget: Decimal | None, rule: BudgetRule) -> Scaled:
    """The bonuses of one department, in their order, out of the same trees as the workbook's formulas."""
    counted = [each for each in due if each is not None and each > 0]
    env: dict[str, Value] = {"sum": sum(counted, Decimal(0)), "budget": budget}
    factor, env["target"] = (evaluate(tree, env) for tree in (rule.factor, rule.target))
    if not isinstance(factor, Decimal):
        return Scaled(sum(counted, Decimal(0)), None, tuple(due))
    parts = [_part(each, rule, env) if each is not None and each > 0 else None for each in due]
    wholes = sum((whole for whole, _ in filter(None, parts)), Decimal(0))
    units = evaluate(rule.units, {**env, "whole": wholes})
    order = sorted((-part[1], i) for i, part in enumerate(parts) if part)
    before = {i: Decimal(place) for place, (_, i) in enumerate(order)}
    paid: list[Decimal | None] = []
    for i, (part, each) in enumerate(zip(parts, due, strict=True)):
        if part is None:
            paid.append(each)
            continue
        found = evaluate(rule.paid, {"whole": part[0], "before": before[i], "units": units})
        paid.append(found if isinstance(found, Decimal) else None)
    return Scaled(sum(counted, Decimal(0)), factor, tuple(paid))


def _part(due: Decimal, rule: BudgetRule, env: dict[str, Value]) -> tuple[Decimal, Decimal]:
    """One person's whole units, and what was cut off."""
    own: dict[str, Value] = {**env, "due": due}
    whole = evaluate(rule.whole, own)
    rest = evaluate(rule.rest, {**own, "whole": whole})
    assert isinstance(whole, Decimal) and isinstance(rest, Decimal)  # noqa: S101, PT018 - all is known
    return whole, rest
