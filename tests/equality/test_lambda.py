"""The named functions: each case as an inline LAMBDA in another spreadsheet engine."""

from __future__ import annotations

from decimal import Decimal

import ironcalc
import pytest

from tests.cases.reading import SCORE, Rated, rated_cases
from xladdin.formula.evaluate import Value
from xladdin.formula.excel import literal
from xladdin.formula.lambda_ import lambda_

PARAMETERS = ("full", "actual", "target")
CASES = tuple(case for case in rated_cases() if case.numeric)


@pytest.fixture(scope="module")
def calculated() -> list[object]:
    """The value of every case, all out of one workbook."""
    book = ironcalc.create("cases", "en", "UTC", "en")
    for row, case in enumerate(CASES, start=1):
        arguments = ",".join(_argument(case.inputs[name]) for name in PARAMETERS)
        book.set_user_input(0, row, 1, f"={lambda_(case.expr, PARAMETERS)}({arguments})")
    book.evaluate()
    return [book.get_cell_value(0, row, 1) for row in range(1, len(CASES) + 1)]


def _argument(value: Value) -> str:
    """A blank cannot be passed inline; an empty text is no number either."""
    return literal(value) if isinstance(value, Decimal) else '""'


def test_a_lambda_scores_as_python_does(calculated: list[object]) -> None:
    wrong = [
        f"{case.name}: {found!r} instead of {case.expected[SCORE]}"
        for case, found in zip(CASES, calculated, strict=True)
        if not _same(case, found)
    ]
    assert not wrong, "\n".join(wrong)


def _same(case: Rated, found: object) -> bool:
    wanted = case.expected[SCORE]
    if wanted is None:
        return found in ("", None)
    return isinstance(found, float) and Decimal(repr(found)) == wanted


def test_enough_cases_are_numeric() -> None:
    assert len(CASES) > 200
