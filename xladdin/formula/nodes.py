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

NAMES_SEPARATOR = "、"
"""Between several names in one cell."""
NAME_ROOM = 99


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
    """How many characters a text variable (or one of the names in it) has; 0 where it is empty."""

    of: Var | NthName


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
class Contains:
    """Whether a text holds one of these texts (letter case matters)."""

    of: Expr
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelled:
    """Whether a text begins with one of these characters and goes on with those (letter case
    matters); an empty one does.  Characters beyond ``evaluate.SPELLED`` are not looked at."""

    of: Var
    first: str
    rest: str


@dataclass(frozen=True, slots=True)
class Digits:
    """The number of a text's digits (2026-11, 0007), hyphens left out; 0 for any other text."""

    of: Var


@dataclass(frozen=True, slots=True)
class NthName:
    """The n-th (from 1) of the names that a text lists with 、; empty where there are fewer."""

    of: Var
    n: int
    separator: str = NAMES_SEPARATOR
    room: int = NAME_ROOM
    """More than the characters of one name."""


@dataclass(frozen=True, slots=True)
class Named:
    """A sub-expression with a Chinese name: explained once, then called by its name."""

    label: str
    of: Expr


@dataclass(frozen=True, slots=True)
class Range:
    """A run of cells: a column of a table (``roster.id``), or a row's own entries."""

    name: str


@dataclass(frozen=True, slots=True)
class Same:
    """The cell's text is that of a value."""

    of: Range
    value: Expr


@dataclass(frozen=True, slots=True)
class Differs:
    """The cell's text is not that of a value."""

    of: Range
    value: Expr


@dataclass(frozen=True, slots=True)
class Filled:
    """The cell is not empty."""

    of: Range


@dataclass(frozen=True, slots=True)
class Lists:
    """The cell holds names separated by 、, and the value is one of them."""

    of: Range
    value: Expr


@dataclass(frozen=True, slots=True)
class Related:
    """The cell holds a number that is so related to a number (as they are, without a snap)."""

    of: Range
    rel: Rel
    value: Expr


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the conditions holds in this row."""

    tests: tuple[Condition, ...]


Condition: TypeAlias = Same | Differs | Filled | Lists | Related | Either
"""What is asked of each row of one or several ranges of equal length."""


@dataclass(frozen=True, slots=True)
class CountWhere:
    """In how many rows all conditions hold."""

    tests: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class SumWhere:
    """The sum of the numbers of a range in the rows where all conditions hold."""

    of: Range
    tests: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class PickWhere:
    """The text of a range in the first row where all conditions hold; empty where none does."""

    of: Range
    tests: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class FirstMatch:
    """Which cell (from 1) is the first that holds this text; 0 where none does.

    For ranges of texts: engines differ on numbers in them.  An empty text is never found.  Fast,
    also over thousands of cells.
    """

    of: Expr
    within: Range


@dataclass(frozen=True, slots=True)
class NthFilled:
    """The text of a range's n-th cell that is not empty; empty where there are fewer."""

    of: Range
    n: Expr


@dataclass(frozen=True, slots=True)
class PlaceWhere:
    """Which row (from 1) is the first, or the last, where all conditions hold; 0 where none does.

    ``above``: only rows before this one (from 1).
    """

    tests: tuple[Condition, ...]
    last: bool = False
    above: Expr | None = None


@dataclass(frozen=True, slots=True)
class CellOf:
    """What stands in a range's n-th cell (from 1): as text, or as it is; nothing where n is 0."""

    of: Range
    n: Expr
    text: bool = True


@dataclass(frozen=True, slots=True)
class Rising:
    """Whether each number of a range is greater than the one right above: so none stands twice."""

    of: Range


@dataclass(frozen=True, slots=True)
class Median:
    """The middle one of a range's numbers, or halfway between the two; nothing where it has none."""

    of: Range


_Found: TypeAlias = CountWhere | SumWhere | PickWhere | FirstMatch | NthFilled | PlaceWhere
RangeExpr: TypeAlias = _Found | CellOf | Rising | Median
"""Nodes over ranges of cells, such as the columns of a table, empty cells included.

Cells are compared by their text: 1001 and "1001" are the same, letter case does not matter, an empty
cell is an empty text, and ``*``, ``?`` and ``>`` are plain characters.
"""

Asking: TypeAlias = Compare | AllOf | AnyOf | IsNumber | IsEmpty | Not | If | Contains | Spelled
Counting: TypeAlias = Arith | Round | Least | Greatest | CountNumbers | SumNumbers | Length | Digits
Expr: TypeAlias = (
    Num | Text | Blank | Var | Named | Asking | Counting | Join | Listing | NthName | RangeExpr
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
