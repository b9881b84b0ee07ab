"""奖金: what a month's bonus is worked out from, one expression per rule.

Rules as companies publish them: base x coefficient of the grade; a share of the base x score / 100,
with nothing below a threshold; a fixed pay per grade, a ladder over the score.  Amounts are yuan,
rounded half-up to 0.01.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Num,
    Rel,
    Round,
    Text,
    Var,
    all_of,
    cases,
    div,
    mul,
    number,
)

from .base import Fault, Model, NonNegative, Ratio
from .quantities import plain
from .raw import dicts
from .rule_terms import ZERO

BASE, SCORE = Var("base"), Var("score")
GRADE, COEFFICIENT = Var("grade", text=True), Var("coefficient")
WORDS = {"base": "奖金基数", "score": "最终得分", "grade": "等级", "coefficient": "系数"}
CENTS = 2
Money = NonNegative
"""An amount in yuan."""


class BonusKind(StrEnum):
    """How a bonus is worked out."""

    COEFFICIENT = "coefficient"
    SHARE = "share"
    LADDER = "ladder"


LABELS = {
    BonusKind.COEFFICIENT: "基数×系数",
    BonusKind.SHARE: "基数按比例×得分",
    BonusKind.LADDER: "按等级定额",
}


class BonusRule(Model):
    """A scheme's rule for the bonus."""

    kind: BonusKind = BonusKind.COEFFICIENT
    base: Money | None = None
    """The base of whoever has none of their own, in yuan a month."""
    share: Ratio | None = None
    """Of the base, at 100 points; only of ``share``."""
    threshold: NonNegative | None = None
    """Points below which nothing is paid; only of ``share``."""

    def expression(self, pays: Iterable[tuple[str, Num]]) -> Expr:
        """The bonus over ``base``, ``score``, ``grade`` and ``coefficient``.

        ``pays`` are the grades with what each of them pays.  Nothing where there is no score, or
        no base where one is needed.
        """
        if self.kind is BonusKind.LADDER:
            rungs = tuple((Compare(Rel.EQ, GRADE, Text(name)), pay) for name, pay in pays)
            return If(IsNumber(SCORE), cases(rungs, Blank()), Blank())
        needed = (IsNumber(SCORE), IsNumber(BASE))
        return If(all_of(needed), self._amount(), Blank())

    def _amount(self) -> Expr:
        if self.kind is BonusKind.COEFFICIENT:
            return If(IsNumber(COEFFICIENT), Round(mul(BASE, COEFFICIENT), CENTS), Blank())
        share = Num(self.share or ZERO.value, percent=True)
        earned = Round(mul(mul(BASE, share), div(SCORE, number(100))), CENTS)
        if self.threshold is None:
            return earned
        return If(Compare(Rel.GE, SCORE, number(self.threshold)), earned, ZERO)

    @property
    def needs_base(self) -> bool:
        """Whether nothing can be paid without a base."""
        return self.kind is not BonusKind.LADDER

    @property
    def told(self) -> str:
        """The rule in a sentence; what a ladder pays stands with the grades."""
        match self.kind:
            case BonusKind.COEFFICIENT:
                return "奖金＝奖金基数×等级系数"
            case BonusKind.SHARE:
                share = f"{plain((self.share or ZERO.value) * 100)}%"
                below = (
                    "" if self.threshold is None else f"；不满{plain(self.threshold)}分的没有奖金"
                )
                return f"奖金＝奖金基数×{share}×最终得分÷100{below}"
            case BonusKind.LADDER:
                return "奖金按等级定额"


def bonus_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """What a scheme's raw rule lacks: a share, or the pay of a grade."""
    rule = data.get("bonus")
    kind = str(rule.get("kind", "")) if isinstance(rule, dict) else ""
    if isinstance(rule, dict) and kind == BonusKind.SHARE and rule.get("share") is None:
        message = f"奖金算法是「{LABELS[BonusKind.SHARE]}」，须写奖金比例（share）"
        yield Fault("missing", message, ("bonus", "share"))
    for i, grade in dicts(data.get("grades")):
        if kind == BonusKind.LADDER and grade.get("pay") is None:
            name = grade.get("name")
            message = (
                f"奖金算法是「{LABELS[BonusKind.LADDER]}」，等级「{name}」没有写定额奖金（pay）"
            )
            yield Fault("missing", message, ("grades", i, "pay"))
