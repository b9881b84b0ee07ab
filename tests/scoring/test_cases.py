"""Every case of tests/cases, computed in Python."""

from __future__ import annotations

import pytest

from tests.cases.reading import Case, form_cases, rated_cases, read
from xladdin.domain.methods import RULES
from xladdin.formula.evaluate import solve

CASES = (*rated_cases(), *form_cases())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_case(case: Case) -> None:
    values = solve(case.model, case.inputs)
    assert {key: values[key] for key in case.expected} == case.expected


def test_names_tell_the_cases_apart() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_the_cases_that_matter(rule: str) -> None:
    cases = [case for group in read(rule) for case in group.get("cases", ())]
    actuals = [case["actual"] for case in cases]
    assert None in actuals
    assert any(isinstance(actual, str) for actual in actuals)
    assert 10**9 in actuals
    assert any(case["score"] is None for case in cases)
