"""Every case of the worksheet functions, called directly."""

from __future__ import annotations

import pytest

from tests.udfs.cases import Called, called_cases
from xladdin import functions

CASES = called_cases()


@pytest.mark.parametrize("case", CASES, ids=map(str, CASES))
def test_a_case(case: Called) -> None:
    assert getattr(functions, case.function)(*case.given) == case.answer


def test_every_function_has_cases_of_every_kind() -> None:
    for name in functions.__all__:
        cases = [case for case in CASES if case.function == name]
        assert any(case.answer is None for case in cases), name
        assert any(str(case.answer).startswith("#") for case in cases), name
        assert any(isinstance(case.answer, str | float | int) for case in cases), name
        assert any(isinstance(given, list) for case in cases for given in case.given), name


def test_names_tell_the_cases_apart() -> None:
    assert len(set(map(str, CASES))) == len(CASES)
