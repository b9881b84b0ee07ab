"""A part of a month is never written as the month; what came of a file is told, and true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.app.command import Done, xladdin
from tests.patch.masters import SALES, SMALL, write_master
from xladdin.intake.exports.mapping import How, Mapping
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import read_master

ROWS = [{"period": "2026-10", "employee": "1001", "indicator": SALES, "actual": 161386}]


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return write_master(tmp_path / "总表.xlsx", ROWS, **SMALL)


def run(master: Path, text: str | Path, *more: str) -> Done:
    path = text if isinstance(text, Path) else master.with_name("导出.csv")
    if isinstance(text, str):
        path.write_text(text, encoding="utf-8-sig")
    return xladdin("import", master, path, "--period", "2026-10", *more)


def figures(master: Path) -> dict[str, Any]:
    company, problems = read_master(master)
    assert not [p for p in problems if p.is_error and p.place.sheet == FIGURES.name]
    return {f.actual.employee: f.actual.actual for f in company.figures}


def daily(days: range) -> str:
    lines = [f"2026-10-{day:02},晴川-小雨,{day}" for day in days]
    return "\n".join(["日期,旺旺昵称,客服销售额", *lines])


def test_one_day_does_not_take_the_months_place(master: Path) -> None:
    before = master.read_bytes()
    done = run(master, daily(range(31, 32)))
    assert done.code == 1
    assert "只有10月31日的数据，缺10月1日—30日（30天）" in done.err
    assert master.read_bytes() == before


def test_all_days_do_and_where_the_figure_comes_from_is_said(master: Path) -> None:
    done = run(master, daily(range(1, 32)))
    assert done.code == 0
    assert "按天的数据：10月1日—31日，31天" in done.out
    assert figures(master) == {"1001": 496}
    company, _ = read_master(master)
    assert company.figures[0].origin == "导出.csv：客服销售额（31行求和）"


def test_lines_of_other_months_are_one_line_for_each_month(master: Path) -> None:
    lines = [f"2026-{month:02}-{day:02},晴川-小雨,1" for day in range(1, 31) for month in (8, 9)]
    done = run(master, daily(range(1, 31)) + "\n" + "\n".join(lines))
    told = done.err.splitlines()
    assert sum("这一行是2026年8月的" in line for line in told) == 1
    assert sum("这一行是2026年9月的" in line and "共 30 处" in line for line in told) == 1
    assert max(map(len, told)) < 200
    assert "缺10月31日（1天）" in done.err


def test_people_without_an_indicator(master: Path) -> None:
    done = run(master, "日期,客服昵称,接待量,30s应答率\n2026-10,晴川-小雨,800,96.2%\n")
    assert "认出了人（「客服昵称」列），但没有一列是指标" in done.err
    assert "没有用到的列：接待量、30s应答率" in done.err
    assert "没有一列对得上" not in done.err


def test_a_hidden_sheet_is_named(master: Path, tmp_path: Path) -> None:
    path = tmp_path / "看板.xlsx"
    with xlsxwriter.Workbook(path) as book:
        board = book.add_worksheet("看板")
        board.write("A1", "10月看板")
        data = book.add_worksheet("明细")
        data.write_row("A1", ["旺旺昵称", "客服销售额"])
        data.write_row("A2", ["晴川-小雨", 5])
        data.hide()
    done = run(master, path)
    assert "看板.xlsx!明细：这张工作表是隐藏的，没有读" in done.err
    assert figures(master)["1001"] != 5


def test_a_title_is_not_shown_as_the_heads(master: Path, tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "2026年10月客服数据")
        sheet.write_row("A3", ["座席", "通话量", "时长"])
        sheet.write_row("A4", ["甲", 3, 5])
    done = run(master, path)
    assert "看到的表头是：座席、通话量、时长" in done.err


def test_the_companys_own_definition(tmp_path: Path) -> None:
    """One line for each evaluation; the sheet says that 差 is counted, out of all that say something."""
    own = (
        Mapping("评价", "客服中差评率", None, "", How.SHARE, "", "中评、差评"),
        Mapping("评价", "回复质量", None, "", How.COUNT, "", "差评"),
        Mapping("工号", "工号"),
    )
    master = write_master(tmp_path / "总表.xlsx", ROWS, **(SMALL | {"mappings": own}))
    company, problems = read_master(master)
    assert company.mappings == own
    assert not [problem for problem in problems if problem.is_error]
    text = "会话编号,工号,评价\n1,1001,好评\n2,1001,差评\n3,1001,中评\n4,1001,好评\n5,1001,\n6,1001,好评"
    data = json.loads(run(master, text, "--json").out)
    new = {change["indicator"]: change["new"] for change in data["changes"]}
    assert new == {"客服中差评率": "40%", "回复质量": "1次"}
