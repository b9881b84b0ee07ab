"""What is refused is missing, and never counted as none: at every door the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from .command import xladdin

GIVEN = yaml.safe_load(Path(__file__).with_name("wrong_figures.yaml").read_text("utf-8"))
CASES = GIVEN["cases"]
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


@dataclass(frozen=True)
class Files:
    """What a company hands over."""

    scheme: Path
    roster: Path
    actuals: Path


def handed_over(folder: Path, lines: list[str]) -> Files:
    files = Files(folder / "方案.yaml", folder / "名册.csv", folder / "数据.csv")
    files.scheme.write_text(GIVEN["schemes"]["judged"], "utf-8")
    files.roster.write_text("工号,姓名,部门,岗位\nA1,甲一,客服部,客服\n", "utf-8")
    rows = [(*line.split(" "), "")[:3] for line in lines]
    text = "".join(f"2026-10,A1,甲一,{name},{target},{actual}\n" for name, actual, target in rows)
    files.actuals.write_text(f"考核月份,工号,姓名,指标,目标值,实际值\n{text}", "utf-8")
    return files


@each
def test_score(case: dict[str, Any], tmp_path: Path) -> None:
    files = handed_over(tmp_path, case["lines"])
    done = xladdin("score", files.scheme, "--actuals", files.actuals, "--json")
    found = json.loads(done.out)
    (line,) = found["scores"]
    assert (line["total"] or line["incomplete"]) == case["total"]
    whole = isinstance(case["total"], int)
    assert (line["grade"] is None, line["coefficient"] is None) == (not whole, not whole)
    assert line["missing"] == ([] if whole else case["total"].partition("：")[2].split("、"))
    assert done.code == (1 if case["told"] else 0)
    shown = xladdin("score", files.scheme, "--actuals", files.actuals)
    assert str(case["total"]) in shown.out


@each
def test_check_uses_the_scheme_that_is_checked(case: dict[str, Any], tmp_path: Path) -> None:
    files = handed_over(tmp_path, case["lines"])
    done = xladdin(
        "check", files.scheme, "--roster", files.roster, "--actuals", files.actuals, "--json"
    )
    problems = json.loads(done.out)["problems"]
    assert len(problems) == len(case["told"])
    for part in case["told"]:
        assert any(part in problem["message"] for problem in problems), part


@each
def test_the_form_says_so_too(case: dict[str, Any], tmp_path: Path) -> None:
    files = handed_over(tmp_path, case["lines"])
    out = tmp_path / "out"
    options = ("--roster", files.roster, "--actuals", files.actuals, "--scheme", files.scheme)
    xladdin("generate", "--period", "2026-10", "--out", out, *options)
    (form,) = out.rglob("*.xlsx")
    (sheet, *_) = openpyxl.load_workbook(form, data_only=True)
    shown = [cell.value for row in sheet for cell in row]
    assert [text for text in case["form"] if text not in shown] == []
    grades = {"优", "良"} & {*map(str, shown)}
    assert bool(grades) is isinstance(case["total"], int)


def test_check_tells_the_faults_of_a_scheme_once(tmp_path: Path) -> None:
    files = handed_over(tmp_path, [])
    text = files.scheme.read_text("utf-8").replace("weight: 60", "weight: 50")
    files.scheme.write_text(text, "utf-8")
    done = xladdin("check", files.scheme, "--roster", files.roster, "--json")
    codes = [problem["code"] for problem in json.loads(done.out)["problems"]]
    assert codes == ["weights_total"]


def test_a_scheme_of_the_roster_that_there_is_none_of_is_told_at_every_door(tmp_path: Path) -> None:
    files = handed_over(tmp_path, ["企业文化 9"])
    files.roster.write_text("工号,姓名,部门,岗位,考核方案\nA1,甲一,客服部,客服,没有的\n", "utf-8")
    figures = ("--roster", files.roster, "--actuals", files.actuals)
    for command in (
        ("score", files.scheme),
        ("check", files.scheme),
        ("generate", "--scheme", files.scheme, "--period", "2026-10", "--out", tmp_path / "out"),
    ):
        told = xladdin(*command, *figures).err
        assert "的考核方案「没有的」不存在，现有方案：评分方案" in told
    assert not (tmp_path / "out").exists()


def test_no_shipped_scheme_takes_the_place_of_one_with_faults(tmp_path: Path) -> None:
    files = handed_over(tmp_path, ["企业文化 9"])
    text = files.scheme.read_text("utf-8").replace("weight: 60", "weight: 50")
    files.scheme.write_text(text.replace("[客服]", "[网销客服]"), "utf-8")
    files.roster.write_text("工号,姓名,部门,岗位\nA1,甲一,客服部,网销客服\n", "utf-8")
    options = ("--roster", files.roster, "--scheme", files.scheme)
    for form in ("monthly", "sales"):
        done = xladdin(
            "generate", "--period", "2026-10", "--out", tmp_path / "out", "--form", form, *options
        )
        assert done.err.count("各分项权重合计为") + done.err.count("各指标权重合计为") == 1
        assert "「评分方案」有错误，改好以前不能生成" in done.err
    assert not (tmp_path / "out").exists()
    scored = xladdin("score", files.scheme, "--actuals", files.actuals, "--json")
    assert json.loads(scored.out)["scores"] == []
