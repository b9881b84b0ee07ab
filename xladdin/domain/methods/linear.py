"""线性插值: a straight line between a low end and a high end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import model_validator

from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import Expr, Named, Var, add, cases, div, mul, sub
from xladdin.formula.questions import some

from ..base import Fault, Loc, Measure, Model, Ratio, validate_whole
from ..method_rules import ends_meet, line_falls
from ..quantities import Direction, Unit
from ..raw import number
from ..rule_models import MethodSettings
from ..rule_terms import (
    ACTUAL,
    BASIS,
    BELOW,
    FULL,
    TARGET,
    Basis,
    ZeroTarget,
    below_faults,
    better,
    completion,
    figure,
    scored,
    share,
)
from ..setting_declarations import Argument, Listed, StepKind, Variant

ENDS = StepKind("ends", "线性端点", {"low": "at", "share": "share"})
OF_ACTUAL = {"basis": "actual"}


def _places(low: str, high: str, *, shares: bool = False) -> tuple[Argument, ...]:
    return (
        Argument("low_at", "起点", low, shares, ("low", "at")),
        Argument("low_share", "起点比例", "0.37", True, ("low", "share")),
        Argument("high_at", "终点", high, shares, ("high", "at")),
        Argument("high_share", "终点比例", "0.91", True, ("high", "share")),
    )


class LinearEnd(Model):
    """One end of a straight line: where (in the basis) and the share of the weight there."""

    at: Measure
    share: Ratio


class LinearMethod(MethodSettings):
    """线性插值: a straight line between two ends; ``below`` under the low end, flat above the high."""

    kind: Literal["linear"] = "linear"
    basis: Annotated[Basis, BASIS] = Basis.COMPLETION
    low: Annotated[LinearEnd, Listed(ENDS, ("起点", "下端"), "起点=60%:40%")]
    high: Annotated[LinearEnd, Listed(ENDS, ("终点", "上端"), "终点=100%:100%")]
    below: Annotated[Ratio, BELOW] = Decimal(0)

    place = 60
    label = "线性插值"
    documented = "客服考核表通行做法（底线与目标之间按比例）"
    variants = (
        Variant(
            "LINEAR",
            "按完成率，越高越好",
            (
                ("0.9", "0.95", "20", "0.6", "0.4", "1", "1", "0"),
                ("0.5", "0.95", "20", "0.6", "0.4", "1", "1", "0"),
            ),
            arguments=_places("0.61", "1.03", shares=True),
        ),
        Variant(
            "LINEAR_LOWER",
            "按完成率，越低越好",
            (
                ("30", "24", "20", "0.6", "0.4", "1", "1", "0"),
                ("24", "24", "20", "0.6", "0.4", "1", "1", "0"),
            ),
            Direction.LOWER,
            arguments=_places("0.61", "1.03", shares=True),
        ),
        Variant(
            "LINEAR_ACTUAL",
            "按实际值，越高越好",
            (
                ("85", "10", "60", "0.4", "100", "1", "0"),
                ("55", "10", "60", "0.4", "100", "1", "0"),
            ),
            fixed=OF_ACTUAL,
            arguments=_places("61", "103"),
        ),
        Variant(
            "LINEAR_ACTUAL_LOWER",
            "按实际值，越低越好（起点大于终点）",
            (
                ("40", "15", "60", "0.4", "30", "1", "0"),
                ("70", "15", "60", "0.4", "30", "1", "0"),
            ),
            Direction.LOWER,
            fixed=OF_ACTUAL,
            arguments=_places("103", "61"),
        ),
    )

    @model_validator(mode="wrap")
    @classmethod
    def _ends_differ(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, _line_faults, cls.__name__)

    @property
    def most_share(self) -> Decimal | None:
        """What the better end of the line earns."""
        return max(self.low.share, self.high.share, self.below)

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """full x share: ``below`` under the low end, the line between, flat from the high end on."""
        low, high = self.low, self.high
        of: Expr = ACTUAL
        needed: tuple[Var, ...] = (ACTUAL,)
        if self.of_completion:
            of, unit = completion(direction, high.at, ZeroTarget.FULL), Unit.PERCENT
            needed = (ACTUAL, TARGET)
        # The line itself says which way is better: 100 -> full, 60 -> less, or the other way round.
        way = Direction.HIGHER if high.at > low.at else Direction.LOWER
        start, span = figure(low.at, unit), figure(abs(high.at - low.at), unit)
        risen = div(sub(of, start) if way is Direction.HIGHER else sub(start, of), span)
        line = add(share(low.share), mul(share(high.share - low.share), risen))
        branches = (
            (better(way, figure(high.at, unit), inclusive=True, of=of), share(high.share)),
            (better(way, figure(low.at, unit), inclusive=True, of=of), line),
        )
        return scored(mul(FULL, Named("得分率", cases(branches, share(self.below)))), *needed)

    @classmethod
    def faults(cls, raw: Mapping[str, Any], lower: bool, loc: Loc) -> Iterator[Fault]:
        """More below the low end than on it; an end of a completion below its start."""
        low, high = raw.get("low"), raw.get("high")
        if not (isinstance(low, dict) and isinstance(high, dict)):
            return
        yield from below_faults(raw, number(low, "share"), loc)
        completed = Decimal(raw.get("basis", "completion") == "completion")
        ends = {"start": number(low, "at"), "end": number(high, "at")}
        if _LINE_FALLS({"completion": completed, **ends}):
            yield Fault("line_falls", "按完成率计分时，终点不能低于起点", (*loc, "high", "at"))


_ENDS_MEET = compiled(ends_meet(Var("start"), Var("end")))
_LINE_FALLS = compiled(line_falls(some(Var("completion")), Var("start"), Var("end")))


def _line_faults(data: dict[str, Any]) -> list[Fault]:
    low, high = ((data.get(end) or {}) for end in ("low", "high"))
    if not (isinstance(low, dict) and isinstance(high, dict)):
        return []
    if _ENDS_MEET({"start": number(low, "at"), "end": number(high, "at")}):
        return [Fault("line_ends_equal", "线性插值的起点和终点不能相同", ("high", "at"))]
    return []
