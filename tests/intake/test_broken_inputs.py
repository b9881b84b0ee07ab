"""One broken input per fault: exactly the problems that are expected, and nothing lost.

``tests/faults/intake/expected.yaml`` names every file, how many lines of it are read all the
same, and its problems in order: severity, code, and what the clerk sees.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.domain.people import Employee
from xladdin.intake.actuals import read_actuals
from xladdin.intake.roster import read_roster
from xladdin.problems import Problem

from . import broken_books
from .appraising import scheme_of

FAULTS = Path(__file__).parents[1] / "faults" / "intake"
EXPECTED = yaml.safe_load((FAULTS / "expected.yaml").read_text(encoding="utf-8"))
EMPLOYEES = [
    Employee(id="1001", name="陆雨桐", department="网络销售部", position="网销客服"),
    Employee(id="1003", name="沈知远", department="网络销售部", position="客服主管"),
]


def read(path: Path) -> tuple[int, list[Problem]]:
    if path.name.startswith("actuals"):
        actuals, problems = read_actuals(path, EMPLOYEES, scheme_of)
        return sum(not actual.refused for actual in actuals), problems
    employees, problems = read_roster(path)
    return len(employees), problems


def listed(problem: Problem) -> str:
    return f"{problem.severity} {problem.code} {problem}"


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_input_gives_its_problems(name: str, tmp_path: Path) -> None:
    path = FAULTS / name
    if not path.exists() and path.stem.partition("_")[2] in broken_books.WRITERS:
        path = broken_books.write(tmp_path, name)
    count, problems = read(path)
    expected: dict[str, Any] = EXPECTED[name]
    assert [listed(problem) for problem in problems] == expected.get("problems", [])
    assert count == expected.get("read", 0)


def test_every_broken_input_is_expected() -> None:
    there = {path.name for path in FAULTS.iterdir() if path.suffix != ".yaml"}
    assert there <= set(EXPECTED)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "名册.xlsx"
    folder.mkdir()
    assert [problem.code for problem in read_roster(folder)[1]] == ["file_is_folder"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "open", locked)
    assert [problem.code for problem in read_roster(tmp_path / "a.xlsx")[1]] == ["file_unreadable"]
