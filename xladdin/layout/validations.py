"""Input checks as XlsxWriter's data validations, within the limits that Excel sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from xladdin.formula.excel import excel

from .cell_rules import Anything, AtMost, Between, Check, Choice, Distinct, Holds, Offered
from .tables.lists import source_text

TITLE_LIMIT, MESSAGE_LIMIT, FORMULA_LIMIT = 32, 255, 255


def options(check: Check, places: Mapping[str, str]) -> dict[str, Any]:
    """The validation of one cell.

    Raises ValueError where a list or a formula is longer than Excel allows: a bug of the book.
    """
    return {
        **_criterion(check, places),
        "input_title": check.title[:TITLE_LIMIT],
        "input_message": check.prompt[:MESSAGE_LIMIT],
        "error_title": "请重新填写",
        "error_message": check.error[:MESSAGE_LIMIT],
        "error_type": "stop" if check.strict else "warning",
        "show_error": not check.suggests,
        "ignore_blank": True,
    }


def fits_list(items: Sequence[str]) -> bool:
    """Whether Excel takes these texts as a drop-down list: short enough, and without commas."""
    return len(",".join(items)) <= FORMULA_LIMIT and not any("," in item for item in items)


def _fitting(formula: str) -> str:
    """A formula that Excel takes in a validation, with its ``=``."""
    if len(formula) >= FORMULA_LIMIT:
        raise ValueError(f"a validation formula of {len(formula)} characters: {formula}")
    return "=" + formula


def _criterion(check: Check, places: Mapping[str, str]) -> dict[str, Any]:
    match check.rule:
        case Choice(items):
            if not fits_list(items):
                raise ValueError(f"a list that Excel refuses: {items}")
            # The list is stored as one quoted text.
            return {"validate": "list", "source": [item.replace('"', '""') for item in items]}
        case Between(low, high, whole, date):
            # Dates are compared as day numbers, which "decimal" does in every spreadsheet.
            kind = "integer" if whole and not date else "decimal"
            ends = {"minimum": float(low), "maximum": float(high)}
            return {"validate": kind, "criteria": "between", **ends}
        case Holds(test):
            return {"validate": "custom", "value": _fitting(excel(test, places))}
        case Offered(source):
            return {"validate": "list", "source": _fitting(source_text(source, places))}
        case Anything():
            return {"validate": "any"}
        case Distinct(keys, own):
            column, cell = f"{places[keys[0]]}:{places[keys[-1]]}", places[own]
            rank = f"{cell}>=1,{cell}=INT({cell}),COUNTIF({column},{cell})=1"
            # AND alone would work INT out for a text too, and give an error.
            return {"validate": "custom", "value": f"=IF(ISNUMBER({cell}),AND({rank}),FALSE)"}
        case AtMost(characters):
            return {"validate": "length", "criteria": "<=", "value": characters}
        case _:
            assert_never(check.rule)
