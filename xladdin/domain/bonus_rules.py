"""奖金: what a month's bonus is worked out from, one expression per rule.

Rules as companies publish them: base x coefficient of the grade; a share of the base x score / 100,
with nothing below a threshold; a fixed pay per grade; a share of the base by steps of the score, finer
than grades, and straight lines between the steps where a company pays so.  Amounts are yuan, rounded
half-up to 0.01.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from xladdin.formula.explain import explain
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
    add,
    all_of,
    cases,
    div,
    mul,
    number,
    sub,
)

from .base import Fault, Model, NonNegative, Number, Ratio, is_none
from .quantities import plain
from .raw import dicts
from .rule_terms import ZERO
from .sizes import MOST_PAY_STEPS

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
    STEPS = "steps"


LABELS = {
    BonusKind.COEFFICIENT: "基数×系数",
    BonusKind.SHARE: "基数按比例×得分",
    BonusKind.LADDER: "按等级定额",
    BonusKind.STEPS: "基数×得分档位",
}
REST = "其余"
"""How the last step is written: everything below the others."""
STEP_EXAMPLE = "≥90：110%"
_STEP = re.compile(
    r"(?:(?P<rest>其余|其他|以下)|(?P<sign>>=|>|≥|≧|大于等于|不低于|大于|超过)?(?P<lower>[0-9.]+)(?P<word>分?(?:及?以上)?))"
    r"[:=](?P<share>[0-9.]+%?)"
)
_STRICT = (">", "大于", "超过")


def _is_off(value: Any) -> bool:
    return value is False


def _or_text(schema: dict[str, Any]) -> None:
    """In JSON Schema, too, a step may be written as in a cell."""
    stated = dict(schema)
    schema.clear()
    schema["anyOf"] = [stated, {"type": "string"}]


class BonusStep(Model):
    """One step: the share of the base that is paid from a score on, up to the next step."""

    model_config = ConfigDict(json_schema_extra=_or_text)

    lower: Number | None = None
    """Lower bound in points; None in the last step: everything below the others."""
    sign: Literal[">=", ">"] = ">="
    share: Ratio
    """Of the base."""

    @model_validator(mode="before")
    @classmethod
    def _spelled(cls, data: Any) -> Any:
        """Also as it is written in a cell: ``≥90：110%``, ``90分以上：110%``, ``其余：0``."""
        if not isinstance(data, str):
            return data
        found = _STEP.fullmatch("".join(unicodedata.normalize("NFKC", data).split()))
        if found is None:
            message = "奖金档位「{said}」看不懂，请写成 {example} 的样子，最后一档写 其余：0%"
            told = {"said": data[:30], "example": STEP_EXAMPLE}
            raise PydanticCustomError("bonus_step", message, told)
        sign = ">" if found["sign"] in _STRICT else ">="
        return {"lower": found["lower"], "sign": sign, "share": found["share"]}

    def __str__(self) -> str:
        share = f"{plain(self.share * 100)}%"
        if self.lower is None:
            return f"{REST}：{share}"
        return f"{'≥' if self.sign == '>=' else '＞'}{plain(self.lower)}：{share}"


class BonusRule(Model):
    """A scheme's rule for the bonus."""

    kind: BonusKind = BonusKind.COEFFICIENT
    base: Money | None = None
    """The base of whoever has none of their own, in yuan a month."""
    share: Ratio | None = None
    """Of the base, at 100 points; only of ``share``."""
    threshold: NonNegative | None = None
    """Points below which nothing is paid; only of ``share``."""
    steps: Annotated[
        tuple[BonusStep, ...] | None,
        Field(min_length=2, max_length=MOST_PAY_STEPS, exclude_if=is_none),
    ] = None
    """Best first, the last one without a bound; only of ``steps``."""
    linear: Annotated[bool, Field(exclude_if=_is_off)] = False
    """Between two bounds the share goes up in a straight line, from the lower step's to the upper's;
    only of ``steps``."""

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
        if self.kind is BonusKind.STEPS:
            return Round(mul(BASE, self.factor), CENTS)
        share = Num(self.share or ZERO.value, percent=True)
        earned = Round(mul(mul(BASE, share), div(SCORE, number(100))), CENTS)
        if self.threshold is None:
            return earned
        return If(Compare(Rel.GE, SCORE, number(self.threshold)), earned, ZERO)

    @property
    def factor(self) -> Expr:
        """The share of the base over ``score``, of a rule by steps."""
        *upper, last = self.steps or (BonusStep(share=Decimal(0)),)
        branches, above = [], None
        for step in upper:
            # Only the last has no bound: without one nothing is reached.
            bound = number(step.lower or 0)
            reached = Compare(Rel(step.sign), SCORE, bound)
            branches.append((reached, self._within(step, above)))
            above = step
        return cases(tuple(branches), Num(last.share, percent=True))

    def _within(self, step: BonusStep, above: BonusStep | None) -> Expr:
        """The share inside a step: the same all over, or rising to that of the step above."""
        share = Num(step.share, percent=True)
        if not self.linear or above is None or above.lower is None or step.lower is None:
            return share
        rise, width = above.share - step.share, above.lower - step.lower
        if not rise or width <= 0:
            return share
        part = div(mul(Num(abs(rise), percent=True), sub(SCORE, number(step.lower))), number(width))
        return add(share, part) if rise > 0 else sub(share, part)

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
            case BonusKind.STEPS:
                return explain(mul(BASE, self.factor), WORDS, "奖金").rstrip("。")


def bonus_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """What a scheme's raw rule lacks: a share, steps, or the pay of a grade."""
    rule = data.get("bonus")
    kind = str(rule.get("kind", "")) if isinstance(rule, dict) else ""
    if isinstance(rule, dict) and kind == BonusKind.SHARE and rule.get("share") is None:
        message = f"奖金算法是「{LABELS[BonusKind.SHARE]}」，须写奖金比例（share）"
        yield Fault("missing", message, ("bonus", "share"))
    if isinstance(rule, dict) and kind == BonusKind.STEPS and rule.get("steps") is None:
        message = (
            f"奖金算法是「{LABELS[BonusKind.STEPS]}」，须写奖金档位（steps），如 {STEP_EXAMPLE}"
        )
        yield Fault("missing", message, ("bonus", "steps"))
    for i, grade in dicts(data.get("grades")):
        if kind == BonusKind.LADDER and grade.get("pay") is None:
            name = grade.get("name")
            message = (
                f"奖金算法是「{LABELS[BonusKind.LADDER]}」，等级「{name}」没有写定额奖金（pay）"
            )
            yield Fault("missing", message, ("grades", i, "pay"))
