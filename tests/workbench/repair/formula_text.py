"""Rules of the text of a formula: lengths, punctuation, spelling of references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..package import utf16_length
from .problem import Code
from .tokens import REFERENCES, Kind, Token, tokens

MAX_FORMULA = 8192
MAX_LITERAL = 255
MAX_NESTING = 64

_FULL_WIDTH = frozenset("（），。：；“”‘’＝＋－＊／＜＞＂［］｛｝！％＆＾＄＠")
_R1C1 = re.compile(r"R\d+C\d+", re.IGNORECASE)
_THIS_ROW_BARE = re.compile(r"\[\[#This Row\],[^\[]", re.IGNORECASE)

_VALUES = {Kind.TEXT, Kind.NUMBER, Kind.ARRAY, Kind.ERROR}
_ENDS = _VALUES | REFERENCES
_STARTS = _ENDS | {Kind.FUNCTION, Kind.SHEET}


def check_text(formula: str) -> Iterator[tuple[Code, str]]:
    """Find what is wrong with a formula without knowing the workbook around it."""
    if utf16_length(formula) > MAX_FORMULA:
        yield Code.FORMULA_LONG, f"over {MAX_FORMULA} characters"
    if formula.startswith("="):
        yield Code.FORMULA_EQUALS, "stored with its leading equals sign"
    found = tokens(formula)
    for token in found:
        yield from _check_token(token)
    yield from _parentheses(found)
    yield from _adjacent(found)


def _check_token(token: Token) -> Iterator[tuple[Code, str]]:
    match token.kind:
        case Kind.TEXT if utf16_length(token.text[1:-1].replace('""', '"')) > MAX_LITERAL:
            yield Code.FORMULA_LITERAL_LONG, f"a text of over {MAX_LITERAL} characters"
        case Kind.EXTERNAL:
            yield Code.FORMULA_EXTERNAL, f"{token.text} is in another workbook"
        case Kind.ERROR if token.text == "#REF!":
            yield Code.FORMULA_REF_ERROR, "refers to something deleted"
        case Kind.NAME if _R1C1.fullmatch(token.text):
            yield Code.FORMULA_R1C1, f"{token.text} is R1C1 notation"
        case Kind.OPERATOR if token.text == ";":
            yield Code.FORMULA_SEPARATOR, "; separates arguments, the file wants a comma"
        case Kind.OPERATOR if token.text == "@":
            yield Code.FORMULA_AT_SIGN, "@ is not stored in files"
        case Kind.TABLE | Kind.BRACKET:
            yield from _table_reference(token)
        case Kind.OTHER:
            yield _stray(token.text)


def _table_reference(token: Token) -> Iterator[tuple[Code, str]]:
    if "@" in token.text:
        yield Code.FORMULA_AT_SIGN, f"{token.text}: @ is stored as [#This Row]"
    if token.kind is Kind.BRACKET or _THIS_ROW_BARE.search(token.text):
        yield Code.FORMULA_THIS_ROW, f"{token.text} must be table[[#This Row],[column]]"


def _stray(character: str) -> tuple[Code, str]:
    if character in _FULL_WIDTH:
        return Code.FORMULA_FULL_WIDTH, f"full-width {character}"
    if character == '"':
        return Code.FORMULA_QUOTE, "a quotation mark without its partner"
    return Code.FORMULA_SYNTAX, f"{character!r} has no meaning in a formula"


def _parentheses(found: tuple[Token, ...]) -> Iterator[tuple[Code, str]]:
    depth = deepest = lowest = 0
    for token in found:
        if token.kind is Kind.OPERATOR:
            depth += (token.text == "(") - (token.text == ")")
            deepest, lowest = max(deepest, depth), min(lowest, depth)
    if depth or lowest < 0:
        yield Code.FORMULA_PARENTHESES, "parentheses do not pair up"
    if deepest > MAX_NESTING:
        yield Code.FORMULA_NESTING, f"nested {deepest} deep, over {MAX_NESTING}"


def _adjacent(found: tuple[Token, ...]) -> Iterator[tuple[Code, str]]:
    """Find two operands with no operator between; a blank between references intersects."""
    solid = [token for token in found if token.kind is not Kind.SPACE]
    for left, right in pairwise(solid):
        ends = left.kind in _ENDS or left.text == ")"
        starts = right.kind in _STARTS or (right.text == "(" and left.kind is not Kind.FUNCTION)
        intersects = left.kind in REFERENCES and right.kind in REFERENCES
        if ends and starts and not intersects:
            yield Code.FORMULA_SYNTAX, f"no operator between {left.text} and {right.text}"
