"""The score model of a scheme as a function: for whoever scores many people and months."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.formula.solving import Solver

from .model import score_model


class Scorer:
    """Every result of a scheme's form, with each tree walked only once."""

    def __init__(self, scheme: Scheme) -> None:
        self._solver = Solver(score_model(scheme))

    def results(self, inputs: Mapping[str, Value]) -> dict[str, Value]:
        """The same as ``solve(score_model(scheme), inputs)``."""
        return self._solver.values(inputs)

    def values(self, inputs: Mapping[str, Value]) -> dict[str, Value]:
        """The results, and the inputs."""
        return {**inputs, **self.results(inputs)}


@lru_cache(maxsize=64)
def scorer_of(scheme: Scheme) -> Scorer:
    """A scheme's scorer, made once."""
    return Scorer(scheme)
