"""按时: full points on time, points off for each day late."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from xladdin.formula.nodes import Expr, Greatest, Least, Named, Round, Rounding, mul, number, sub

from ..base import NonNegative, Positive
from ..quantities import Direction, Unit
from ..rule_models import MethodSettings
from ..rule_terms import ACTUAL, DEDUCTION, FLOOR, FULL, TARGET, ZERO, scored
from ..setting_declarations import Argument, CellColumn, Setting, Takes, Variant

MEASURE = CellColumn("measure", "计量方式", "按时计分：填迟交天数还是日期。", 10.0)


class DeadlineMethod(MethodSettings):
    """按时: full points on time, minus ``per_day`` for each day late (a begun day counts)."""

    kind: Literal["deadline"] = "deadline"
    measure: Annotated[
        Literal["days_late", "date"],
        Setting(
            Takes.CHOICE,
            MEASURE,
            ("计量方式", "计法"),
            "计量方式=日期",
            choices={"days_late": "迟交天数", "date": "日期"},
        ),
    ] = "days_late"
    """days_late: the actual is the number of days late; date: actual and target are dates."""
    per_day: Annotated[
        Positive,
        Setting(
            Takes.POINTS,
            DEDUCTION,
            ("每天扣", "每天扣分"),
            "每天扣=1",
            argument=Argument("per_day", "每天扣分", "1.3"),
        ),
    ]
    floor: Annotated[
        NonNegative,
        Setting(
            Takes.POINTS,
            FLOOR,
            ("保底", "最少得"),
            "保底=0",
            "填最少分数",
            argument=Argument("least_points", "最少得分", "0.7"),
        ),
    ] = Decimal(0)
    """Fewest points left, in points."""

    place = 80
    label = "按时计分"
    aliases = ("按时完成",)
    documented = "工作分析表中的时限标准；民法典第203条"
    variants = (
        Variant(
            "DEADLINE",
            "实际达成里写迟交天数，按时写0",
            (("0", "5", "1", "0"), ("3", "5", "1", "0")),
        ),
        Variant(
            "DEADLINE_DATE",
            "实际达成和目标都写日期",
            (("46331", "46329", "5", "1", "0"), ("46329", "46329", "5", "1", "0")),
            fixed={"measure": "date"},
        ),
    )

    @property
    def dated(self) -> bool:
        """Whether actual and target are dates."""
        return self.measure == "date"

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """full - k x days late, at least ``floor`` points; a begun day late counts as a day."""
        if self.dated:
            # A last day ends at 24:00 (Civil Code art. 203): the hour of a date does not count.
            due, done = (Round(day, 0, Rounding.DOWN) for day in (TARGET, ACTUAL))
            late: Expr = Greatest(sub(done, due), ZERO)
        else:
            late = Round(Greatest(ACTUAL, ZERO), 0, Rounding.UP)
        days = Named("迟交天数", late)
        left = sub(FULL, mul(number(self.per_day), days))
        # A floor above the full points would pay more for being late than the item is worth.
        floor = Least(number(self.floor), FULL) if self.floor else ZERO
        return scored(Greatest(left, floor), *((ACTUAL, TARGET) if self.dated else (ACTUAL,)))
