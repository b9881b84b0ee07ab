"""A strict second opinion on syntax and argument counts: IronCalc's parser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import ironcalc

from .functions import bare_function
from .mentions import PARAMETER
from .problem import Code
from .tokens import REFERENCES, Kind, Token, tokens

_ONE, _TWO = "$A$1", "$A$1:$A$2"

# The only cell that is ever written, so that evaluating costs the same each time.
_SHEET, _ROW, _COLUMN = 0, 100, 30


def check_grammar(formula: str) -> Iterator[tuple[Code, str]]:
    """Find formulas that do not parse or call a function with too few or many arguments."""
    if not _parses(_neutral(tokens(formula))):
        yield Code.FORMULA_SYNTAX, "does not parse"


@lru_cache(maxsize=4096)
def _parses(formula: str) -> bool:
    model = _model()
    model.update_cell_with_formula(_SHEET, _ROW, _COLUMN, "=" + formula)
    model.evaluate()
    value = model.get_cell_value(_SHEET, _ROW, _COLUMN)
    model.clear_cell_contents(_SHEET, _ROW, _COLUMN)
    return bool(value != "#ERROR!")


@cache
def _model() -> Any:
    return ironcalc.create("repair", "en", "UTC", "en")


def _neutral(found: tuple[Token, ...]) -> str:
    """Rewrite a formula so that it parses just as before, but needs no workbook.

    All references become the same cells: they were checked elsewhere, whole columns would be
    slow to evaluate, and filled-down formulas become one.
    """
    texts = [_neutral_token(token) for token in found]
    # IronCalc knows neither A1:INDEX(...) nor intersections; as additions they keep their shape.
    for index in range(1, len(found) - 1):
        left, middle, right = found[index - 1 : index + 2]
        if _joins_computed(left, middle, right) or _intersects(left, middle, right):
            texts[index] = "+"
    return "".join(texts)


def _joins_computed(left: Token, middle: Token, right: Token) -> bool:
    return middle.text == ":" and (left.text == ")" or right.kind is Kind.FUNCTION)


def _intersects(left: Token, middle: Token, right: Token) -> bool:
    return middle.kind is Kind.SPACE and {left.kind, right.kind} <= REFERENCES


def _neutral_token(token: Token) -> str:
    match token.kind:
        case Kind.SHEET | Kind.EXTERNAL:
            return ""
        case Kind.CELL:
            return _ONE
        case Kind.TABLE | Kind.BRACKET:
            return _ONE if "#this row" in token.text.lower() else _TWO
        case Kind.COLUMNS | Kind.ROWS:
            return _TWO
        case Kind.NAME if token.text.startswith(PARAMETER):
            return token.text.removeprefix(PARAMETER)
        case Kind.NAME if token.text.lower() not in ("true", "false"):
            return _TWO
        case Kind.FUNCTION:
            return bare_function(token.text)
        case _:
            return token.text
