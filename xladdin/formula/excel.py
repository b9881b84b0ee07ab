"""Back-end 2: the tree as the text of a spreadsheet formula.

Only functions that Excel 2010, WPS and LibreOffice 7 all have: IF, AND, OR, ROUND, ROUNDUP,
ROUNDDOWN, MIN, MAX, SUM, COUNT, ISNUMBER, LEN, TRIM, NOT, MID, and those of ``range_text``.
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
from .ranges.text import range_text

# Binding strength, as Excel's: comparison, then &, then + -, then * /, then atoms.
COMPARISON, JOINING, SUM, PRODUCT, ATOM = range(5)
STRENGTH = {Op.ADD: SUM, Op.SUB: SUM, Op.MUL: PRODUCT, Op.DIV: PRODUCT}
LONGEST = 120
"""Characters in one text literal: some count twice there, and 255 are allowed."""
LONGEST_TEXT = 32767
FUNCTIONS: dict[type[Expr], str] = {
    AllOf: "AND",
    AnyOf: "OR",
    CountNumbers: "COUNT",
    Greatest: "MAX",
    IsNumber: "ISNUMBER",
    Least: "MIN",
    Length: "LEN",
    SumNumbers: "SUM",
}
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
    """A text as formula text; a long one in pieces, since a literal holds 255 characters."""
    pieces = [text[i : i + LONGEST] for i in range(0, len(text), LONGEST)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _text(expr: Expr, places: Mapping[str, str]) -> tuple[str, int]:
    """The text and its binding strength."""
    match expr:
        case Num(value):
            return literal(value), ATOM if value >= 0 else SUM
        case Text(value):
            return quoted(value), ATOM if len(value) <= LONGEST else JOINING
        case Blank():
            return '""', ATOM
        case Var(name, text=True):
            # An empty cell that is the result would show as 0.
            return f'{places[name]}&""', JOINING
        case Var(name):
            return places[name], ATOM
        case Arith(op, left, right):
            return _arith(op, left, right, places)
        case Compare(rel, left, right):
            return _compare(rel, left, right, places), COMPARISON
        case AllOf(tests) | AnyOf(tests):
            return _call(FUNCTIONS[type(expr)], tests, places), ATOM
        case IsNumber(of) | Length(of):
            return _asked(FUNCTIONS[type(expr)], (of,), places), ATOM
        case IsEmpty(of):
            return f'TRIM({places[of.name]})=""', COMPARISON
        case Not(of):
            return _call("NOT", (of,), places), ATOM
        case If(test, then, otherwise):
            return _call("IF", (test, then, otherwise), places), ATOM
        case Round(of, digits, mode):
            return f"{ROUND_FUNCTIONS[mode]}({_snapped(of, places)},{digits})", ATOM
        case Least(of, limit) | Greatest(of, limit):
            return _call(FUNCTIONS[type(expr)], (of, limit), places), ATOM
        case CountNumbers(of) | SumNumbers(of):
            return _asked(FUNCTIONS[type(expr)], of, places), ATOM
        case Join(parts):
            return _joined(parts, places), JOINING
        case Listing(items, separator):
            return _listing(items, separator, places), ATOM
        case Named(_, of):
            return _text(of, places)
        case CountWhere() | SumWhere() | PickWhere() | FirstMatch() | NthFilled():
            return range_text(expr, places, lambda inner: _bare(inner, SUM, places)), ATOM
        case _:
            assert_never(expr)


def _within(expr: Expr, strength: int, places: Mapping[str, str]) -> str:
    """The text, in brackets where it binds more loosely than its surroundings."""
    text, own = _text(expr, places)
    return text if own >= strength else f"({text})"


def _joined(parts: tuple[Expr, ...], places: Mapping[str, str]) -> str:
    """The parts with ``&`` between them; with an empty text where one alone could be a number."""
    texts = [_bare(part, SUM, places) for part in parts]
    return "&".join(texts if len(texts) > 1 else [*texts, quoted("")])


def _listing(items: tuple[tuple[Expr, str], ...], separator: str, places: Mapping[str, str]) -> str:
    """Each text with a separator before it; the first separator is cut off again."""
    texts = [_call("IF", (test, Text(separator + text), Text("")), places) for test, text in items]
    return f"MID({'&'.join(texts)},2,{LONGEST_TEXT})"


def _bare(expr: Expr, strength: int, places: Mapping[str, str]) -> str:
    """An operand that may be an empty cell: it counts as an empty text here."""
    return places[expr.name] if isinstance(expr, Var) else _within(expr, strength, places)


def _asked(name: str, cells: tuple[Var, ...], places: Mapping[str, str]) -> str:
    """A function over cells as they are, whatever they hold."""
    return f"{name}({','.join(places[cell.name] for cell in cells)})"


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
    return _bare(expr, JOINING, places) if _textual(expr) else _snapped(expr, places)


def _textual(expr: Expr) -> bool:
    """Whether the value is a text (or nothing), which is not snapped."""
    match expr:
        case Text() | Blank() | Var(text=True) | Join() | Listing() | PickWhere() | NthFilled():
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
        case CountNumbers() | Length() | CountWhere() | FirstMatch():
            return _text(expr, places)[0]
        case _:
            return f"ROUND({_text(expr, places)[0]},{SNAP_DIGITS})"
