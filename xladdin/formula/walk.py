"""Walking a tree: its children, its variables, and the same tree with variables replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never, cast

from .nodes import (
    AllOf,
    AnyOf,
    Arith,
    Blank,
    CellOf,
    Compare,
    Condition,
    Contains,
    CountNumbers,
    CountWhere,
    Differs,
    Digits,
    Either,
    Expr,
    Filled,
    FirstMatch,
    Greatest,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Least,
    Length,
    Listing,
    Lists,
    Median,
    Named,
    Not,
    NthFilled,
    NthName,
    Num,
    PickWhere,
    PlaceWhere,
    Range,
    Related,
    Rising,
    Round,
    Same,
    Spelled,
    SumNumbers,
    SumWhere,
    Text,
    Var,
)


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct sub-expressions, left to right."""
    match expr:
        case Num() | Text() | Blank() | Var() | Rising() | Median():
            return ()
        case Arith(_, left, right) | Compare(_, left, right):
            return (left, right)
        case AllOf(tests) | AnyOf(tests):
            return tests
        case IsNumber(of) | IsEmpty(of) | Not(of) | Length(of) | Named(_, of) | Round(of):
            return (of,)
        case Contains(of) | Spelled(of) | Digits(of) | NthName(of):
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
        case PlaceWhere(tests, _, above):
            return (*values_in(tests), *(() if above is None else (above,)))
        case FirstMatch(of) | NthFilled(_, of) | CellOf(_, of):
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
            case PlaceWhere(tests):
                looked_at = ranges_in(tests)
            case FirstMatch(_, of) | NthFilled(of) | CellOf(of) | Rising(of) | Median(of):
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
        case Num() | Text() | Blank() | Rising() | Median():
            return expr
        case Arith(_, left, right) | Compare(_, left, right):
            return replace(expr, left=substitute(left, values), right=substitute(right, values))
        case AllOf(tests) | AnyOf(tests):
            return replace(expr, tests=tuple(substitute(test, values) for test in tests))
        case IsNumber(of) | IsEmpty(of) | Length(of) | Spelled(of) | Digits(of) | NthName(of):
            return replace(expr, of=cast("Var", substitute(of, values)))
        case Named(_, of) | Round(of) | Not(of) | FirstMatch(of) | Contains(of):
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
        case PlaceWhere(tests, _, above):
            changed_tests = with_values(tests, lambda one: substitute(one, values))
            upper = None if above is None else substitute(above, values)
            return replace(expr, tests=changed_tests, above=upper)
        case NthFilled(_, n) | CellOf(_, n):
            return replace(expr, n=substitute(n, values))
        case _:
            assert_never(expr)


def values_in(tests: tuple[Condition, ...]) -> tuple[Expr, ...]:
    """The expressions with which the conditions compare."""
    found: list[Expr] = []
    for test in tests:
        match test:
            case Same(_, value) | Differs(_, value) | Lists(_, value) | Related(_, _, value):
                found.append(value)
            case Either(inner):
                found += values_in(inner)
            case Filled():
                pass
            case _:
                assert_never(test)
    return tuple(found)


def ranges_in(tests: tuple[Condition, ...]) -> tuple[Range, ...]:
    """The ranges whose rows the conditions look at."""
    found: list[Range] = []
    for test in tests:
        found += ranges_in(test.tests) if isinstance(test, Either) else [test.of]
    return tuple(found)


def with_values(
    tests: tuple[Condition, ...], change: Callable[[Expr], Expr]
) -> tuple[Condition, ...]:
    """The same conditions with their expressions changed."""

    def changed(test: Condition) -> Condition:
        match test:
            case Same(of, value):
                return Same(of, change(value))
            case Differs(of, value):
                return Differs(of, change(value))
            case Lists(of, value):
                return Lists(of, change(value))
            case Related(of, rel, value):
                return Related(of, rel, change(value))
            case Filled():
                return test
            case Either(inner):
                return Either(with_values(inner, change))
            case _:
                assert_never(test)

    return tuple(changed(test) for test in tests)


def textual(expr: Expr) -> bool:
    """Whether the value is a text (or nothing), which is not snapped."""
    match expr:
        case Text() | Blank() | Var(text=True) | Join() | Listing() | PickWhere() | NthFilled():
            return True
        case NthName() | CellOf(text=True):
            return True
        case Named(_, of):
            return textual(of)
        case If(_, then, otherwise):
            return textual(then) and textual(otherwise)
        case _:
            return False
