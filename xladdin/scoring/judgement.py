"""主观评分: a person picks points inside one of the described bands."""

from __future__ import annotations

from xladdin.domain.methods import Band, JudgementMethod
from xladdin.domain.quantities import Direction, Unit
from xladdin.formula.nodes import (
    AllOf,
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Rel,
    Round,
    div,
    mul,
    number,
    one_of,
)

from .terms import ACTUAL, FULL, SCORE_DIGITS, Rule


def within(band: Band, of: Expr = ACTUAL) -> Expr:
    """Whether points lie inside a band, both ends included."""
    low, high = number(band.low), number(band.high)
    if band.low == band.high:
        return Compare(Rel.EQ, of, low)
    return AllOf((Compare(Rel.GE, of, low), Compare(Rel.LE, of, high)))


def expression(method: JudgementMethod, direction: Direction, unit: Unit) -> Expr:
    """full x points / best points; points between the bands count as not filled in."""
    allowed = one_of(tuple(within(band) for band in method.bands))
    points = Round(mul(FULL, div(ACTUAL, number(method.top))), SCORE_DIGITS)
    return If(IsNumber(ACTUAL), If(allowed, points, Blank()), Blank())


RULE = Rule("主观评分", "月度绩效考核表 RS201331（工作主动性）", expression, "评分")
