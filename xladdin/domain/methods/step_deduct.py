"""阶梯扣分: points off for each step that the target is missed by."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from xladdin.formula.nodes import Expr, Greatest, Named, Round, Rounding, div, mul, number, sub

from ..base import Measure, Positive
from ..quantities import Direction, Unit
from ..rule_models import MethodSettings
from ..rule_terms import ACTUAL, DEDUCTION, FULL, TARGET, ZERO, figure, scored
from ..setting_declarations import Argument, CellColumn, Setting, Takes, Variant

STEP = CellColumn("step", "级差", "阶梯扣分：每差多少扣一次。", 8.0)
STARTED = CellColumn("started", "不足一级", "不足一级怎样算。", 10.0)


class Started(StrEnum):
    """How a begun step counts: as a whole one, not at all, or in proportion."""

    WHOLE = "whole"
    IGNORED = "ignored"
    PROPORTIONAL = "proportional"


ROUNDINGS = {Started.WHOLE: Rounding.UP, Started.IGNORED: Rounding.DOWN}


class StepDeductMethod(MethodSettings):
    """阶梯扣分: minus ``points`` for each ``step`` short of the target, never below 0."""

    kind: Literal["step_deduct"] = "step_deduct"
    points: Annotated[
        Positive,
        Setting(
            Takes.POINTS,
            DEDUCTION,
            ("每档扣", "每档扣分"),
            "每档扣=1",
            argument=Argument("points_off", "每档扣分", "1.7"),
        ),
    ]
    step: Annotated[
        Measure,
        Field(gt=0),
        Setting(
            Takes.MEASURE,
            STEP,
            ("每档", "级差"),
            "每档=5%",
            argument=Argument("step_size", "每档", "0.19"),
        ),
    ]
    started: Annotated[
        Started,
        Setting(
            Takes.CHOICE,
            STARTED,
            ("不足一档", "不足一级"),
            "不足一档=按比例",
            choices={"whole": "按一级算", "ignored": "不计", "proportional": "按比例"},
        ),
    ] = Started.WHOLE

    place = 50
    label = "阶梯扣分"
    documented = "客服考核表通行做法（每低一档扣分）"
    variants = (
        Variant(
            "STEP_DEDUCT",
            "每低于目标一档扣分，不足一档按一档",
            (("0.93", "0.98", "10", "1", "0.02"), ("0.98", "0.98", "10", "1", "0.02")),
        ),
        Variant(
            "STEP_DEDUCT_LOWER",
            "每超过目标一档扣分，不足一档按一档",
            (("29", "24", "15", "1", "2"), ("20", "24", "15", "1", "2")),
            Direction.LOWER,
        ),
    )

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """full - d x (steps short of the target), at least 0."""
        higher = direction is Direction.HIGHER
        gap = sub(TARGET, ACTUAL) if higher else sub(ACTUAL, TARGET)
        short = Named("差额", Greatest(gap, ZERO))
        steps: Expr = div(short, figure(self.step, unit))
        if self.started in ROUNDINGS:
            steps = Round(steps, 0, ROUNDINGS[self.started])
        off = mul(number(self.points), Named("档数", steps))
        return scored(Greatest(sub(FULL, off), ZERO), ACTUAL, TARGET)
