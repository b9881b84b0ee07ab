"""百分比计分制: points in proportion to the completion of the target."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from xladdin.formula.nodes import (
    Expr,
    Greatest,
    Least,
    Var,
    mul,
)

from ..base import Ratio
from ..quantities import Direction, Unit
from ..rule_models import MethodSettings
from ..rule_terms import (
    ACTUAL,
    CAP,
    FLOOR,
    FULL,
    TARGET,
    ZeroTarget,
    completion,
    exceeds,
    scored,
    share,
)
from ..setting_declarations import Argument, CellColumn, Demand, Setting, Takes, Variant

ZERO_TARGET = CellColumn("zero_target", "目标为0时", "目标为 0 时算满分还是 0 分。", 10.0)


class PercentMethod(MethodSettings):
    """百分比计分制: full points x actual/target (lower is better: target/actual)."""

    kind: Literal["percent"] = "percent"
    cap: Annotated[
        Ratio | None,
        Setting(
            Takes.RATIO,
            CAP,
            example="封顶=120%",
            told="填最高比例（如 120%）",
            argument=Argument("cap_share", "封顶比例", "1.31", share=True),
        ),
    ] = None
    """Highest ratio that counts; None is unlimited, which only higher-is-better allows."""
    floor: Annotated[
        Ratio,
        Setting(
            Takes.RATIO,
            FLOOR,
            example="保底=0%",
            told="填最低比例",
            argument=Argument("floor_share", "保底比例", "0.17", share=True),
        ),
    ] = Decimal(0)
    """Lowest ratio that counts."""
    zero_target: Annotated[
        ZeroTarget,
        Setting(
            Takes.CHOICE,
            ZERO_TARGET,
            ("目标为0", "目标为0时"),
            "目标为0=满分",
            choices={"full": "满分", "zero": "0分"},
        ),
    ] = ZeroTarget.FULL

    place = 10
    label = "百分比计分制"
    documented = "月度绩效考核表 RS201331"
    demands = (
        Demand(
            "cap_required",
            "越低越好的百分比计分制须写明封顶（cap），否则实际为0时得分无限大",
            "cap",
            lower=True,
        ),
        Demand(
            "floor_above_cap",
            "最低比例高于封顶",
            "floor",
            exceeds(Var("floor"), Var("cap")),
        ),
    )
    variants = (
        Variant(
            "PERCENT",
            "越高越好",
            (("97793.24", "109000", "20", "1", "0"), ("130", "100", "20", "1.2", "0")),
        ),
        Variant(
            "PERCENT_LOWER",
            "越低越好",
            (("0.0215", "0.02", "10", "1", "0"), ("0.017", "0.02", "10", "1.2", "0")),
            Direction.LOWER,
        ),
    )

    @property
    def most_share(self) -> Decimal | None:
        """As far as the completion counts."""
        return None if self.cap is None else max(self.cap, self.floor)

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """full x completion, the completion held between floor and cap."""
        best = Decimal(1) if self.cap is None else self.cap
        ratio = completion(direction, best, self.zero_target)
        if self.cap is not None:
            ratio = Least(ratio, share(self.cap))
        return scored(mul(FULL, Greatest(ratio, share(self.floor))), ACTUAL, TARGET)
