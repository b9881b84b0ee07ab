"""校准表 from the command line: written for whom, filled in, taken or collected, and then in the summary."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.app.command import xladdin
from tests.app.results.calibration_filling import filled
from xladdin.app.results.calibration_sheets import sheet_path
from xladdin.domain.people import Period
from xladdin.ledger.ledger_place import LEDGER_NAME

PERIOD = Period("2026-10")
MONTH = ("--period", str(PERIOD))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("example") / "总表.xlsx"
    assert xladdin("init", str(path), "--example").code == 0
    return path.read_bytes()


@pytest.fixture
def master(example: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(example)
    return path


def put_sheet(master: Path, *more: str) -> Path:
    out = master.parent / "校准表"
    done = xladdin("calibrate", "sheet", str(master), *MONTH, "--out", str(out), *more)
    assert done.code == 0, done
    return out


def test_there_is_one_for_the_company_and_one_for_each_department(master: Path) -> None:
    out = put_sheet(master)
    names = {path.name for path in out.iterdir()}
    assert names == {sheet_path(out, PERIOD, it).name for it in ("", "客服部", "网络销售部")}
    again = xladdin("calibrate", "sheet", str(master), *MONTH, "--out", str(out), "--json")
    assert [it["for"] for it in json.loads(again.out)["sheets"]] == [
        "全公司",
        "客服部",
        "网络销售部",
    ]


def test_one_department_may_be_asked_for_as_a_file(master: Path) -> None:
    path = master.with_name("一份.xlsx")
    asked = ("calibrate", "sheet", str(master), *MONTH, "--out", str(path), "--department")
    assert xladdin(*asked, "客服部").code == 0
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    assert names[:3] == ["校准", "人数要求", "部门对比"]
    none = xladdin(*asked, "财务部")
    assert none.code == 1
    assert "「财务部」没有这个月有等级的人" in none.err


def test_what_somebody_has_filled_in_is_not_overwritten(master: Path) -> None:
    out = put_sheet(master)
    path = sheet_path(out, PERIOD, "客服部")
    path.write_bytes(filled(path.read_bytes(), {}))
    again = xladdin("calibrate", "sheet", str(master), *MONTH, "--out", str(out))
    assert again.code == 1
    assert "有人改过，没有覆盖" in again.err


def test_a_month_without_grades_has_nothing_to_calibrate(master: Path) -> None:
    asked = ("calibrate", "sheet", str(master), "--period", "2025-01", "--out")
    done = xladdin(*asked, str(master.parent / "x"))
    assert done.code == 1
    assert "没有一个有等级的人" in done.err


@pytest.mark.parametrize("command", [("calibrate", "take"), ("collect",)])
def test_what_was_decided_is_in_the_next_summary(command: tuple[str, ...], master: Path) -> None:
    out = put_sheet(master)
    path = sheet_path(out, PERIOD, "客服部")
    path.write_bytes(filled(path.read_bytes(), {"QC038": ("一般", "有投诉")}))
    done = xladdin(*command, str(master), str(out), *MONTH)
    assert done.code == 0, done
    assert "收下2026年10月的绩效校准表 1 份" in done.out
    assert "2 份还没有人填" in done.out
    assert "5 人里 1 人的等级和原来的不同；台账新记 1 条" in done.out
    target = master.with_name("汇总.xlsx")
    assert xladdin("summary", str(master), *MONTH, "--out", str(target)).code == 0
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("排名").to_python()
    mine = next(row for row in rows if "QC038" in row)
    assert "一般" in mine
    assert any("→一般（王经理" in str(cell) and "有投诉" in str(cell) for cell in mine)


def test_the_pages_in_a_summary_come_back_as_a_sheet_of_the_company(master: Path) -> None:
    target = master.with_name("汇总.xlsx")
    asked = ("summary", str(master), *MONTH, "--out", str(target), "--calibration")
    done = xladdin(*asked)
    assert done.code == 0, done
    assert "xladdin calibrate take 总表.xlsx 汇总.xlsx" in done.out
    assert "只给人力资源部门看，交给别人以前请删去" in done.out
    names = CalamineWorkbook.from_path(str(target)).sheet_names
    assert names[0] == "排名"
    assert [name for name in names if name.startswith(("校准", "人数", "部门对比"))]
    target.write_bytes(filled(target.read_bytes(), {"QC038": ("一般", "有投诉")}))
    again = xladdin(*asked)
    assert again.code == 1
    assert "有人改过，没有覆盖" in again.err
    took = xladdin("calibrate", "take", str(master), str(target))
    assert took.code == 0, took
    assert "1 人的等级和原来的不同；台账新记 1 条" in took.out
    assert xladdin("summary", str(master), *MONTH, "--out", str(target), "--overwrite").code == 0
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("排名").to_python()
    assert any("→一般（王经理" in str(cell) for row in rows if "QC038" in row for cell in row)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (("--combined",), "只用于一个月的汇总"),
        (("--period", "2026Q4"), "只用于一个月的汇总"),
        (("--base-pay", "工资.xlsx"), "不能和 --base-pay 一起用：校准页收回以后会存档"),
    ],
)
def test_pages_of_a_month_are_for_a_month_without_pay(
    other: tuple[str, ...], told: str, master: Path
) -> None:
    target = master.with_name("汇总.xlsx")
    month = () if "--period" in other else MONTH
    done = xladdin("summary", str(master), *month, *other, "--out", str(target), "--calibration")
    assert done.code == 2
    assert told in done.err
    assert not target.exists()


def test_what_is_wrong_is_told_and_ends_with_1(master: Path) -> None:
    out = put_sheet(master)
    path = sheet_path(out, PERIOD, "客服部")
    path.write_bytes(filled(path.read_bytes(), {"QC038": ("特优", "")}, who=None))
    other = master.with_name("别的.xlsx")
    other.write_bytes(master.read_bytes())
    done = xladdin("calibrate", "take", str(master), str(out), str(other), "--json")
    assert done.code == 1
    said = json.loads(done.out)
    codes = [it["code"] for it in said["problems"] if it["severity"] == "error"]
    assert sorted(codes) == ["calibrator_missing", "not_calibration", "unknown_grade"]
    assert said["refused"] == [f"{path.name}"]


def test_a_ledger_that_somebody_has_touched_takes_nothing_and_says_so(master: Path) -> None:
    out = put_sheet(master)
    path = sheet_path(out, PERIOD, "客服部")
    path.write_bytes(filled(path.read_bytes(), {"QC038": ("一般", "有投诉")}))
    assert xladdin("calibrate", "take", str(master), str(path)).code == 0
    with closing(sqlite3.connect(master.with_name(LEDGER_NAME))) as database, database:
        database.execute("UPDATE ledger_calibrations SET why = '别的'")
    done = xladdin("calibrate", "take", str(master), str(path))
    assert done.code == 1
    assert "台账被改动过" in done.err
    assert "退回 1 份" in done.out


def test_a_closed_month_is_told(master: Path) -> None:
    out = put_sheet(master)
    path = sheet_path(out, PERIOD, "客服部")
    path.write_bytes(filled(path.read_bytes(), {}))
    for word in ("open", "close"):
        assert xladdin("period", word, str(master), *MONTH).code == 0
    done = xladdin("calibrate", "take", str(master), str(path))
    assert done.code == 1
    assert "2026-10 已关闭，校准表没有收" in done.err
