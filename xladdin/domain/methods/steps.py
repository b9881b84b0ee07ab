"""阶梯: thresholds, best first, each earning a share of the full points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from xladdin.formula.arithmetic import Value
from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import Expr, Named, Var, cases, mul
from xladdin.formula.questions import some

from ..base import Fault, Loc, Measure, Model, Ratio
from ..method_rules import bounds_rise, share_grows, steps_misplaced
from ..quantities import Direction, Unit
from ..raw import dicts, number
from ..rule_models import MethodSettings
from ..rule_terms import (
    ACTUAL,
    BASIS,
    BELOW,
    FULL,
    INCLUSIVE,
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
from ..sizes import MOST_STEPS

STEPS = StepKind("steps", "阶梯", {"low": "bound", "share": "share"})
FALLING = ("0.65", "1", "0.6", "0.9", "0.55", "0.8", "0.45", "0.75", "0")
RISING = ("15", "1", "20", "0.9", "25", "0.8", "30", "0.6", "0")


def _places(*bounds: str) -> tuple[Argument, ...]:
    """Bound and share of four steps; the sizes have to fall as those of real steps do."""
    shares = ("0.97", "0.83", "0.71", "0.59")
    pairs = enumerate(zip(bounds, shares, strict=True))
    found = [
        (
            Argument(f"bound_{i + 1}", f"第{i + 1}档界限", bound, path=("steps", i, "bound")),
            Argument(
                f"share_{i + 1}", f"第{i + 1}档比例", part, share=True, path=("steps", i, "share")
            ),
        )
        for i, (bound, part) in pairs
    ]
    return tuple(argument for pair in found for argument in pair)


class Step(Model):
    """One step: the threshold, in the unit compared, and the share of the weight it earns."""

    bound: Measure
    share: Ratio


class StepsMethod(MethodSettings):
    """阶梯: thresholds, best first, each earning a share of the weight; below the last, ``below``."""

    kind: Literal["steps"] = "steps"
    basis: Annotated[Basis, BASIS] = Basis.ACTUAL
    inclusive: Annotated[bool, INCLUSIVE] = True
    """True: a bound belongs to its step (>=, or <= where lower is better); False: > or <."""
    steps: Annotated[
        tuple[Step, ...],
        Field(min_length=1, max_length=MOST_STEPS),
        Listed(STEPS, ("阶梯",), "阶梯=65%:100%,60%:90%"),
    ]
    below: Annotated[Ratio, BELOW] = Decimal(0)

    place = 40
    label = "阶梯计分"
    documented = "客服考核表通行做法（响应时间、转化率分档）"
    variants = (
        Variant(
            "STEPS",
            "越高越好，四档；不够四档就重复最后一档",
            (("0.641", "20", *FALLING), ("0.44", "20", *FALLING)),
            arguments=_places("0.67", "0.61", "0.57", "0.43"),
        ),
        Variant(
            "STEPS_LOWER",
            "越低越好，四档；不够四档就重复最后一档",
            (("15", "15", *RISING), ("29", "15", *RISING)),
            Direction.LOWER,
            arguments=_places("13.7", "17.9", "23.3", "29.1"),
        ),
    )

    @property
    def most_share(self) -> Decimal | None:
        """What the best step earns."""
        return max(self.below, *(step.share for step in self.steps))

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """full x the share of the first step that is reached."""
        of: Expr = ACTUAL
        if self.of_completion:
            # An actual of 0 where lower is better lies above every step.
            best = self.steps[0].bound + Decimal(1)
            of, direction, unit = (
                completion(direction, best, ZeroTarget.FULL),
                Direction.HIGHER,
                Unit.PERCENT,
            )
        needed = (ACTUAL, TARGET) if self.of_completion else (ACTUAL,)
        branches = tuple(
            (
                better(direction, figure(step.bound, unit), inclusive=self.inclusive, of=of),
                share(step.share),
            )
            for step in self.steps
        )
        return scored(mul(FULL, Named("得分率", cases(branches, share(self.below)))), *needed)

    @classmethod
    def faults(cls, raw: Mapping[str, Any], lower: bool, loc: Loc) -> Iterator[Fault]:
        """Bounds or shares out of order, and more below the last step than on it."""
        rated: dict[str, Value] = {
            "lower": Decimal(lower),
            "completion": Decimal(raw.get("basis", "actual") == "completion"),
        }
        steps = [step for _, step in dicts(raw.get("steps"))]
        for i, (first, second) in enumerate(pairwise(steps), start=1):
            row: dict[str, Value] = {key: number(second, key) for key in ("bound", "share")}
            row |= {f"above_{key}": number(first, key) for key in ("bound", "share")}
            if _MISPLACED(row | rated):
                word = "由小到大" if _RISE(rated) else "由大到小"
                message = f"阶梯须{word}排列（最好的一档在前）"
                yield Fault("step_order", message, (*loc, "steps", i, "bound"))
            elif _SHARE_GROWS(row):
                message = "后一档的得分比例高于前一档"
                yield Fault("share_order", message, (*loc, "steps", i, "share"))
        shares = [number(step, "share") for step in steps]
        known = [each for each in shares if each is not None]
        yield from below_faults(raw, min(known, default=None), loc)


_RISING = bounds_rise(some(Var("lower")), some(Var("completion")))
_RISE = compiled(_RISING)
_MISPLACED = compiled(steps_misplaced(Var("bound"), Var("above_bound"), _RISING))
_SHARE_GROWS = compiled(share_grows(Var("share"), Var("above_share")))
