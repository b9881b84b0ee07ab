"""The expression tree: one closed union of frozen nodes.

A rule is written once as such a tree; ``evaluate``, ``excel``, ``explain`` and ``lambda_`` are
plain functions over it, each a ``match`` that ends in ``assert_never``.

Values are numbers (Decimal), text, truth values, or nothing (a cell that is empty).  Variables are
names; where a variable's value stands in a workbook is decided by placement, never by a rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from .ranges.nodes import CountWhere, FirstMatch, NthFilled, PickWhere, SumWhere


@dataclass(frozen=True, slots=True)
class Num:
    """A constant; the rest only says how a person reads it: 1.2 as 120%, 30 as 30秒."""

    value: Decimal
    percent: bool = False
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A constant text."""

    value: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing: an empty cell (printed as an empty text in formulas)."""


@dataclass(frozen=True, slots=True)
class Var:
    """A named value: an input, or the result of another expression of the same model."""

    name: str
    text: bool = False
    """True for text (a grade); numbers are snapped before comparison, text is not."""


class Op(StrEnum):
    """Arithmetic operators."""

    ADD = "+"
    SUB = "-"
    MUL = "*"
    DIV = "/"


@dataclass(frozen=True, slots=True)
class Arith:
    """Arithmetic on two numbers; dividing by 0 is an error of the rule, which must guard it."""

    op: Op
    left: Expr
    right: Expr


class Rel(StrEnum):
    """Comparison operators."""

    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"
    EQ = "="


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison; both sides are snapped to 6 places first, in every back-end."""

    rel: Rel
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every test holds.  Spreadsheets evaluate all of them, so none may rely on another."""

    tests: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one test holds.  Spreadsheets evaluate all of them."""

    tests: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class IsNumber:
    """Whether a variable holds a number; empty and text are no numbers."""

    of: Var


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """Whether nothing stands in a variable's cell; blanks count for nothing."""

    of: Var


@dataclass(frozen=True, slots=True)
class Not:
    """The test does not hold."""

    of: Expr


@dataclass(frozen=True, slots=True)
class If:
    """A branch; only the branch that is taken is evaluated."""

    test: Expr
    then: Expr
    otherwise: Expr


class Rounding(StrEnum):
    """How to round: half away from zero, away from zero, towards zero."""

    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Round:
    """Rounding to ``digits`` places; the argument is snapped to 6 places first."""

    of: Expr
    digits: int
    mode: Rounding = Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class Least:
    """The smaller of two numbers: a cap."""

    of: Expr
    cap: Expr


@dataclass(frozen=True, slots=True)
class Greatest:
    """The greater of two numbers: a floor."""

    of: Expr
    floor: Expr


@dataclass(frozen=True, slots=True)
class CountNumbers:
    """How many of the variables hold a number."""

    of: tuple[Var, ...]


@dataclass(frozen=True, slots=True)
class SumNumbers:
    """The sum of those variables that hold a number; empty ones count for nothing."""

    of: tuple[Var, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """How many characters a text variable has; 0 where it is empty."""

    of: Var


@dataclass(frozen=True, slots=True)
class Join:
    """Text made of parts; round a number in it (engines write long fractions differently)."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The texts whose tests hold, with a one-character separator between them."""

    items: tuple[tuple[Expr, str], ...]
    separator: str = "、"


@dataclass(frozen=True, slots=True)
class Named:
    """A sub-expression with a Chinese name: explained once, then called by its name."""

    label: str
    of: Expr


Expr: TypeAlias = (
    Num
    | Text
    | Blank
    | Var
    | Arith
    | Compare
    | AllOf
    | AnyOf
    | IsNumber
    | IsEmpty
    | Not
    | If
    | Round
    | Least
    | Greatest
    | CountNumbers
    | SumNumbers
    | Length
    | Join
    | Listing
    | Named
    | CountWhere
    | SumWhere
    | PickWhere
    | FirstMatch
    | NthFilled
)


def number(value: Decimal | int | str, *, percent: bool = False) -> Num:
    """A constant from an int, a Decimal, or the text of a decimal number."""
    return Num(Decimal(value), percent)


def add(left: Expr, right: Expr) -> Arith:
    """``left + right``."""
    return Arith(Op.ADD, left, right)


def sub(left: Expr, right: Expr) -> Arith:
    """``left - right``."""
    return Arith(Op.SUB, left, right)


def mul(left: Expr, right: Expr) -> Arith:
    """``left * right``."""
    return Arith(Op.MUL, left, right)


def div(left: Expr, right: Expr) -> Arith:
    """``left / right``."""
    return Arith(Op.DIV, left, right)


def total(items: tuple[Expr, ...]) -> Expr:
    """The sum of at least one expression, halved again and again: many items nest little."""
    if len(items) == 1:
        return items[0]
    middle = (len(items) + 1) // 2
    return add(total(items[:middle]), total(items[middle:]))


def cases(branches: tuple[tuple[Expr, Expr], ...], otherwise: Expr) -> Expr:
    """A chain of branches: the first test that holds decides."""
    result = otherwise
    for test, then in reversed(branches):
        result = If(test, then, result)
    return result


def one_of(tests: tuple[Expr, ...]) -> Expr:
    """``AnyOf`` over the tests, or the test itself where there is only one."""
    return tests[0] if len(tests) == 1 else AnyOf(tests)


def all_of(tests: tuple[Expr, ...]) -> Expr:
    """``AllOf`` over the tests, or the test itself where there is only one."""
    return tests[0] if len(tests) == 1 else AllOf(tests)
