"""Input checks as XlsxWriter's data validations, within the limits that Excel sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from xladdin.formula.excel import excel

from .cells import AtMost, Between, Check, Choice, Distinct, Holds

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
        "ignore_blank": True,
    }


def _criterion(check: Check, places: Mapping[str, str]) -> dict[str, Any]:
    match check.rule:
        case Choice(items):
            if len(",".join(items)) > FORMULA_LIMIT or any("," in item for item in items):
                raise ValueError(f"a list that Excel refuses: {items}")
            return {"validate": "list", "source": list(items)}
        case Between(low, high, whole, date):
            # Dates are compared as day numbers, which "decimal" does in every spreadsheet.
            kind = "integer" if whole and not date else "decimal"
            ends = {"minimum": float(low), "maximum": float(high)}
            return {"validate": kind, "criteria": "between", **ends}
        case Holds(test):
            formula = "=" + excel(test, places)
            if len(formula) > FORMULA_LIMIT:
                raise ValueError(f"a validation formula of {len(formula)} characters: {formula}")
            return {"validate": "custom", "value": formula}
        case Distinct(keys, own):
            column = f"{places[keys[0]]}:{places[keys[-1]]}"
            return {"validate": "custom", "value": f"=COUNTIF({column},{places[own]})=1"}
        case AtMost(characters):
            return {"validate": "length", "criteria": "<=", "value": characters}
        case _:
            assert_never(check.rule)
