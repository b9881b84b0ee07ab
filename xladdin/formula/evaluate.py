"""Back-end 1: the value of a tree in Python, and of a whole model of trees.

What a node means stands in ``compiled``; how values are calculated with, in ``arithmetic``.
"""

from __future__ import annotations

from collections.abc import Mapping

from .arithmetic import Cells, Env, NotANumberError, Value, rounded, snap, text_of
from .compiled import compiled
from .nodes import Expr, Var
from .solving import Solver

__all__ = [
    "Cells",
    "Env",
    "NotANumberError",
    "Value",
    "evaluate",
    "rounded",
    "snap",
    "solve",
    "text_of",
]


def evaluate(expr: Expr, env: Env) -> Value:
    """The value of a tree; ``env`` gives variables and ranges, a variable that it lacks is empty."""
    return compiled(expr)(env)


def solve(model: Mapping[str, Expr], inputs: Env) -> dict[str, Value]:
    """The values of all expressions of a model, each of which may read the others by name.

    Raises RecursionError on a model that reads itself in a circle: a bug of who built it.
    """
    rest = {name: tree for name, tree in model.items() if name not in inputs}
    found = Solver(rest).values(inputs)
    return {name: found[name] if name in rest else evaluate(Var(name), inputs) for name in model}
