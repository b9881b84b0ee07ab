"""A model of trees made ready once, for whoever solves it again and again with other inputs."""

from __future__ import annotations

from collections.abc import Mapping

from .arithmetic import Env, Value
from .compiled import compiled
from .nodes import Expr
from .walk import variables


class Solver:
    """Every expression of a model in an order in which each finds what it reads."""

    def __init__(self, model: Mapping[str, Expr]) -> None:
        """Raises RecursionError on a model that reads itself in a circle: a bug of who built it."""
        self._names = tuple(model)
        self._programs = [(name, compiled(model[name])) for name in in_order(model)]

    def values(self, inputs: Env) -> dict[str, Value]:
        """The values of all expressions; one that is among the inputs is taken from there."""
        known = dict(inputs)
        for name, program in self._programs:
            if name not in known:
                known[name] = program(known)
        # A range under the name of an expression would be a bug; whatever reads it says so.
        return {name: known[name] for name in self._names}  # type: ignore[misc]


def in_order(model: Mapping[str, Expr]) -> list[str]:
    """The names, each behind those that its tree reads."""
    found: dict[str, None] = {}

    def settle(name: str) -> None:
        for needed in variables(model[name]):
            if needed in model and needed not in found:
                settle(needed)
        found.setdefault(name)

    for name in model:
        settle(name)
    return list(found)
