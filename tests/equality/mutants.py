"""Trees with one thing changed: what a proof of equality has to notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from xladdin.formula.nodes import (
    Compare,
    Expr,
    Greatest,
    Least,
    Rel,
    Round,
    Rounding,
)

FLIPPED = {Rel.GE: Rel.GT, Rel.GT: Rel.GE, Rel.LE: Rel.LT, Rel.LT: Rel.LE, Rel.EQ: Rel.GT}
OTHERWISE = {
    Rounding.UP: Rounding.DOWN,
    Rounding.DOWN: Rounding.UP,
    Rounding.HALF_UP: Rounding.DOWN,
}


def mutants(expr: Expr) -> Iterator[Expr]:
    """Every tree that differs in one sign, one way of rounding, or one cap for a floor."""
    match expr:
        case Compare(rel):
            yield replace(expr, rel=FLIPPED[rel])
        case Round(mode=mode):
            yield replace(expr, mode=OTHERWISE[mode])
        case Least(of, limit):
            yield Greatest(of, limit)
        case Greatest(of, limit):
            yield Least(of, limit)
        case _:
            pass
    for field in fields(expr):
        for changed in _changed(getattr(expr, field.name)):
            yield replace(expr, **{field.name: changed})  # type: ignore[arg-type]


def _changed(value: object) -> Iterator[object]:
    """A field's value with one change inside, where it holds expressions."""
    if isinstance(value, tuple):
        for i, part in enumerate(value):
            for changed in _changed(part):
                yield (*value[:i], changed, *value[i + 1 :])
    elif is_dataclass(value):
        yield from mutants(value)  # type: ignore[arg-type]
