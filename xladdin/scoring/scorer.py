"""The score model of a scheme as a function: for whoever scores many people and months."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xladdin.domain.schemes import Scheme
from xladdin.formula.compiled import compiled
from xladdin.formula.evaluate import Value
from xladdin.formula.walk import variables

from .model import Model, score_model


class Scorer:
    """Every result of a scheme's form, with each tree walked only once."""

    def __init__(self, scheme: Scheme) -> None:
        model = score_model(scheme)
        self._programs = [(key, compiled(model[key])) for key in _in_order(model)]

    def values(self, inputs: Mapping[str, Value]) -> dict[str, Value]:
        """The same as ``solve(score_model(scheme), inputs)``, and the inputs."""
        known = dict(inputs)
        for key, program in self._programs:
            known[key] = program(known)
        return known


@lru_cache(maxsize=64)
def scorer_of(scheme: Scheme) -> Scorer:
    """A scheme's scorer, made once."""
    return Scorer(scheme)


def _in_order(model: Model) -> list[str]:
    """The keys, each behind those that its tree reads."""
    found: dict[str, None] = {}

    def settle(key: str) -> None:
        for needed in variables(model[key]):
            if needed in model and needed not in found:
                settle(needed)
        found.setdefault(key)

    for key in model:
        settle(key)
    return list(found)
