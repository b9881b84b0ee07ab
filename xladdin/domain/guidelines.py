"""人数要求: how many people of a scheme a grade should have, and by how many it is off.

A check and a report, never an automatic label: being last is not being unfit (Supreme People's
Court, guiding case 18).  Shares become whole people so that a small team can keep them: what is
asked at least is rounded up, what is allowed at most down, and "=" takes either neighbour of an
uneven number.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    Greatest,
    If,
    IsNumber,
    Join,
    Rel,
    Round,
    Rounding,
    Text,
    Var,
    add,
    cases,
    mul,
    number,
    sub,
)
from xladdin.formula.questions import NEVER

from .base import Model, Ratio, is_false
from .quantities import plain
from .rule_terms import ZERO

ONE = number(1)


class Asks(StrEnum):
    """How a grade's share is compared with what is asked."""

    EQUAL = "="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    BETWEEN = "between"


LABELS = {
    Asks.EQUAL: "等于",
    Asks.LESS: "少于",
    Asks.AT_MOST: "不超过",
    Asks.MORE: "多于",
    Asks.AT_LEAST: "不少于",
    Asks.BETWEEN: "介于",
}


class Guideline(Model):
    """What share of the people a grade should have."""

    model_config = ConfigDict(validate_default=True)

    asks: Asks
    share: Ratio
    most: Ratio | None = None
    """The upper end of ``between``."""
    binding: Annotated[bool, Field(exclude_if=is_false)] = False
    """Whether a calibration that misses it is refused; else it is only pointed out."""

    @field_validator("most")
    @classmethod
    def _ends(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        asks, share = info.data.get("asks"), info.data.get("share")
        if asks is Asks.BETWEEN and value is None:
            raise PydanticCustomError("most_missing", "「介于」须写占比上限（most）")
        if asks is Asks.BETWEEN and value is not None and share is not None and value < share:
            message = "占比上限 {most} 小于下限 {share}"
            ends = {"most": f"{plain(value * 100)}%", "share": f"{plain(share * 100)}%"}
            raise PydanticCustomError("guideline_ends", message, ends)
        return value

    @property
    def told(self) -> str:
        """``不超过20%``, ``介于10%与20%``."""
        upper = f"与{plain((self.most or self.share) * 100)}%" if self.asks is Asks.BETWEEN else ""
        return f"{LABELS[self.asks]}{plain(self.share * 100)}%{upper}"


def least(asks: Var, share: Var, people: Expr) -> Expr:
    """How many people a grade has at least, by what stands in the cells; 0 where nothing is asked."""
    part = mul(share, people)
    branches = (
        (_says(asks, Asks.EQUAL), Round(part, 0, Rounding.DOWN)),
        (_says(asks, Asks.MORE), add(Round(part, 0, Rounding.DOWN), ONE)),
        (_says(asks, Asks.AT_LEAST), Round(part, 0, Rounding.UP)),
        (_says(asks, Asks.BETWEEN), Round(part, 0, Rounding.UP)),
    )
    return If(IsNumber(share), cases(branches, ZERO), ZERO)


def most(asks: Var, share: Var, upper: Var, people: Expr) -> Expr:
    """How many people a grade has at most; nothing where there is no upper end."""
    part = mul(share, people)
    ends = If(IsNumber(upper), Round(mul(upper, people), 0, Rounding.DOWN), people)
    branches = (
        (_says(asks, Asks.EQUAL), Round(part, 0, Rounding.UP)),
        (_says(asks, Asks.LESS), Greatest(sub(Round(part, 0, Rounding.UP), ONE), ZERO)),
        (_says(asks, Asks.AT_MOST), Round(part, 0, Rounding.DOWN)),
        # Where so few people leave no whole number between the ends, the lower one decides.
        (_says(asks, Asks.BETWEEN), Greatest(ends, Round(part, 0, Rounding.UP))),
    )
    return If(IsNumber(share), cases(branches, Blank()), Blank())


def verdict(count: Var, low: Var, high: Var) -> Expr:
    """``多 2 人``, ``少 1 人`` or ``符合``; empty where nothing is asked."""
    too_many = If(IsNumber(high), Compare(Rel.GT, count, high), NEVER)
    return cases(
        (
            (too_many, Join((Text("多 "), Round(sub(count, high), 0), Text(" 人")))),
            (
                Compare(Rel.LT, count, low),
                Join((Text("少 "), Round(sub(low, count), 0), Text(" 人"))),
            ),
        ),
        Text("符合"),
    )


def _says(asks: Var, what: Asks) -> Expr:
    return Compare(Rel.EQ, asks, Text(LABELS[what]))
