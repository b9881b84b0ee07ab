"""What a cell shows where a function fails in a way that nobody foresaw."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from xladdin import unforeseen

from .values import MARK

Given = ParamSpec("Given")
Found = TypeVar("Found")

WENT_WRONG = f"{MARK}出了意外：没有算出来"
LOGGED = f"{WENT_WRONG}，详情已记入日志"
"""Not where the log is: a cell is handed on with its workbook, and the path names the user."""
MOST = 100
"""A fault in a column of formulas is the same in each; it is logged once for each Excel."""

_logged: set[str] = set()


def went_wrong(what: str, error: Exception) -> str:
    """The message for a cell; the details are in the log."""
    try:
        told = unforeseen.details(error)
        if told in _logged:
            return LOGGED
        if len(_logged) < MOST and unforeseen.record(f"function {what}", error):
            _logged.add(told)
            return LOGGED
    except Exception:
        return WENT_WRONG
    return WENT_WRONG


def guarded(function: Callable[Given, Found]) -> Callable[Given, Found | str]:
    """A worksheet function that never raises: xlwings would put a traceback into the cell."""

    @wraps(function)
    def safe(*args: Given.args, **kwargs: Given.kwargs) -> Found | str:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            return went_wrong(getattr(function, "__name__", ""), error)

    return safe
