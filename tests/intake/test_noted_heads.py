"""Heads of rosters and tables of figures that the master's 导入对照 notes: read, and told where not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.app.command import xladdin
from tests.patch.masters import SMALL, write_master
from xladdin.intake.actuals import ACTUALS
from xladdin.intake.exports.mapping import OF_TABLES, PERSON, UNUSED, Mapping
from xladdin.intake.headers import synonyms
from xladdin.intake.noted_heads import noted_heads
from xladdin.intake.roster import ROSTER, read_roster
from xladdin.master.read_master import read_master

NOTED = (
    Mapping("人员代码", "工号"),
    Mapping("中心", "部门"),
    Mapping("带教人", "直接上级"),
    Mapping("考核数", "实际值"),
    Mapping("账期", "考核月份"),
)
ROSTER_FILE = (
    "人员代码,姓名,中心,岗位,带教人\nK1,白一,网店部,网销客服,白九\nK9,白九,网店部,网销主管,\n"
)
FIGURES_FILE = "账期,人员代码,指标,考核数\n2026-09,K1,平均响应时间,33\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mappings = (*SMALL["mappings"], *NOTED)
    write_master(tmp_path / "总表.xlsx", (), **(SMALL | {"mappings": mappings}))
    (tmp_path / "名册.csv").write_text(ROSTER_FILE, "utf-8")
    (tmp_path / "数据.csv").write_text(FIGURES_FILE, "utf-8")
    return tmp_path


def scored(folder: Path, *more: str | Path) -> tuple[list[dict[str, Any]], list[str]]:
    done = xladdin("score", folder / "总表.xlsx", "--actuals", folder / "数据.csv", "--json", *more)
    said = json.loads(done.out)
    return said["scores"], [
        f"{p['code']} {p['message']}" for p in said["problems"] if "岗位」表里" not in p["message"]
    ]


def test_a_roster_and_figures_with_heads_of_the_companys_own(folder: Path) -> None:
    scores, problems = scored(folder, "--roster", folder / "名册.csv")
    assert problems == []
    assert [(one["employee"], one["items"]["response_time"]) for one in scores] == [("K1", 9.0)]


def test_check_reads_them_too(folder: Path) -> None:
    files = ("--roster", folder / "名册.csv", "--actuals", folder / "数据.csv")
    done = xladdin("check", folder / "总表.xlsx", *files, "--json")
    errors = [p for p in json.loads(done.out)["problems"] if p["severity"] == "error"]
    assert errors == []
    alone = json.loads(xladdin("check", *files, "--json").out)["problems"]
    assert {p["code"] for p in alone} >= {"missing_column"}


def test_generate_reads_them_too(folder: Path) -> None:
    files = ("--roster", folder / "名册.csv", "--actuals", folder / "数据.csv")
    out = folder / "表"
    done = xladdin(
        "generate", "--period", "2026-09", "--out", out, *files, "--scheme", folder / "总表.xlsx"
    )
    assert "错误" not in done.err
    assert [path.name for path in out.rglob("*K1*.xlsx")] == ["2026-09_K1_白一_月度绩效考核表.xlsx"]
    assert (out / "网店部").is_dir()


def test_the_usual_head_wins_over_one_that_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("工号,姓名,中心,部门,岗位\nK1,白一,甲中心,乙部,客服\n", "utf-8")
    (employee,), problems = read_roster(path, [Mapping("中心", "部门")])
    assert employee.department == "乙部"
    assert [(p.code, p.place.field) for p in problems] == [("column_passed_over", "中心")]


def test_a_noted_head_wins_over_a_synonym(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("工号,姓名,所属部门,中心,岗位\nK1,白一,丙部,甲中心,客服\n", "utf-8")
    (employee,), problems = read_roster(path, [Mapping("中心", "部门")])
    assert employee.department == "甲中心"
    assert [(p.code, p.place.field) for p in problems] == [("column_passed_over", "所属部门")]


def test_a_noted_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("工号,姓名,部门,岗位\nK1,白一,乙部,客服\n", "utf-8")
    # 部门 is there by its usual head, 小名 may be meant for exports.
    noted = [*NOTED, Mapping("师傅", "直接上级"), Mapping("小名", "昵称")]
    _, problems = read_roster(path, noted)
    (told,) = problems
    assert told.code == "mapped_column_missing"
    assert "「带教人」、「师傅」是直接上级" in told.message


def test_a_head_that_means_something_else_elsewhere_is_as_it_was_noted() -> None:
    assert noted_heads([Mapping("职务", "部门")], ROSTER) == {"职务": "department"}
    assert noted_heads([Mapping("职务", "没有的")], ROSTER) == {}


def test_every_column_of_a_table_may_be_noted() -> None:
    usual = {names[0] for wanted in (ROSTER, ACTUALS) for names in wanted.values()}
    assert usual == {*OF_TABLES, *PERSON}
    assert {*OF_TABLES} <= {*synonyms(ROSTER)} | {*synonyms(ACTUALS)}


def test_in_an_export_such_a_column_is_no_figure(folder: Path) -> None:
    company, problems = read_master(folder / "总表.xlsx")
    assert [p.message for p in problems if p.place.sheet == "导入对照"] == []
    targets = {mapping.column: mapping.target for mapping in company.export_mappings}
    assert (targets["中心"], targets["考核数"]) == (UNUSED, UNUSED)
