"""多月得分: what the totals of several months come to, one expression per rule.

As companies publish them: the plain mean; a weighted mean, the later months counting for more; the mean
of the best n months.  A month without a total counts for nothing: it is no 0, and its weight falls to
the others.  Points, rounded half-up to 0.01.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountNumbers,
    Expr,
    If,
    IsNumber,
    Rel,
    Round,
    SumNumbers,
    Var,
    add,
    div,
    mul,
    number,
)
from xladdin.formula.questions import some

from .base import Model, Positive, is_none
from .quantities import plain

MOST_MONTHS = 12
POINTS = 2
"""Decimals of a mean of points."""
EXAMPLES = "平均、加权：20%、30%、50%、最好2个月"
_WEIGHTS = re.compile(r"加权(?:平均)?:?([0-9.%,、;:/+和]++)")
_BEST = re.compile(r"(?:取|最好的?|最高的?|取最好的?|取最高的?)([0-9]{1,2})个?月(?:的?平均)?")
_PLAIN = ("平均", "平均分", "算术平均", "各月平均", "简单平均")
_BETWEEN = re.compile(r"[,、;:/+和]")


class AverageKind(StrEnum):
    """How months are averaged."""

    PLAIN = "plain"
    WEIGHTED = "weighted"
    BEST = "best"


LABELS = {
    AverageKind.PLAIN: "各月平均",
    AverageKind.WEIGHTED: "加权平均",
    AverageKind.BEST: "最好几个月的平均",
}


def _without_sign(value: Any) -> Any:
    """Percent signs do not matter: weights are shares of their sum."""
    return value.strip().removesuffix("%").removesuffix("％") if isinstance(value, str) else value


def _or_text(schema: dict[str, Any]) -> None:
    """In JSON Schema, too, a rule may be written as in a cell."""
    stated = dict(schema)
    schema.clear()
    schema["anyOf"] = [stated, {"type": "string"}]


class AverageRule(Model):
    """A scheme's rule for several months."""

    model_config = ConfigDict(json_schema_extra=_or_text)

    kind: AverageKind = AverageKind.PLAIN
    month_weights: Annotated[
        tuple[Annotated[Positive, BeforeValidator(_without_sign)], ...] | None,
        Field(min_length=2, max_length=MOST_MONTHS, exclude_if=is_none),
    ] = None
    """Of the months in their order, in any measure; only of ``weighted``."""
    best: Annotated[int | None, Field(ge=1, le=MOST_MONTHS - 1, exclude_if=is_none)] = None
    """How many of the best months count; only of ``best``."""

    @model_validator(mode="before")
    @classmethod
    def _spelled(cls, data: Any) -> Any:
        """Also as it is written in a cell: ``平均``, ``加权：20%、30%、50%``, ``最好2个月``."""
        if not isinstance(data, str):
            return data
        said = "".join(unicodedata.normalize("NFKC", data).split())
        if said in _PLAIN:
            return {"kind": AverageKind.PLAIN}
        if (found := _BEST.fullmatch(said)) is not None:
            return {"kind": AverageKind.BEST, "best": int(found[1])}
        if (found := _WEIGHTS.fullmatch(said)) is not None:
            return {"kind": AverageKind.WEIGHTED, "month_weights": _weights(found[1])}
        raise PydanticCustomError(
            "average", "多月得分「{said}」看不懂，请写成 {examples} 的样子",
            {"said": data[:30], "examples": EXAMPLES},
        )  # fmt: skip

    @model_validator(mode="after")
    def _whole(self) -> AverageRule:
        lacks = {AverageKind.WEIGHTED: self.month_weights, AverageKind.BEST: self.best}
        if self.kind in lacks and lacks[self.kind] is None:
            raise PydanticCustomError(
                "average", "多月得分写了加权要写各月的权重，写了最好几个月要写几个月，如 {examples}",
                {"examples": EXAMPLES},
            )  # fmt: skip
        return self

    def __str__(self) -> str:
        match self.kind:
            case AverageKind.WEIGHTED:
                whole = sum(self.month_weights or (), Decimal(0)) == 100
                shown = (plain(each) + ("%" if whole else "") for each in self.month_weights or ())
                return f"加权：{'、'.join(shown)}"
            case AverageKind.BEST:
                return f"最好{self.best}个月"
            case _:
                return "平均"

    @property
    def told(self) -> str:
        """The rule in a sentence."""
        match self.kind:
            case AverageKind.WEIGHTED:
                shown = "、".join(plain(each) for each in self.month_weights or ())
                return f"多月得分＝各月总分按 {shown} 加权平均；没有总分的月份，权重归其余月份"
            case AverageKind.BEST:
                return f"多月得分＝最好的 {self.best} 个月总分的平均；没有总分的月份不算"
            case _:
                return "多月得分＝有总分的各月的平均；没有总分的月份不算，不当 0 分"

    def fits(self, months: int) -> bool:
        """Whether it says something of so many months: of each its weight."""
        return self.kind is not AverageKind.WEIGHTED or len(self.month_weights or ()) == months

    def expressions(self, months: Sequence[str], counted: str) -> Mapping[str, Expr]:
        """The mean over the months' keys under ``""``, and what it needs of each month under
        ``counted`` with the month's number.

        Nothing where no month has a total; ``fits`` has been asked before.
        """
        cells = tuple(map(Var, months))
        match self.kind:
            case AverageKind.WEIGHTED:
                return {"": self._weighted(cells)}
            case AverageKind.BEST:
                own = {
                    f"{counted}{i}": _counts(cells, i, self.best or 1) for i in range(len(cells))
                }
                return {**own, "": _mean(tuple(map(Var, own)))}
            case _:
                return {"": _mean(cells)}

    def _weighted(self, cells: Sequence[Var]) -> Expr:
        weights = [number(each) for each in self.month_weights or ()]
        pairs = list(zip(cells, weights, strict=True))
        points = _sum([If(IsNumber(cell), mul(cell, each), number(0)) for cell, each in pairs])
        whole = _sum([If(IsNumber(cell), each, number(0)) for cell, each in pairs])
        known = some(CountNumbers(tuple(cells)))
        return If(known, Round(div(points, whole), POINTS), Blank())


def _weights(said: str) -> Iterator[str]:
    return (each.removesuffix("%") for each in _BETWEEN.split(said) if each)


def _mean(cells: tuple[Var, ...]) -> Expr:
    known = CountNumbers(cells)
    return If(some(known), Round(div(SumNumbers(cells), known), POINTS), Blank())


def _counts(cells: Sequence[Var], own: int, best: int) -> Expr:
    """A month's total, if fewer than ``best`` others come before it: of two alike the earlier."""
    mine = cells[own]
    before = [
        If(IsNumber(cell), If(_before(cell, mine, i < own), number(1), number(0)), number(0))
        for i, cell in enumerate(cells)
        if i != own
    ]
    among = Compare(Rel.LT, _sum(before), number(best))
    return If(IsNumber(mine), If(among, mine, Blank()), Blank())


def _before(cell: Var, mine: Var, earlier: bool) -> Expr:
    return Compare(Rel.GE if earlier else Rel.GT, cell, mine)


def _sum(parts: Sequence[Expr]) -> Expr:
    found = parts[0]
    for part in parts[1:]:
        found = add(found, part)
    return found
