"""Whom the column 直接上级 means, of the roster as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.people import Employee
from xladdin.intake.superiors import Superior, Superiors
from xladdin.intake.text import name_key

CASES = yaml.safe_load(Path(__file__).with_name("superiors.yaml").read_text("utf-8"))
NAMES = st.sampled_from(["甲", "乙", "甲 ", "A1", "无", ""])


def roster(people: list[Any]) -> list[Employee]:
    return [
        Employee(id=id_, name=name, department="部", position="岗", superior=superior)
        for id_, name, superior in people
    ]


def said(superior: Superior) -> list[str]:
    if superior.name:
        return [superior.name, superior.employee.id if superior.employee else ""]
    return [superior.code] if superior.code else []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_superior(case: dict[str, Any]) -> None:
    employees = roster(case["people"])
    superiors = Superiors(employees)
    found = {one.id: said(superiors.of(one)) for one in employees if one.id in case["means"]}
    assert found == case["means"]


@given(st.lists(st.tuples(NAMES.filter(str.strip), NAMES), min_size=1, max_size=5))
def test_nobody_is_their_own_superior_nor_one_of_several(people: list[tuple[str, str]]) -> None:
    employees = roster([(f"A{i}", name, above) for i, (name, above) in enumerate(people)])
    superiors = Superiors(employees)
    for one in employees:
        found = superiors.of(one)
        assert bool(found.why) is bool(found.code)
        if found.employee:
            assert found.employee.id != one.id
            key = name_key(one.superior)
            assert key in (name_key(found.employee.id), name_key(found.employee.name))
        assert not (found.name and found.code)
