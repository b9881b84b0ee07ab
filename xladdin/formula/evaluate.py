"""Back-end 1: the value of a tree in Python, and of a whole model of trees.

Number policy (DESIGN 2): Decimal arithmetic, half-up, and every argument of a rounding or of a
comparison is first rounded to 6 places; the formula back-end prints the same snap.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, localcontext
from typing import assert_never

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
    Op,
    Rel,
    Round,
    Rounding,
    SumNumbers,
    Text,
    Var,
)
from .ranges.nodes import CountWhere, FirstMatch, NthFilled, PickWhere, SumWhere
from .ranges.values import Cells, Env, Value, range_value, text_of
from .walk import variables

__all__ = ["Cells", "Env", "Value", "evaluate", "solve"]

SNAP_DIGITS = 6
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP)
WIDE = Context(prec=60)
"""Rounding must not itself run out of digits."""
GRAINS = {digits: Decimal(1).scaleb(-digits) for digits in range(10)}
MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.UP: ROUND_UP,
    Rounding.DOWN: ROUND_DOWN,
}


class NotANumberError(Exception):
    """A rule used a missing value or a text as a number without asking first: a bug in the rule."""


def evaluate(expr: Expr, env: Env) -> Value:
    """The value of a tree; ``env`` gives variables and ranges, a variable that it lacks is empty."""
    with localcontext(ARITHMETIC):
        return _value(expr, env)


def solve(model: Mapping[str, Expr], inputs: Env) -> dict[str, Value]:
    """The values of all expressions of a model, each of which may read the others by name.

    Raises RecursionError on a model that reads itself in a circle: a bug of who built it.
    """
    known = dict(inputs)

    def settle(name: str) -> None:
        for needed in variables(model[name]):
            if needed in model and needed not in known:
                settle(needed)
        known[name] = _value(model[name], known)

    with localcontext(ARITHMETIC):
        for name in model:
            if name not in known:
                settle(name)
    return {name: _held(name, known) for name in model}


def snap(value: Decimal) -> Decimal:
    """A number rounded half-up to 6 places, without a negative zero."""
    return rounded(value, SNAP_DIGITS, Rounding.HALF_UP)


def rounded(value: Decimal, digits: int, mode: Rounding) -> Decimal:
    """A number rounded to so many places."""
    grain = GRAINS.get(digits) or Decimal(1).scaleb(-digits)
    result = value.quantize(grain, rounding=MODES[mode], context=WIDE)
    return result if result else abs(result)


def _value(expr: Expr, env: Env) -> Value:
    match expr:
        case Num(value) | Text(value):
            return value
        case Blank():
            return None
        case Var(name):
            return _held(name, env)
        case Arith(op, left, right):
            return _arith(op, _number(left, env), _number(right, env))
        case Compare(rel, left, right):
            return _compare(rel, _value(left, env), _value(right, env))
        case AllOf(tests):
            return all(_truths(tests, env))
        case AnyOf(tests):
            return any(_truths(tests, env))
        case IsNumber(of):
            return isinstance(_value(of, env), Decimal)
        case IsEmpty(of):
            return _value(of, env) is None or not text_of(_value(of, env)).strip(" ")
        case Not(of):
            return not _truth(of, env)
        case If(test, then, otherwise):
            return _value(then if _truth(test, env) else otherwise, env)
        case Round(of, digits, mode):
            return rounded(snap(_number(of, env)), digits, mode)
        case Least(of, cap):
            return min(_number(of, env), _number(cap, env))
        case Greatest(of, floor):
            return max(_number(of, env), _number(floor, env))
        case CountNumbers(of):
            return Decimal(len(_numbers(of, env)))
        case Length(of):
            return _length(_held(of.name, env))
        case SumNumbers(of):
            return sum(_numbers(of, env), Decimal(0))
        case Join(parts):
            return "".join(_part(_value(part, env)) for part in parts)
        case Listing(items, separator):
            return separator.join(text for test, text in items if _truth(test, env))
        case Named(_, of):
            return _value(of, env)
        case CountWhere() | SumWhere() | PickWhere() | FirstMatch() | NthFilled():
            return range_value(expr, env, lambda inner: _value(inner, env))
        case _:
            assert_never(expr)


def _held(name: str, env: Env) -> Value:
    """The value of a variable."""
    value = env.get(name)
    if isinstance(value, tuple):
        raise NotANumberError(f"the range {name} used as one value")
    return value


def _numbers(of: tuple[Var, ...], env: Env) -> list[Decimal]:
    values = (_held(var.name, env) for var in of)
    return [value for value in values if isinstance(value, Decimal)]


def _number(expr: Expr, env: Env) -> Decimal:
    value = _value(expr, env)
    if isinstance(value, Decimal):
        return value
    raise NotANumberError(f"{value!r} used as a number in {expr!r}")


def _truth(expr: Expr, env: Env) -> bool:
    value = _value(expr, env)
    if isinstance(value, bool):
        return value
    raise NotANumberError(f"{value!r} used as a truth value in {expr!r}")


def _truths(tests: tuple[Expr, ...], env: Env) -> list[bool]:
    # Every test, also after the answer is known: a spreadsheet does the same, and an error in
    # the last one shows there too.
    return [_truth(test, env) for test in tests]


def _arith(op: Op, left: Decimal, right: Decimal) -> Decimal:
    match op:
        case Op.ADD:
            return left + right
        case Op.SUB:
            return left - right
        case Op.MUL:
            return left * right
        case Op.DIV:
            return left / right
        case _:
            assert_never(op)


def _compare(rel: Rel, left: Value, right: Value) -> bool:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _related(rel, snap(left), snap(right))
    if rel is Rel.EQ and isinstance(left, str | None) and isinstance(right, str | None):
        # Spreadsheets compare text without regard to case, and empty equals empty text.
        return (left or "").casefold() == (right or "").casefold()
    raise NotANumberError(f"{left!r} {rel} {right!r}")


def _related(rel: Rel, left: Decimal, right: Decimal) -> bool:
    match rel:
        case Rel.GE:
            return left >= right
        case Rel.GT:
            return left > right
        case Rel.LE:
            return left <= right
        case Rel.LT:
            return left < right
        case Rel.EQ:
            return left == right
        case _:
            assert_never(rel)


def _length(value: Value) -> Decimal:
    """As spreadsheets count: an emoji outside the basic plane is two characters."""
    if isinstance(value, str):
        return Decimal(len(value.encode("utf-16-le")) // 2)
    if value is None:
        return Decimal(0)
    raise NotANumberError(f"the length of {value!r}: engines write numbers differently")


def _part(value: Value) -> str:
    if isinstance(value, bool):
        raise NotANumberError(f"{value!r} joined to a text; engines write it differently")
    return text_of(value)
