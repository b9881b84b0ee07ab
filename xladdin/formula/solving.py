"""A model of trees made ready once, for whoever solves it again and again with other inputs."""

from __future__ import annotations

from collections.abc import Mapping

from .arithmetic import Env, Value
from .nodes import Expr
from .ready import ready
from .straight_code import BROKEN_OFF, PLAIN, Run, straight

OFTEN = 5
"""How often a model is solved before code is made for it."""


class Solver:
    """Every expression of a model in an order in which each finds what it reads."""

    def __init__(self, model: Mapping[str, Expr]) -> None:
        """Raises RecursionError on a model that reads itself in a circle: a bug of who built it."""
        self._names = tuple(model)
        self._model = {name: model[name] for name in in_order(model)}
        self._asked = 0
        self._run: Run | None = None

    def values(self, inputs: Env) -> dict[str, Value]:
        """The values of all expressions; one that is among the inputs is taken from there."""
        return self._straight(inputs) or self._step_by_step(inputs)

    def _straight(self, inputs: Env) -> dict[str, Value] | None:
        """By the code of the whole model, which is worth its making when it is asked often; None
        where it does not fit these inputs."""
        self._asked += 1
        if self._asked == OFTEN:
            self._run = straight(self._model)
        if self._run is None or not PLAIN.issuperset(map(type, inputs.values())):
            return None
        known = dict(inputs)
        try:
            self._run(known)
        except BROKEN_OFF:
            return None
        if len(known) != len(inputs) + len(self._names):
            return None  # some of the expressions are among the inputs
        return {name: known[name] for name in self._names}  # type: ignore[misc]

    def _step_by_step(self, inputs: Env) -> dict[str, Value]:
        known = dict(inputs)
        for name, tree in self._model.items():
            if name not in known:
                known[name] = ready(tree).program(known)
        # A range under the name of an expression would be a bug; whatever reads it says so.
        return {name: known[name] for name in self._names}  # type: ignore[misc]


def needed_for(name: str, model: Mapping[str, Expr]) -> dict[str, Expr]:
    """The part of a model that one of its expressions reads, and itself."""
    found: dict[str, Expr] = {}

    def need(one: str) -> None:
        if one in model and one not in found:
            found[one] = model[one]
            for read in ready(model[one]).variables:
                need(read)

    need(name)
    return found


def in_order(model: Mapping[str, Expr]) -> list[str]:
    """The names, each behind those that its tree reads."""
    found: dict[str, None] = {}

    def settle(name: str) -> None:
        for needed in ready(model[name]).variables:
            if needed in model and needed not in found:
                settle(needed)
        found.setdefault(name)

    for name in model:
        settle(name)
    return list(found)
