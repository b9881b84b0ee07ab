"""Range nodes as formula text, within what Excel 2010, WPS and LibreOffice 7 all have.

SUMPRODUCT with ``=`` compares as it says; COUNTIF, SUMIF and MATCH would take ``*`` and ``?`` for
wildcards, and COUNTIF "001" for 1.  MATCH is used where a range is long, with wildcards masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, assert_never

from ..nodes import Expr
from .nodes import (
    NAMES_SEPARATOR,
    Condition,
    CountWhere,
    Differs,
    Either,
    Filled,
    FirstMatch,
    Lists,
    NthFilled,
    PickWhere,
    RangeExpr,
    Same,
    SumWhere,
)

Print: TypeAlias = Callable[[Expr], str]
"""Gives the formula text of an expression as an operand of ``&``."""
BEHIND = 1_000_000
"""More than the rows that a range can have."""
FENCE = f'"{NAMES_SEPARATOR}"'


def range_text(expr: RangeExpr, places: Mapping[str, str], show: Print) -> str:
    """The formula text of a node over ranges."""
    match expr:
        case CountWhere(tests):
            return f"SUMPRODUCT({_product(tests, places, show)})"
        case SumWhere(of, tests):
            return f"SUMPRODUCT({_product(tests, places, show)},{places[of.name]})"
        case PickWhere(of, tests):
            cells = places[of.name]
            # The first row has the greatest weight; where none fits, INDEX asks for one too many.
            weight = f"ROWS({cells})+ROW(INDEX({cells},1))-ROW({cells})"
            best = f"SUMPRODUCT(MAX({_factors(tests, places, show)}*({weight})))"
            return f'IFERROR(INDEX({cells},ROWS({cells})+1-{best})&"","")'
        case FirstMatch(of, within):
            return f"IFERROR(MATCH({_masked(show(of))},{places[within.name]},0),0)"
        case NthFilled(of, n):
            cells = places[of.name]
            own = f"ROW({cells})-ROW(INDEX({cells},1))+1"
            # Nothing that Excel takes apart into single cells (IF, IFERROR) may stand in here.
            place = f'SUMPRODUCT(SMALL({own}+{BEHIND}*({cells}=""),{show(n)}))'
            return f'IFERROR(INDEX({cells},{place})&"","")'
        case _:
            assert_never(expr)


def _product(tests: tuple[Condition, ...], places: Mapping[str, str], show: Print) -> str:
    """The conditions as one array of 1 and 0."""
    factors = _factors(tests, places, show)
    return factors if len(tests) > 1 else f"--{factors}"


def _factors(tests: tuple[Condition, ...], places: Mapping[str, str], show: Print) -> str:
    return "*".join(f"({_test(test, places, show)})" for test in tests)


def _test(test: Condition, places: Mapping[str, str], show: Print) -> str:
    match test:
        case Same(of, value):
            return f'{places[of.name]}&""={show(value)}&""'
        case Differs(of, value):
            return f'{places[of.name]}&""<>{show(value)}&""'
        case Filled(of):
            return f'{places[of.name]}<>""'
        case Lists(of, value):
            sought = f"{FENCE}&{show(value)}&{FENCE}"
            return f"ISNUMBER(FIND({sought},{FENCE}&{places[of.name]}&{FENCE}))"
        case Either(inner):
            return "+".join(f"({_test(one, places, show)})" for one in inner) + ">0"
        case _:
            assert_never(test)


def _masked(text: str) -> str:
    """A text whose wildcards MATCH takes as plain characters."""
    shown = f'{text}&""'
    for wildcard in "~*?":
        shown = f'SUBSTITUTE({shown},"{wildcard}","~{wildcard}")'
    return shown
