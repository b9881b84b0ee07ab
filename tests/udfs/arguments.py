"""A method's settings as arguments of the function that can say them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.equality.strategies import Setting
from xladdin.domain.methods.deadline import DeadlineMethod
from xladdin.domain.methods.deduct import DeductMethod
from xladdin.domain.methods.judgement import JudgementMethod
from xladdin.domain.methods.linear import LinearMethod
from xladdin.domain.methods.pass_fail import PassFailMethod
from xladdin.domain.methods.percent import PercentMethod
from xladdin.domain.methods.step_deduct import Started, StepDeductMethod
from xladdin.domain.methods.steps import StepsMethod
from xladdin.domain.methods.veto import VetoMethod
from xladdin.domain.quantities import Direction
from xladdin.domain.rule_models import Adjustment, ScoringRule
from xladdin.domain.rule_terms import Basis, ZeroTarget
from xladdin.domain.setting_declarations import Path
from xladdin.formula.evaluate import Value
from xladdin.functions.lambda_variants import Variant

STEPS, BANDS = 4, 3


def as_arguments(variant: Variant, setting: Setting) -> Mapping[str, Value]:
    """The method's settings by the function's parameters; empty where it cannot say them."""
    method = setting.method
    if _turned(method, setting.direction) != _turned(variant.built, variant.direction):
        return {}
    match method:
        case PercentMethod(cap=Decimal(), zero_target=ZeroTarget.FULL):
            return {"cap_share": method.cap, "floor_share": method.floor}
        case VetoMethod():
            return {"per_event": method.per_event, "zero_at": method.zero_at}
        case DeductMethod(cap=Decimal()):
            return {"per_event": method.per_event, "most_off": method.cap}
        case StepsMethod(inclusive=True, basis=Basis.ACTUAL) if len(method.steps) <= STEPS:
            found = {"below": method.below}
            for i, step in enumerate(_padded(method.steps, STEPS), start=1):
                found |= {f"bound_{i}": step.bound, f"share_{i}": step.share}
            return found
        case StepDeductMethod(started=Started.WHOLE):
            return {"points_off": method.points, "step_size": method.step}
        case LinearMethod(low=low, high=high):
            ends = {"low_at": low.at, "low_share": low.share}
            ends |= {"high_at": high.at, "high_share": high.share}
            return ends | {"below": method.below}
        case PassFailMethod(bound=None, inclusive=True):
            return {"": None}
        case DeadlineMethod():
            return {"per_day": method.per_day, "least_points": method.floor}
        case JudgementMethod() if len(method.bands) <= BANDS:
            found = {}
            for i, band in enumerate(_padded(method.bands, BANDS), start=1):
                found |= {f"low_{i}": band.low, f"high_{i}": band.high}
            return found
        case PercentMethod() | DeductMethod() | StepsMethod() | StepDeductMethod():
            return {}
        case PassFailMethod() | JudgementMethod():
            return {}
        case _:
            return {one.name: _at(method, one.path) for one in variant.settings}


def _at(model: Any, path: Path) -> Value:
    """What a rule says at a place."""
    for step in path:
        model = model[step] if isinstance(step, int) else getattr(model, step)
    value: Value = model
    return value


def _turned(method: ScoringRule, direction: Direction) -> tuple[str, ...]:
    """What decides between the functions of one method."""
    match method:
        case VetoMethod() | DeductMethod() | JudgementMethod() | Adjustment():
            return ()
        case DeadlineMethod(measure=measure):
            return (measure,)
        case LinearMethod(basis=Basis.ACTUAL, low=low, high=high):
            return ("actual", str(high.at > low.at))
        case LinearMethod(low=low, high=high):
            # On the completion the end is always above the start.
            return ("completion", direction if high.at > low.at else "")
        case _:
            return (direction,)


def _padded(entries: tuple[Any, ...], count: int) -> list[Any]:
    """As a clerk fills the places that are left over: the last entry again."""
    return [*entries, *[entries[-1]] * (count - len(entries))]
