"""Random expression trees that never divide by 0 nor use a missing value as a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import (
    AllOf,
    AnyOf,
    Arith,
    Blank,
    Compare,
    Contains,
    CountNumbers,
    Digits,
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
    NthName,
    Num,
    Op,
    RangeExpr,
    Rel,
    Round,
    Rounding,
    Spelled,
    SumNumbers,
    Text,
    Var,
    number,
)

NODES = tuple(kind for kind in get_args(Expr) if kind not in get_args(RangeExpr))
"""The kinds of nodes over single values; those over ranges have tests of their own."""
TEXTS = (
    "",
    "优秀",
    "a",
    "A",
    "良\n好",
    '"引号"',
    "=1+1",
    "true",
    "12",
    "长" * 300,
    "2026-11",
    "a_1",
    "甲、乙 丙、丁",
)
NUMBERS = (Var("x"), Var("y"), Var("z"))
MAYBE = Var("maybe")
"""A number, a text, or nothing."""
WORD = Var("word", text=True)
ANY = (*NUMBERS, MAYBE)
ONE = number(1)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Grown:
    """A tree and what its variables hold."""

    expr: Expr
    inputs: dict[str, Value]


def decimals(limit: int, places: int) -> SearchStrategy[Decimal]:
    """Numbers up to a limit on both sides of 0."""
    scale = 10**places
    return st.integers(-limit * scale, limit * scale).map(lambda n: Decimal(n) / scale)


values = decimals(1000, 3) | decimals(100, 6) | decimals(3, 0)
constants = (decimals(100, 2) | decimals(2, 0) | decimals(1, 7)).map(Num)


@st.composite
def trees(draw: DrawFn) -> Grown:
    """A tree that gives a number with two decimals, a text, or nothing."""
    rounded = st.builds(Round, numbers(3), st.just(2), st.sampled_from(Rounding))
    rooted = rounded | texts(2) | st.builds(If, truths(2), rounded, st.just(Blank()))
    inputs: dict[str, Value] = {var.name: draw(values) for var in NUMBERS}
    inputs[MAYBE.name] = draw(st.none() | st.sampled_from(TEXTS) | values)
    inputs[WORD.name] = draw(st.none() | st.sampled_from(TEXTS))
    return Grown(draw(rooted), inputs)


@cache
def numbers(depth: int) -> SearchStrategy[Expr]:
    """Trees that give a number."""
    known: SearchStrategy[Expr] = st.sampled_from(NUMBERS) | constants
    if not depth:
        return known
    inner = st.deferred(lambda: numbers(depth - 1))
    return st.one_of(
        known,
        st.builds(Arith, st.sampled_from([Op.ADD, Op.SUB]), inner, inner),
        # One factor is plain, so that products stay within what a double holds exactly enough.
        st.builds(Arith, st.just(Op.MUL), inner, decimals(10, 2).map(Num)),
        st.builds(Arith, st.just(Op.MUL), decimals(10, 2).map(Num), inner),
        st.builds(_quotient, inner, inner),
        st.builds(If, truths(depth - 1), inner, inner),
        st.builds(Round, inner, st.integers(0, 4), st.sampled_from(Rounding)),
        st.builds(Least, inner, inner),
        st.builds(Greatest, inner, inner),
        st.builds(Named, st.just("部分"), inner),
        st.just(CountNumbers(ANY)),
        st.just(SumNumbers(ANY)),
        st.just(Length(WORD)),
        st.just(Length(NthName(WORD, 2))),
        st.just(Digits(WORD)),
        st.just(If(IsNumber(MAYBE), MAYBE, ONE)),
    )


def _quotient(left: Expr, right: Expr) -> Expr:
    """left/right, or left where the divisor is less than 1."""
    return If(Compare(Rel.GE, right, ONE), Arith(Op.DIV, left, right), left)


@cache
def truths(depth: int) -> SearchStrategy[Expr]:
    """Trees that give a truth value."""
    inner = st.deferred(lambda: numbers(depth - 1)) if depth else st.sampled_from(NUMBERS)
    plain: SearchStrategy[Expr] = st.one_of(
        st.builds(Compare, st.sampled_from(Rel), inner, inner),
        st.sampled_from(ANY).map(IsNumber),
        st.sampled_from((*ANY, WORD)).map(IsEmpty),
        st.builds(Compare, st.just(Rel.EQ), texts(0), texts(0)),
        st.builds(Contains, texts(0), st.sampled_from([("1",), ("A", "、乙"), ('"', "=", "-1")])),
        st.just(Spelled(WORD, LETTERS, LETTERS + "0123456789_")),
    )
    if not depth:
        return plain
    several = st.lists(plain, min_size=1, max_size=3).map(tuple)
    joined = several.map(AllOf) | several.map(AnyOf) | plain.map(Not)
    # Drawn half of the time, however many plain ones there are.
    return st.booleans().flatmap(lambda one: plain if one else joined)


@cache
def texts(depth: int) -> SearchStrategy[Expr]:
    """Trees that give a text, or nothing."""
    names = (NthName(WORD, n) for n in (1, 2, 3))
    plain: SearchStrategy[Expr] = st.sampled_from([*map(Text, TEXTS), WORD, Blank(), *names])
    if not depth:
        return plain
    inner = st.deferred(lambda: texts(depth - 1))
    parts = inner | st.builds(Round, numbers(1), st.integers(0, 2))
    joined = st.lists(parts, min_size=1, max_size=3).map(lambda found: Join(tuple(found)))
    items = st.lists(st.tuples(truths(0), st.sampled_from(TEXTS)), min_size=1, max_size=3)
    listed = items.map(lambda found: Listing(tuple(found)))
    return plain | joined | listed | st.builds(If, truths(1), inner, inner) | inner.map(_called)


def _called(of: Expr) -> Expr:
    return Named("说明", of)
