"""Base pay by employee id: what is read, every mismatch told, no amount in any message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.company.people import employee
from xladdin.intake.base_pay import lacking, read_base_pay

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "base_pay.yaml").read_text("utf-8"))
PEOPLE = [employee("E1", name="张三"), employee("E2", name="李四"), employee("E3", name="王五")]


@pytest.mark.parametrize("name", CASES)
def test_a_file(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    path = tmp_path / "工资.csv"
    path.write_text("\n".join(case["lines"]) + "\n", "utf-8")
    pay, problems = read_base_pay(path, PEOPLE)
    problems += lacking(pay, PEOPLE, path.name)
    assert {id_: str(amount) for id_, amount in pay.amounts.items()} == case["read"]
    told = [f"{one.severity} {one.code} {one}" for one in problems]
    assert told == case["told"]
    assert not any(amount in line for amount in case.get("secret", ()) for line in told)
    assert not any(amount in repr(pay) for amount in case.get("secret", ()))
