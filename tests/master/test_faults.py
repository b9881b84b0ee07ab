"""One broken master workbook per fault: exactly the problems that are expected of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.master.read_master import read_master
from xladdin.problems import Problem

from .books import write
from .edits import edited

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "faults" / "master" / "cases.yaml").read_text(encoding="utf-8")
)


def listed(problem: Problem) -> str:
    where = str(problem.place).removeprefix("master.xlsx").removeprefix("!")
    return f"{problem.severity} {problem.code} {where}：{problem.message}"


def problems_of(name: str, folder: Path) -> list[str]:
    path = write(folder / "master.xlsx", edited(CASES[name]["edits"]))
    return [listed(problem) for problem in read_master(path)[1]]


@pytest.mark.parametrize("name", CASES)
def test_a_broken_master_gives_its_problems(name: str, tmp_path: Path) -> None:
    assert problems_of(name, tmp_path) == CASES[name].get("problems", [])


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "refused" in case])
def test_what_is_refused_is_there_as_missing(name: str, tmp_path: Path) -> None:
    company, _ = read_master(write(tmp_path / "master.xlsx", edited(CASES[name]["edits"])))
    found = [f"{it.period} {it.employee} {it.indicator} {it.refused}" for it in company.refused]
    assert found == CASES[name]["refused"]
