"""The cell whose formula is being computed: through it, and as long as that takes, its Excel can be asked.

xlwings hands the calling cell over, but only to functions that have it as an argument; ``Book.caller`` is the
workbook that the add-in keeps out of it, since xlwings would run code of its sheets.  And an object of
Excel that is held any longer would keep Excel from ending.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

_calling: list[Any] = []


def calling_cell() -> Any:
    """The cell, as an object of Excel's; None where no cell asks."""
    return _calling[-1] if _calling else None


def noting(call_udf: Callable[..., Any]) -> Callable[..., Any]:
    """xlwings' ``call_udf``; meanwhile the calling cell, its last argument, is known here."""

    @wraps(call_udf)
    def noted(
        module: str, function: str, args: Any, this_workbook: Any = None, caller: Any = None
    ) -> Any:
        _calling.append(caller)
        try:
            return call_udf(module, function, args, this_workbook, caller)
        finally:
            _calling.pop()

    return noted
