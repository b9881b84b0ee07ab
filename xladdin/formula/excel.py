"""Back-end 2: the tree as the text of a spreadsheet formula.

Only functions that Excel 2010, WPS and LibreOffice 7 all have: IF, AND, OR, ROUND, ROUNDUP,
ROUNDDOWN, MIN, MAX, SUM, COUNT, ISNUMBER, LEN.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from .evaluate import SNAP_DIGITS
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
    IsNumber,
    Join,
    Least,
    Length,
    Named,
    Num,
    Op,
    Rel,
    Round,
    Rounding,
    SumNumbers,
    Text,
    Var,
)

# Binding strength, as Excel's: comparison, then &, then + -, then * /, then atoms.
COMPARISON, JOINING, SUM, PRODUCT, ATOM = range(5)
STRENGTH = {Op.ADD: SUM, Op.SUB: SUM, Op.MUL: PRODUCT, Op.DIV: PRODUCT}
ROUND_FUNCTIONS = {
    Rounding.HALF_UP: "ROUND",
    Rounding.UP: "ROUNDUP",
    Rounding.DOWN: "ROUNDDOWN",
}


def excel(expr: Expr, places: Mapping[str, str]) -> str:
    """The formula without its leading ``=``; ``places`` says where each variable stands.

    Raises KeyError for a variable that stands nowhere: a bug of who laid the sheet out.
    """
    return _text(expr, places)[0]


def literal(value: Decimal) -> str:
    """A number as formula text: no exponent, no trailing zeros, no negative zero."""
    text = format(value or abs(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def quoted(text: str) -> str:
    """A text as formula text."""
    return '"' + text.replace('"', '""') + '"'


def _text(expr: Expr, places: Mapping[str, str]) -> tuple[str, int]:
    """The text and its binding strength."""
    match expr:
        case Num(value):
            return literal(value), ATOM if value >= 0 else SUM
        case Text(value):
            return quoted(value), ATOM
        case Blank():
            return '""', ATOM
        case Var(name):
            return places[name], ATOM
        case Arith(op, left, right):
            return _arith(op, left, right, places)
        case Compare(rel, left, right):
            return _compare(rel, left, right, places), COMPARISON
        case AllOf(tests):
            return _call("AND", tests, places), ATOM
        case AnyOf(tests):
            return _call("OR", tests, places), ATOM
        case IsNumber(of):
            return _call("ISNUMBER", (of,), places), ATOM
        case If(test, then, otherwise):
            return _call("IF", (test, then, otherwise), places), ATOM
        case Round(of, digits, mode):
            return f"{ROUND_FUNCTIONS[mode]}({_snapped(of, places)},{digits})", ATOM
        case Least(of, cap):
            return _call("MIN", (of, cap), places), ATOM
        case Greatest(of, floor):
            return _call("MAX", (of, floor), places), ATOM
        case CountNumbers(of):
            return _call("COUNT", of, places), ATOM
        case Length(of):
            return _call("LEN", (of,), places), ATOM
        case SumNumbers(of):
            return _call("SUM", of, places), ATOM
        case Join(parts):
            return "&".join(_within(part, SUM, places) for part in parts), JOINING
        case Named(_, of):
            return _text(of, places)
        case _:
            assert_never(expr)


def _within(expr: Expr, strength: int, places: Mapping[str, str]) -> str:
    """The text, in brackets where it binds more loosely than its surroundings."""
    text, own = _text(expr, places)
    return text if own >= strength else f"({text})"


def _call(name: str, arguments: tuple[Expr, ...], places: Mapping[str, str]) -> str:
    return f"{name}({','.join(_text(argument, places)[0] for argument in arguments)})"


def _arith(op: Op, left: Expr, right: Expr, places: Mapping[str, str]) -> tuple[str, int]:
    strength = STRENGTH[op]
    # a-(b-c), a/(b/c), a*(b/c): keep the order in which the tree computes.
    grouped = op in (Op.SUB, Op.DIV) or (isinstance(right, Arith) and right.op is Op.DIV)
    tighter = strength + 1 if grouped else strength
    text = f"{_within(left, strength, places)}{op}{_within(right, tighter, places)}"
    return text, strength


def _compare(rel: Rel, left: Expr, right: Expr, places: Mapping[str, str]) -> str:
    return f"{_comparable(left, places)}{rel}{_comparable(right, places)}"


def _comparable(expr: Expr, places: Mapping[str, str]) -> str:
    return _within(expr, JOINING, places) if _textual(expr) else _snapped(expr, places)


def _textual(expr: Expr) -> bool:
    """Whether the value is a text (or nothing), which is not snapped."""
    match expr:
        case Text() | Blank() | Var(text=True) | Join():
            return True
        case Named(_, of):
            return _textual(of)
        case If(_, then, otherwise):
            return _textual(then) and _textual(otherwise)
        case _:
            return False


def _snapped(expr: Expr, places: Mapping[str, str]) -> str:
    """The number rounded to 6 places, unless it is already no finer than that."""
    match expr:
        case Num(value) if value == round(value, SNAP_DIGITS):
            return literal(value)
        case Round(digits=digits) if digits <= SNAP_DIGITS:
            return _text(expr, places)[0]
        case CountNumbers() | Length():
            return _text(expr, places)[0]
        case _:
            return f"ROUND({_text(expr, places)[0]},{SNAP_DIGITS})"
