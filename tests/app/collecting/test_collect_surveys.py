"""A survey site's export is collected as forms are: kept once, and told of in the summaries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.app.generating.test_survey_files import ANSWERS
from xladdin.app.collecting.collect import collect
from xladdin.app.init import write
from xladdin.company.starting import example_company
from xladdin.domain.people import Period


@pytest.fixture
def master(tmp_path: Path) -> Path:
    whole = example_company()
    path = tmp_path / "总表.xlsx"
    write(path, replace(whole, employees=whole.employees[1:3], raters=(), figures=()))
    return path


def test_answers_are_kept_once_and_count_as_the_customers(master: Path, tmp_path: Path) -> None:
    (tmp_path / "收到").mkdir()
    export = tmp_path / "收到" / "满意度_2026.csv"
    export.write_text(
        "\n".join([*ANSWERS, "9,2026/11/20 11:00:00,65秒,9.9.9.9,外人,5,5,5"]), "utf-8"
    )
    command = ("collect", master, tmp_path / "收到", "--period", "2026-11")
    done = xladdin(*command)
    assert "问卷网站的答卷：4 份" in done.out
    assert "名册里没有客服「外人」" in done.err
    assert "不是本工具生成的表" not in done.err
    assert "其中 4 份先前已经记过" in xladdin(*command).out
    out = tmp_path / "能力"
    made = xladdin("generate", master, "--form", "competency", "--period", "2026-11", "--out", out)
    assert "评分表和问卷 4 份" in made.out
    assert not list(out.glob("发给评价人/客户/*"))
    assert len(list(out.glob("绩效总结*/*/*QC002*"))) == 1
    again = xladdin("generate", master, "--form", "competency", "--period", "2026-11", "--out", out)
    assert "新生成 0 份" in again.out
    assert "更新" not in again.out


def test_without_a_ledger_nothing_is_kept_and_that_is_said(master: Path, tmp_path: Path) -> None:
    export = tmp_path / "导出.csv"
    export.write_text("\n".join(ANSWERS), "utf-8")
    done = collect(master, [export], period=Period.parse("2026-11"))
    assert "问卷网站的答卷：4 份" in done.told
    assert [problem.code for problem in done.problems] == ["no_ledger"]
    assert "答卷只记在台账里" in done.problems[0].message
