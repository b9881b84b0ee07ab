"""Ratings that came in: every one to its rater, and what is said of those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.domain.competency import Assignment, CompetencyScheme, Rating, Source
from xladdin.intake.ratings import read_ratings
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library

from .test_raters import EXPECTED, FOLDER, listed

EXAMPLE = templates_dir() / "example_company"
RATINGS = [name for name in EXPECTED if name.startswith("ratings")]
ASSIGNED = [
    Assignment(ratee="QC002", source=Source.SELF, rater="陆雨桐", rater_id="QC002"),
    Assignment(ratee="QC002", source=Source.SUPERIOR, rater="沈知远", rater_id="QC001"),
    Assignment(ratee="QC002", source=Source.PEER, rater="梁子墨", rater_id="QC005"),
    Assignment(ratee="QC002", source=Source.PEER, rater="王芳", rater_id="QC020"),
    Assignment(ratee="QC002", source=Source.PEER, rater="王芳", rater_id="QC021"),
    Assignment(ratee="QC002", source=Source.CUSTOMER, rater="客户甲（尾号1）"),
]
POINTS = ("业务知识能力,4", "沟通能力,3.0分", "问题解决能力,3.5")


def scheme_of(ratee: str) -> CompetencyScheme | None:
    return Library.shipped().competencies[0] if ratee == "QC002" else None


def brief(line: Rating) -> str:
    return f"{line.rater} {line.rater_id} {line.element} {line.level}"


@pytest.mark.parametrize("name", RATINGS)
def test_a_broken_file(name: str) -> None:
    found, problems = read_ratings(FOLDER / name, ASSIGNED, scheme_of)
    assert [listed(problem) for problem in problems] == EXPECTED[name]["problems"]
    assert [brief(line) for line in found] == EXPECTED[name]["read"]


def test_points_of_a_level_are_its_level_and_others_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    lines = "\n".join(f"QC002,主管评,沈知远,{rated}" for rated in POINTS)
    path.write_text(f"被评人工号,评价身份,评价人,要素,评级\n{lines}\n", "utf-8")
    found, problems = read_ratings(path, ASSIGNED, scheme_of)
    assert [line.level for line in found] == ["优秀", "良好", "3.5（有误）"]
    assert [problem.code for problem in problems] == [
        "level_by_points",
        "level_by_points",
        "unknown_level",
    ]
    assert "「3.0分」按分值读作等级「良好」" in problems[1].message
    assert (
        "「3.5」应为：优秀、良好、一般、待改进；写分值的，只能是某个等级的分值"
        in problems[2].message
    )


def test_a_person_without_scheme(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("被评人工号,评价身份,评价人,要素,评级\nQC009,自评,甲,沟通能力,优秀\n", "utf-8")
    line = Assignment(ratee="QC009", source=Source.SELF, rater="甲", rater_id="QC009")
    found, problems = read_ratings(path, [line], scheme_of)
    assert found == []
    assert [problem.code for problem in problems] == ["unknown_element"]
