"""Rules of worksheet functions: those of Excel 2010, and the prefixes that files want."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

import yaml

from .mentions import PARAMETER
from .problem import Code
from .tokens import Kind, tokens

PREFIX = "_xlfn."
_SHEET_PREFIX = "_xlws."
_WITH_PARAMETERS = frozenset({"LET", "LAMBDA"})
_NAMES = Path(__file__).with_name("functions.yaml")


@cache
def function_names(group: str) -> frozenset[str]:
    """Return the functions in a group of functions.yaml: plain, prefixed_2010 or later."""
    return frozenset(yaml.safe_load(_NAMES.read_text(encoding="utf-8"))[group].split())


def bare_function(name: str) -> str:
    """Return a function's name without the prefixes that files store."""
    return name.removeprefix(PREFIX).removeprefix(_SHEET_PREFIX).removeprefix(PARAMETER)


def check_functions(
    formula: str, names: Set[str], excel_2010: bool = True
) -> Iterator[tuple[Code, str]]:
    """Find functions that do not exist, are too new, or lack their prefix.

    `names` are the workbook's defined names in lower case; a named LAMBDA is called like a
    function.
    """
    for token in tokens(formula):
        called_name = token.text.lower() in names or token.text.startswith(PARAMETER)
        if token.kind is Kind.FUNCTION and not called_name:
            yield from _check(token.text, formula, excel_2010)


def _check(stored: str, formula: str, excel_2010: bool) -> Iterator[tuple[Code, str]]:
    name = bare_function(stored).upper()
    prefixed = name in function_names("prefixed_2010") or name in function_names("later")
    if not _is_allowed(name, excel_2010):
        known = "Excel 2010" if excel_2010 else "Excel"
        yield Code.FORMULA_FUNCTION, f"{known} has no function {name}"
    if stored.startswith(PREFIX) != prefixed:
        message = f"{name} is stored {'with' if prefixed else 'without'} {PREFIX}"
        yield Code.FORMULA_PREFIX, message
    if name in _WITH_PARAMETERS and PARAMETER not in formula:
        yield Code.FORMULA_PARAMETER, f"parameters of {name} are stored with {PARAMETER}"


def _is_allowed(name: str, excel_2010: bool) -> bool:
    in_2010 = name in function_names("plain") or name in function_names("prefixed_2010")
    return in_2010 or (not excel_2010 and name in function_names("later"))
