"""Rules whose settings are parameters.

A rule's code asks for its settings as numbers, so each setting is given a size of its own; in the
finished tree the sizes are then replaced by variables.  A number that is neither a setting, nor
computed from settings, nor one of the few that rules contain, is an error here: a formula with an
example size left in it would be worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from itertools import permutations
from typing import Any

from xladdin.formula.nodes import (
    Blank,
    Expr,
    If,
    IsNumber,
    Num,
    Text,
    Var,
    add,
    all_of,
    number,
    sub,
)

OWN_NUMBERS = frozenset({Decimal(0), Decimal(1)})
"""Numbers that rules contain by themselves."""
INCOMPLETE = "#参数不全"
Sizes = Mapping[str, Decimal]
"""Parameter -> a size that no other number in the tree has."""


class StrangeNumberError(Exception):
    """A rule's tree holds a number that comes from no setting: it cannot be parameterised so."""


def parameterised(expr: Expr, sizes: Sizes) -> Expr:
    """The tree with every number that came from a setting read from a variable instead.

    Raises StrangeNumberError for a number that came from nowhere.
    """
    known: dict[Decimal, Expr] = {size: Var(name) for name, size in sizes.items()}
    for (one, first), (other, second) in permutations(sizes.items(), 2):
        known.setdefault(first - second, sub(Var(one), Var(other)))
    for name, size in sizes.items():
        known.setdefault(size + 1, add(Var(name), number(1)))

    def found(node: Num) -> Expr:
        if node.value in OWN_NUMBERS:
            return node
        if node.value not in known:
            raise StrangeNumberError(f"{node.value} in {expr}")
        return known[node.value]

    replaced: Expr = _numbers_replaced(expr, found)
    return replaced


def guarded(rule: Expr, settings: Iterable[str]) -> Expr:
    """The rule, unless full points or a setting is missing, which Excel would take for 0."""
    needed = tuple(IsNumber(Var(name)) for name in ("full", *settings))
    incomplete = If(IsNumber(Var("actual")), Text(INCOMPLETE), Blank())
    return If(all_of(needed), rule, incomplete)


def _numbers_replaced(expr: Any, found: Callable[[Num], Expr]) -> Any:
    """Any part of a tree with its numbers replaced."""
    if isinstance(expr, Num):
        return found(expr)
    if isinstance(expr, tuple):
        return tuple(_numbers_replaced(part, found) for part in expr)
    if not is_dataclass(expr) or isinstance(expr, type):
        return expr
    parts = {each.name: getattr(expr, each.name) for each in fields(expr)}
    return replace(expr, **{n: _numbers_replaced(part, found) for n, part in parts.items()})
