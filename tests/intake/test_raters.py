"""Who rates whom: what is read, and what is said of lines that cannot be.

``tests/faults/raters/expected.yaml`` names every broken file, the lines that are read all the
same (source, name, id), and its problems in order.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.domain.competency import SOURCE_LABELS, Assignment, Source
from xladdin.domain.people import Employee
from xladdin.intake.raters import SOURCE_WORDS, read_raters
from xladdin.intake.roster import read_roster
from xladdin.paths import templates_dir
from xladdin.problems import Problem

FOLDER = Path(__file__).parents[1] / "faults/raters"
EXPECTED: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
RATERS = [name for name in EXPECTED if name.startswith("raters")]
EXAMPLE = templates_dir() / "example_company"
HEAD = "被评人工号,评价身份,评价人,评价人工号\n"
NAMES = {
    "QC001": "沈知远",
    "QC002": "陆雨桐",
    "QC003": "方嘉禾",
    "QC005": "梁子墨",
    "QC020": "王芳",
    "QC021": "王芳",
}
PEOPLE = [
    Employee(id=id_, name=name, department="网络销售部", position="网销客服", superior="沈知远")
    for id_, name in NAMES.items()
]


def listed(problem: Problem) -> str:
    return f"{problem.severity} {problem.code} {problem}"


def brief(line: Assignment) -> str:
    return f"{line.ratee} {SOURCE_LABELS[line.source]} {line.rater} {line.rater_id}".strip()


def read(folder: Path, *lines: str) -> tuple[list[str], list[str]]:
    path = folder / "raters.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    found, problems = read_raters(path, PEOPLE)
    return [brief(line) for line in found], [listed(problem) for problem in problems]


@pytest.mark.parametrize("name", RATERS)
def test_a_broken_list(name: str) -> None:
    found, problems = read_raters(FOLDER / name, PEOPLE)
    assert [listed(problem) for problem in problems] == EXPECTED[name]["problems"]
    assert [brief(line) for line in found] == EXPECTED[name]["read"]


def test_every_broken_file_is_expected() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.yaml"}


def test_the_example_company() -> None:
    employees, _ = read_roster(EXAMPLE / "roster.csv")
    lines, problems = read_raters(EXAMPLE / "raters.csv", employees)
    assert problems == []
    assert len(lines) == len((EXAMPLE / "raters.csv").read_text("utf-8-sig").splitlines()) - 1
    peers = [line for line in lines if line.source is Source.PEER]
    assert peers
    assert all(line.rater_id and line.rater_id != line.ratee for line in peers)


@pytest.mark.parametrize(("word", "source"), SOURCE_WORDS.items())
def test_every_word_for_a_source(tmp_path: Path, word: str, source: Source) -> None:
    name = {Source.SELF: "陆雨桐", Source.CUSTOMER: "客户甲"}.get(source, "沈知远")
    found, problems = read(tmp_path, f"QC002,{word},{name},")
    assert problems == []
    assert found[0].startswith(f"QC002 {SOURCE_LABELS[source]} {name}")


def test_a_rater_without_id_is_found_by_name(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "QC002,同事评,梁子墨,", "QC002,主管评,沈知远,")
    assert problems == []
    assert found == ["QC002 同事评 梁子墨 QC005", "QC002 主管评 沈知远 QC001"]


def test_a_rater_from_outside_has_a_name_alone(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "QC002,主管评,销售部经理,", "QC002,客户评,梁子墨,")
    assert problems == []
    assert found == ["QC002 主管评 销售部经理", "QC002 客户评 梁子墨"]


def test_an_id_alone_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, "QC002,同事评,,QC005") == (["QC002 同事评 梁子墨 QC005"], [])
