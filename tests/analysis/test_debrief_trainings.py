"""Days of trainings out of settings: whose they are, and every line that could not be used is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.analysis.debrief_trainings import trainings_of
from xladdin.company.company import Company
from xladdin.company.company_settings import Setting
from xladdin.domain.people import Employee

CASES: Sequence[Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "debrief_trainings.yaml").read_text("utf-8")
)
PEOPLE = tuple(
    Employee(id=id_, name=name, department="网络销售部", position="网销客服")
    for id_, name in (("QC002", "陆雨桐"), ("QC003", "方嘉禾"))
)
NAMED = ("QC002", "陆雨桐", "网络销售部")


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["settings"]))
def test_trainings(case: Mapping[str, Any]) -> None:
    settings = tuple(Setting(name, str(value)) for name, value in case["settings"].items())
    company = Company(PEOPLE, settings=settings, file="总表.xlsx")
    found, problems = trainings_of(company, NAMED, 2026)
    assert [f"{one.day.isoformat()} {one.name}" for one in found] == case["found"]
    assert len(problems) == case["told"]
    for problem in problems:
        assert "没有用上" in problem.message or "没有列出" in problem.message
        assert problem.place.file == "总表.xlsx"
