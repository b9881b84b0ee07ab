"""xlwings, imported so that it ends nobody's Excel.  Whatever needs it imports it from here.

On Windows ``import xlwings`` asks Python to run ``taskkill /F`` at its end for every EXCEL.EXE that
shows no workbook.  That is the Excel of a clerk who looks at its start screen, or on a terminal
server anybody's.
"""

from __future__ import annotations

import atexit
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from .calling_cell import noting

__all__ = ["WINDOWS", "spare_excel", "xw"]

WINDOWS = "xlwings._xlwindows"
"""xlwings' module for Excel on Windows, which asks for it."""
SERVER = "xlwings.com_server"
"""Its module that cells call."""


def spare_excel() -> None:
    """Take the request back, where xlwings has been imported without this module."""
    found = sys.modules.get(WINDOWS)
    if found is None:
        return
    atexit.unregister(found.cleanup)
    # The same is done where a program ends an Excel; nobody here does, nor by accident.
    found.Apps.cleanup = staticmethod(_nobody)


@contextmanager
def _no_requests() -> Iterator[None]:
    """Meanwhile that module cannot ask: its import may fail afterwards, and leave no trace of it."""
    register = atexit.register

    def registered(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Callable[..., Any]:
        asks = getattr(function, "__module__", None) == WINDOWS
        return function if asks else register(function, *args, **kwargs)

    vars(atexit)["register"] = registered
    try:
        yield
    finally:
        vars(atexit)["register"] = register


def _nobody() -> None:
    """Whom to end."""


def note_calling_cells() -> None:
    """Have the server behind the cells note which of them calls."""
    found = sys.modules.get(SERVER)
    if found is not None:
        vars(found)["call_udf"] = noting(found.call_udf)


try:
    with _no_requests():
        import xlwings as xw
finally:
    spare_excel()
note_calling_cells()
