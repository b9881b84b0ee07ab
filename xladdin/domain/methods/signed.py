"""加减分项: one row for praise and complaint, from so many points off to so many points on."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from xladdin.formula.nodes import (
    AllOf,
    Blank,
    Compare,
    Expr,
    If,
    Rel,
    Round,
    Var,
    number,
    sub,
)

from ..base import Positive
from ..quantities import Direction, Unit
from ..rule_models import Adjustment
from ..rule_terms import ACTUAL, SCORE_DIGITS, ZERO, entered
from ..setting_declarations import Argument, CellColumn, Setting, Takes, Variant

MOST_OFF = CellColumn("most_off", "最多减", "加减分项：最多减几分，写正数。", 8.0)


class Signed(Adjustment):
    """加减分项: signed points, from ``-most_off`` to ``cap``, that are added to the total.

    Points outside are refused, not cut: nobody would see that 12 counted as 5.
    """

    kind: Literal["signed"] = "signed"
    most_off: Annotated[
        Positive,
        Setting(
            Takes.POINTS,
            MOST_OFF,
            example="最多减=10",
            argument=Argument("most_off", "减分上限", "5.3"),
        ),
    ]
    """Most points that may be taken off, without a sign."""

    place = 120
    label = "加减分项"
    aliases = ("加减分",)
    documented = "客服考核表通行做法（表扬加分、投诉减分写在一行）"
    points_unit: ClassVar[Unit] = Unit.SIGNED
    refuses: ClassVar[bool] = True
    least: ClassVar[Expr] = sub(ZERO, Var("most_off"))
    variants = (
        Variant(
            "SIGNED",
            "加分写正数，减分写负数，超出范围不计，不填为0",
            (("3.5", "5", "10"), ("-8", "5", "10")),
        ),
    )

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """What was entered, where it lies inside; nothing where it does not; empty is none."""
        inside = AllOf(
            (
                Compare(Rel.GE, ACTUAL, number(self.low)),
                Compare(Rel.LE, ACTUAL, number(self.high)),
            )
        )
        points = If(inside, Round(ACTUAL, SCORE_DIGITS), Blank())
        return entered(points)
