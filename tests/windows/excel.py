"""Excel's side of COM: values as Excel sends them, and answers as it gets them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pythoncom
from win32com.client import VARIANT

from tests.udfs.stubs import MISSING, PACKAGE

NOTHING = VARIANT(pythoncom.VT_DISPATCH, None)
"""VBA's own ``Nothing``."""


def by_reference(values: list[Any]) -> Any:
    """Arguments as the add-in's class hands them on: it has them in a variable."""
    return VARIANT(pythoncom.VT_BYREF | pythoncom.VT_VARIANT, values)


def called_from(folder: str, name: str, call_udf: Any, function: str, args: tuple[Any, ...]) -> Any:
    """What a cell gets, in an Excel in which this workbook is open."""
    book = SimpleNamespace(Path=folder, Name=name)
    cell = SimpleNamespace(
        Application=SimpleNamespace(Workbooks=[book], ActiveWorkbook=book), address=""
    )
    return call_udf(PACKAGE, function, args, None, cell)


def sent(value: Any) -> Any:
    """A cell, a range or an argument that is left out.

    Error values go as their numbers: pywin32 reads them right but can send only that one kind.
    """
    if isinstance(value, list | tuple):
        return tuple(map(sent, value))
    if value is None:
        return pythoncom.Empty  # a None would be a Null, which no cell holds
    if isinstance(value, int) and value == MISSING:
        return VARIANT(pythoncom.VT_ERROR, value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)
    return value


def expected(answer: Any) -> Any:
    """What COM brings: blanks as empty texts, a single row or cell without what is around it."""
    if not isinstance(answer, list):
        return "" if answer is None else answer
    rows = tuple(tuple(map(expected, row)) for row in answer)
    if len(rows) > 1:
        return rows
    return rows[0] if len(rows[0]) > 1 else rows[0][0]
