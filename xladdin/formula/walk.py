"""Walking a tree: its children, its variables, and the same tree with variables replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import assert_never, cast

from .nodes import (
    AllOf,
    AnyOf,
    Arith,
    Blank,
    Compare,
    CountNumbers,
    Expr,
    Greatest,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Least,
    Length,
    Listing,
    Named,
    Not,
    Num,
    Round,
    SumNumbers,
    Text,
    Var,
)
from .ranges.nodes import (
    CountWhere,
    FirstMatch,
    NthFilled,
    PickWhere,
    SumWhere,
    ranges_in,
    values_in,
    with_values,
)


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct sub-expressions, left to right."""
    match expr:
        case Num() | Text() | Blank() | Var():
            return ()
        case Arith(_, left, right) | Compare(_, left, right):
            return (left, right)
        case AllOf(tests) | AnyOf(tests):
            return tests
        case IsNumber(of) | IsEmpty(of) | Not(of) | Length(of) | Named(_, of) | Round(of):
            return (of,)
        case If(test, then, otherwise):
            return (test, then, otherwise)
        case Least(of, limit) | Greatest(of, limit):
            return (of, limit)
        case CountNumbers(of) | SumNumbers(of):
            return of
        case Join(parts):
            return parts
        case Listing(items):
            return tuple(test for test, _ in items)
        case CountWhere(tests) | SumWhere(_, tests) | PickWhere(_, tests):
            return values_in(tests)
        case FirstMatch(of) | NthFilled(_, of):
            return (of,)
        case _:
            assert_never(expr)


def nodes(expr: Expr) -> Iterator[Expr]:
    """The tree's nodes, parents first."""
    yield expr
    for child in children(expr):
        yield from nodes(child)


def variables(expr: Expr) -> dict[str, Var]:
    """The variables that the tree reads, in the order of their first appearance."""
    return {node.name: node for node in nodes(expr) if isinstance(node, Var)}


def ranges(expr: Expr) -> dict[str, None]:
    """The names of the ranges that the tree reads, in the order of their first appearance."""
    found: dict[str, None] = {}
    for node in nodes(expr):
        match node:
            case CountWhere(tests):
                looked_at = ranges_in(tests)
            case SumWhere(of, tests) | PickWhere(of, tests):
                looked_at = (of, *ranges_in(tests))
            case FirstMatch(_, of) | NthFilled(of):
                looked_at = (of,)
            case _:
                continue
        found |= dict.fromkeys(one.name for one in looked_at)
    return found


def substitute(expr: Expr, values: Mapping[str, Expr]) -> Expr:
    """The tree with the named variables replaced; where a node asks about a
    variable itself, only by a variable."""
    match expr:
        case Var(name):
            return values.get(name, expr)
        case Num() | Text() | Blank():
            return expr
        case Arith(_, left, right) | Compare(_, left, right):
            return replace(expr, left=substitute(left, values), right=substitute(right, values))
        case AllOf(tests) | AnyOf(tests):
            return replace(expr, tests=tuple(substitute(test, values) for test in tests))
        case IsNumber(of) | IsEmpty(of) | Length(of):
            return replace(expr, of=cast("Var", substitute(of, values)))
        case Named(_, of) | Round(of) | Not(of) | FirstMatch(of):
            return replace(expr, of=substitute(of, values))
        case If(test, then, otherwise):
            parts = (substitute(part, values) for part in (test, then, otherwise))
            return If(*parts)
        case Least(of, cap):
            return Least(substitute(of, values), substitute(cap, values))
        case Greatest(of, floor):
            return Greatest(substitute(of, values), substitute(floor, values))
        case CountNumbers(of) | SumNumbers(of):
            return replace(expr, of=tuple(cast("Var", substitute(var, values)) for var in of))
        case Join(parts):
            return Join(tuple(substitute(part, values) for part in parts))
        case Listing(items):
            changed = tuple((substitute(test, values), text) for test, text in items)
            return replace(expr, items=changed)
        case CountWhere(tests) | SumWhere(_, tests) | PickWhere(_, tests):
            return replace(expr, tests=with_values(tests, lambda one: substitute(one, values)))
        case NthFilled(_, n):
            return replace(expr, n=substitute(n, values))
        case _:
            assert_never(expr)
