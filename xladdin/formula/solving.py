"""A model of trees made ready once, for whoever solves it again and again with other inputs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

from .arithmetic import Env, Value
from .compiled import compiled
from .nodes import Expr
from .range_programs import Program
from .straight_code import BROKEN_OFF, PLAIN, Run, straight
from .walk import variables

MOST_READY = 2_000
"""Trees that are kept ready: a report's model of a thousand is solved several times while it is made.

More would take more memory than they save time: each takes some kilobytes.
"""
OFTEN = 5
"""How often a model is solved before code is made for it."""


class _Ready(NamedTuple):
    """A tree with its program, and the names of what it reads."""

    tree: Expr
    program: Program
    reads: tuple[str, ...]


_ready: OrderedDict[int, _Ready] = OrderedDict()


def _made_ready(tree: Expr) -> _Ready:
    # By identity: to compare trees takes as long as to walk them.  What is kept keeps its number.
    found = _ready.get(id(tree))
    if found is None:
        found = _ready[id(tree)] = _Ready(tree, compiled(tree), tuple(variables(tree)))
        while len(_ready) > MOST_READY:
            _ready.popitem(last=False)
    return found


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
                known[name] = _made_ready(tree).program(known)
        # A range under the name of an expression would be a bug; whatever reads it says so.
        return {name: known[name] for name in self._names}  # type: ignore[misc]


def needed_for(name: str, model: Mapping[str, Expr]) -> dict[str, Expr]:
    """The part of a model that one of its expressions reads, and itself."""
    found: dict[str, Expr] = {}

    def need(one: str) -> None:
        if one in model and one not in found:
            found[one] = model[one]
            for read in _made_ready(model[one]).reads:
                need(read)

    need(name)
    return found


def in_order(model: Mapping[str, Expr]) -> list[str]:
    """The names, each behind those that its tree reads."""
    found: dict[str, None] = {}

    def settle(name: str) -> None:
        for needed in _made_ready(model[name]).reads:
            if needed in model and needed not in found:
                settle(needed)
        found.setdefault(name)

    for name in model:
        settle(name)
    return list(found)
