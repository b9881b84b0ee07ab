"""The scoring methods' settings (the rules themselves are in ``xladdin.scoring``).

Sources: CONVENTIONS, table of scoring methods, gathered from published appraisal forms; 单项否决制
and 百分比计分制 as in the monthly form RS201331; 以上/以下/以内 include the number itself
(Civil Code of the PRC, article 1259), so "n events and more" is ``count >= n``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import Var

from .base import (
    Fault,
    Label,
    Measure,
    Model,
    NonNegative,
    Positive,
    Ratio,
    Sentence,
    validate_whole,
)
from .method_rules import ends_meet
from .raw import dicts, number
from .sizes import MOST_BANDS, MOST_STEPS


class ZeroTarget(StrEnum):
    """What a target of 0 counts as: reached (full) or worth nothing (zero)."""

    FULL = "full"
    ZERO = "zero"


class Basis(StrEnum):
    """What a threshold is compared with: the actual itself, or actual against target."""

    ACTUAL = "actual"
    COMPLETION = "completion"


class Started(StrEnum):
    """How a begun step counts: as a whole one, not at all, or in proportion."""

    WHOLE = "whole"
    IGNORED = "ignored"
    PROPORTIONAL = "proportional"


class PercentMethod(Model):
    """百分比计分制: full points x actual/target (lower is better: target/actual)."""

    kind: Literal["percent"] = "percent"
    cap: Ratio | None = None
    """Highest ratio that counts; None is unlimited, which only higher-is-better allows."""
    floor: Ratio = Decimal(0)
    """Lowest ratio that counts."""
    zero_target: ZeroTarget = ZeroTarget.FULL


class WholeForm(Model):
    """What a veto does to the whole form: the total becomes 0, or the grade is limited."""

    effect: Literal["total_zero", "grade_cap"]
    grade: Label | None = None
    """With grade_cap: the best grade that is still possible."""


class VetoMethod(Model):
    """单项否决制: minus k points per event; from n events on (n included) the item is 0."""

    kind: Literal["veto"] = "veto"
    per_event: NonNegative
    """Points taken off for each event."""
    zero_at: Positive
    """Number of events from which the item scores 0."""
    whole_form: WholeForm | None = None


class DeductMethod(Model):
    """扣分制: full points minus k per event, never below 0, optionally at most ``cap`` off."""

    kind: Literal["deduct"] = "deduct"
    per_event: Positive
    cap: Positive | None = None


class Step(Model):
    """One step: the threshold, in the unit compared, and the share of the weight it earns."""

    bound: Measure
    share: Ratio


class StepsMethod(Model):
    """阶梯: thresholds, best first, each earning a share of the weight; below the last, ``below``."""

    kind: Literal["steps"] = "steps"
    basis: Basis = Basis.ACTUAL
    inclusive: bool = True
    """True: a bound belongs to its step (>=, or <= where lower is better); False: > or <."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MOST_STEPS)]
    below: Ratio = Decimal(0)


class StepDeductMethod(Model):
    """阶梯扣分: minus ``points`` for each ``step`` short of the target, never below 0."""

    kind: Literal["step_deduct"] = "step_deduct"
    points: Positive
    step: Annotated[Measure, Field(gt=0)]
    started: Started = Started.WHOLE


class LinearEnd(Model):
    """One end of a straight line: where (in the basis) and the share of the weight there."""

    at: Measure
    share: Ratio


class LinearMethod(Model):
    """线性插值: a straight line between two ends; ``below`` under the low end, flat above the high."""

    kind: Literal["linear"] = "linear"
    basis: Basis = Basis.COMPLETION
    low: LinearEnd
    high: LinearEnd
    below: Ratio = Decimal(0)

    @model_validator(mode="wrap")
    @classmethod
    def _ends_differ(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, _line_faults, cls.__name__)


_ENDS_MEET = compiled(ends_meet(Var("start"), Var("end")))


def _line_faults(data: dict[str, Any]) -> list[Fault]:
    low, high = ((data.get(end) or {}) for end in ("low", "high"))
    if not (isinstance(low, dict) and isinstance(high, dict)):
        return []
    if _ENDS_MEET({"start": number(low, "at"), "end": number(high, "at")}):
        return [Fault("line_ends_equal", "线性插值的起点和终点不能相同", ("high", "at"))]
    return []


class PassFailMethod(Model):
    """达标制: full points when the comparison with the target (or a fixed bound) holds, else 0."""

    kind: Literal["pass_fail"] = "pass_fail"
    bound: Measure | None = None
    """Fixed bound; None compares with the target."""
    inclusive: bool = True


class DeadlineMethod(Model):
    """按时: full points on time, minus ``per_day`` for each day late (a begun day counts)."""

    kind: Literal["deadline"] = "deadline"
    measure: Literal["days_late", "date"] = "days_late"
    """days_late: the actual is the number of days late; date: actual and target are dates."""
    per_day: Positive
    floor: NonNegative = Decimal(0)
    """Fewest points left, in points."""


class Band(Model):
    """One described band of a subjective rating, both ends included, in points."""

    low: NonNegative
    high: NonNegative
    text: Sentence


class JudgementMethod(Model):
    """主观评分: a person picks points inside a described band; between bands is refused."""

    kind: Literal["judgement"] = "judgement"
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=MOST_BANDS)]

    @model_validator(mode="wrap")
    @classmethod
    def _bands_are_apart(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, _band_faults, cls.__name__)

    @property
    def top(self) -> Decimal:
        """The best points of any band: what the full weight corresponds to."""
        return max(band.high for band in self.bands)


def _band_faults(data: dict[str, Any]) -> Sequence[Fault]:
    bands = dicts(data.get("bands"))
    try:
        spans = sorted((band["low"], band["high"], i) for i, band in bands)
        backwards = [i for low, high, i in spans if low > high]
        overlaps = [right[2] for left, right in pairwise(spans) if left[1] >= right[0]]
        flat = bool(spans) and max(high for _, high, _ in spans) <= 0
    except (KeyError, TypeError):
        return []  # the field checks name what is missing or not a number
    return [
        *(Fault("band_backwards", "评分档的下限大于上限", ("bands", i)) for i in backwards),
        *(Fault("band_overlap", "评分档与另一档重叠", ("bands", i)) for i in overlaps),
        *([Fault("band_all_zero", "各评分档的上限都是0，无法得分", ("bands",))] if flat else []),
    ]


Method = Annotated[
    PercentMethod
    | VetoMethod
    | DeductMethod
    | StepsMethod
    | StepDeductMethod
    | LinearMethod
    | PassFailMethod
    | DeadlineMethod
    | JudgementMethod,
    Field(discriminator="kind"),
]

METHOD_LABELS: dict[str, str] = {
    "percent": "百分比计分制",
    "veto": "单项否决制",
    "deduct": "扣分制",
    "steps": "阶梯计分",
    "step_deduct": "阶梯扣分",
    "linear": "线性插值",
    "pass_fail": "达标制",
    "deadline": "按时计分",
    "judgement": "主观评分",
}
