"""Trees made ready once, for whoever asks them again and again."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from .compiled import compiled
from .nodes import Expr
from .range_programs import Program
from .walk import ranges, variables

MOST_READY = 4_000
"""Trees that are kept ready: a report's model has a thousand, which is solved several times while it is
made, and a master that is read asks six to eight hundred.

More would take more memory than they save time: each takes some kilobytes.
"""


class Ready(NamedTuple):
    """A tree with its program, and what it reads, in the order of its first appearance."""

    tree: Expr
    program: Program
    variables: tuple[str, ...]
    ranges: tuple[str, ...]


_ready: OrderedDict[int, Ready] = OrderedDict()


def ready(tree: Expr) -> Ready:
    """The tree made ready; the oldest of too many are made anew when they are asked again."""
    # By identity: to compare trees takes as long as to walk them.  What is kept keeps its number.
    found = _ready.get(id(tree))
    if found is None:
        made = Ready(tree, compiled(tree), tuple(variables(tree)), tuple(ranges(tree)))
        found = _ready[id(tree)] = made
        while len(_ready) > MOST_READY:
            _ready.popitem(last=False)
    return found
