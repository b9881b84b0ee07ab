"""The functions as Excel calls them: through xlwings' own machinery, with COM's values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .cases import Called, called_cases
from .stubs import MISSING, ComTime, Excel, excel

CASES = called_cases()
DIVISION_BY_ZERO, SPILL = -2146826281, -2146826243


@pytest.fixture(scope="module")
def called() -> Iterator[Excel]:
    with excel() as started:
        yield started


@pytest.mark.parametrize("case", CASES, ids=map(str, CASES))
def test_a_case(called: Excel, case: Called) -> None:
    arguments = [_com(value) for value in case.given]
    assert called.call(case.function.upper(), *arguments) == _shown(case.answer)


def _com(value: Any) -> Any:
    """Ranges are tuples of rows, dates have a time zone."""
    if isinstance(value, list):
        return tuple(tuple(map(_com, row)) for row in value)
    if hasattr(value, "year"):
        hour = (value.hour, value.minute) if hasattr(value, "hour") else ()
        return ComTime(value.year, value.month, value.day, *hour)
    return value


def _shown(answer: Any) -> Any:
    """A blank is an empty text, and a single cell is no range."""
    if isinstance(answer, list):
        rows = [[_shown(cell) for cell in row] for row in answer]
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows
    return "" if answer is None else answer


def test_arguments_that_are_left_out(called: Excel) -> None:
    assert called.call("KPI_SCORE", 18.0, 20.0, 20.0, MISSING, MISSING) == 18
    assert called.call("KPI_SCORE", 30.0, 20.0, 20.0, MISSING, "封顶=120%") == 24
    assert called.call("KPI_SCORE", MISSING, 20.0, 20.0) == ""
    assert called.call("COMPETENCY_SCORE", MISSING, "优秀", MISSING, 5.0) == 4


def test_error_values(called: Excel) -> None:
    column = ((DIVISION_BY_ZERO,), (SPILL,), (18.0,))
    assert called.call("KPI_SCORE", column, 20.0, 20.0) == [
        ["#实际：单元格是错误值 #DIV/0!"],
        ["#实际：单元格是错误值 #SPILL!"],
        [18.0],
    ]


def test_a_column_stays_a_column_and_a_row_a_row(called: Excel) -> None:
    assert called.call("KPI_RANK", ((90.0,), (80.0,))) == [[1], [2]]
    assert called.call("KPI_RANK", ((90.0, 80.0),)) == [[1, 2]]
