"""What the laws are tried on: settings and inputs, drawn the same in every run."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.equality.collecting import few
from tests.equality.strategies import SETTINGS, Setting, fulls, turning
from xladdin.domain.methods import Method
from xladdin.domain.methods.linear import LinearEnd, LinearMethod
from xladdin.domain.methods.steps import Step, StepsMethod
from xladdin.domain.quantities import Direction
from xladdin.formula.evaluate import Value, evaluate

__all__ = ["Trial", "better_never_scores_less", "few", "trials", "tried"]


@dataclass(frozen=True)
class Trial:
    """A method as an indicator states it, with full points and a target."""

    method: Method
    direction: Direction = Direction.HIGHER
    full: Decimal = Decimal(20)
    target: Decimal = Decimal(0)

    def score(self, actual: Value) -> Decimal:
        """The score, which has to be a number."""
        value = self.value(full=self.full, actual=actual, target=self.target)
        assert isinstance(value, Decimal)
        return value

    def value(self, **inputs: Value) -> Value:
        """Whatever the rule gives."""
        return evaluate(self.method.expression(self.direction), inputs)


@st.composite
def trials(draw: DrawFn, kind: str) -> Trial:
    """Any plausible setting of a kind."""
    setting = draw(SETTINGS[kind])
    return _trial(setting, draw(fulls), draw(setting.targets))


def _trial(setting: Setting, full: Decimal, target: Decimal) -> Trial:
    return Trial(fair(setting.method), setting.direction, full, target)


def fair(method: Method) -> Method:
    """The same method with shares that do not fall where the actual gets better."""
    match method:
        case StepsMethod(steps=steps, below=below):
            *shares, last = sorted([below, *(step.share for step in steps)], reverse=True)
            paired = zip(steps, shares, strict=True)
            ordered = tuple(Step(bound=step.bound, share=share) for step, share in paired)
            return method.model_copy(update={"steps": ordered, "below": last})
        case LinearMethod(low=low, high=high, below=below):
            least, middle, most = sorted([below, low.share, high.share])
            fairer = {
                "low": LinearEnd(at=low.at, share=middle),
                "high": LinearEnd(at=high.at, share=most),
                "below": least,
            }
            return method.model_copy(update=fairer)
        case _:
            return method


@st.composite
def tried(draw: DrawFn, kind: str) -> tuple[Trial, Decimal, Decimal]:
    """A trial with two actuals, the smaller one first."""
    setting = draw(SETTINGS[kind])
    full, target = draw(fulls), draw(setting.targets)
    found = st.sampled_from(turning(setting, full, target))
    one, other = draw(found), draw(found)
    return _trial(setting, full, target), min(one, other), max(one, other)


def better_never_scores_less(kind: str, always: Direction | None = None) -> None:
    """Assert the law that a score does not fall where the actual gets better.

    ``always``: which way is better whatever the indicator says (a count of events: lower).
    """

    @few
    @given(tried(kind))
    def law(drawn: tuple[Trial, Decimal, Decimal]) -> None:
        trial, lower, higher = drawn
        low, high = trial.score(lower), trial.score(higher)
        rising = (always or trial.direction) is Direction.HIGHER
        assert (low <= high) if rising else (low >= high)

    law()
