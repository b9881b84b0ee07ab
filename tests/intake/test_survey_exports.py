"""Answers out of survey sites' exports: exactly these ratings, and every odd row told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.books.ratings import survey_text
from xladdin.company.starting import example_company
from xladdin.domain.competency import Source
from xladdin.intake.survey_exports import is_survey, question_key, read_survey
from xladdin.problems import Problem
from xladdin.schemes.library import Library

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_suffix("").with_name("survey_exports.yaml").read_text("utf-8")
)
(SCHEME,) = Library.shipped().competencies


def told(problem: Problem) -> str:
    line = f"第{problem.place.line}行" if problem.place.line else ""
    return f"{problem.severity.value} {problem.code} {line}:{problem.message}"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", CASES)
def test_what_is_read(name: str, encoding: str, tmp_path: Path) -> None:
    case, path = CASES[name], tmp_path / f"{name}.csv"
    path.write_bytes("\r\n".join(case["lines"]).encode(encoding))
    firm = example_company()
    assert is_survey(path)
    found = read_survey(path, firm.employees, firm.competency_of)
    assert [
        f"{one.ratee} {one.rater.partition('（')[0]} {one.element} {one.level[:1]}{' refused' * one.refused}"
        for one in found.ratings
    ] == case["ratings"]
    assert [told(problem) for problem in found.problems] == case["problems"]
    assert {(one.ratee, one.rater) for one in found.ratings} == {
        (line.ratee, line.rater) for line in found.assignments
    }
    assert read_survey(path, firm.employees, firm.competency_of) == found


@pytest.mark.parametrize(
    "lines",
    [
        "被评人工号,评价身份,评价人,评价人工号,要素,评级\nQC002,客户评,客户1,,业务知识能力,5",
        "工号,姓名,提交时间\nA1,甲,2026-11-20",
        "",
    ],
)
def test_other_tables_are_none(lines: str, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(lines, "utf-8")
    assert not is_survey(path)


@pytest.mark.parametrize(
    "written", ["2、{}", "Q2.{}", "2. {}[量表题]", "{}", "  2．{} *", "题2：{}（必填）"]
)
def test_a_question_is_known_however_a_site_numbers_it(written: str) -> None:
    asked = [element.question for element in SCHEME.elements_of(Source.CUSTOMER)]
    keys = {question_key(written.format(one)) for one in asked}
    assert keys == set(map(question_key, asked))
    assert len(keys) == len(asked)


def test_what_goes_out_as_text_comes_back(tmp_path: Path) -> None:
    """The questions of the text as heads, its options as answers: everything is read."""
    firm = example_company()
    people = firm.employees[1:4]
    first, greeting, *questions = survey_text.text(SCHEME, people, "晴川").strip().split("\n\n")
    assert first == "晴川客户服务满意度问卷"
    assert "晴川" in greeting
    assert "匿名" in greeting
    assert "一分钟" in greeting
    heads = [each.split("\n")[0] for each in questions]
    options = [each.split("\n")[1:] for each in questions]
    assert options[0] == [one.nickname for one in people]
    rows = [
        [
            str(n),
            "2026/11/20 10:00:00",
            "65秒",
            *(each[n % len(each)] if each else "" for each in options),
        ]
        for n in range(15)
    ]
    path = tmp_path / "答卷.csv"
    lines = [["序号", "提交答卷时间", "所用时间", *heads], *rows]
    path.write_text("\n".join(",".join(line) for line in lines), "utf-8")
    found = read_survey(path, firm.employees, firm.competency_of)
    assert found.problems == ()
    assert len(found.assignments) == 15
    asked = SCHEME.elements_of(Source.CUSTOMER)
    assert [one.level for one in found.ratings] == [
        str(n % 5 + 1) for n in range(15) for _ in asked
    ]
