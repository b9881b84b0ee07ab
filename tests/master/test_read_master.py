"""The whole workbook: files that are none, brackets, and what is left where something is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.master.read_master import read_master
from xladdin.problems import errors

from .books import book_of, write
from .edits import calm, edited


def test_a_text_file_is_no_master(tmp_path: Path) -> None:
    path = tmp_path / "master.csv"
    path.write_text("工号,姓名\n1,甲\n", encoding="utf-8")
    content, problems = read_master(path)
    assert content == Company()
    assert [problem.code for problem in problems] == ["not_workbook"]


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty_file"), (b"PK\x03\x04rubbish", "file_corrupt")]
)
def test_a_damaged_file(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "master.xlsx"
    path.write_bytes(data)
    assert [problem.code for problem in read_master(path)[1]] == [code]


def test_a_missing_file(tmp_path: Path) -> None:
    assert [problem.code for problem in read_master(tmp_path / "a.xlsx")[1]] == ["file_missing"]


def test_what_is_right_is_read_beside_what_is_wrong(tmp_path: Path) -> None:
    where = {"方案编号": "online_shop_monthly", "等级": "不合格"}
    edit = {"set": {"sheet": "等级系数", "where": where, "column": "下限", "value": 30}}
    content, problems = read_master(write(tmp_path / "master.xlsx", edited([edit])))
    whole = calm(example_company())
    assert len(errors(problems)) == 1
    assert [item.id for item in content.library.schemes] == ["after_sales_monthly", "sales_service"]
    assert content.library.positions == whole.library.positions
    assert content.employees == whole.employees
    assert content.figures == whole.figures


def test_standards_are_read_from_the_bracket_of_a_duty(tmp_path: Path) -> None:
    where = {"岗位编号": "service_specialist", "重要性": 3}
    text = "处理投诉（满意度90%以上，24小时内答复）"
    edit = {"set": {"sheet": "职责", "where": where, "column": "具体工作", "value": text}}
    content, problems = read_master(write(tmp_path / "master.xlsx", edited([edit])))
    assert problems == []
    position = next(item for item in content.library.positions if item.id == "service_specialist")
    duty = position.duties[2]
    assert duty.text == "处理投诉"
    assert [standard.subject for standard in duty.standards] == ["满意度", "答复"]
    assert duty.wording == "处理投诉（满意度90%以上；24小时内答复）"


def test_dates_that_excel_made_of_deadlines(tmp_path: Path) -> None:
    def edit(text: str, value: object) -> dict[str, object]:
        where = {"标准文字": text}
        return {"set": {"sheet": "衡量标准", "where": where, "column": "期限", "value": value}}

    edits = [
        edit("每年12月18日前定出次年计划", dt.date(2026, 12, 18)),
        edit("每月30日前提交", {"time": "09:00"}),
        edit("每月5日前上报审批", 5),
    ]
    content, problems = read_master(write(tmp_path / "master.xlsx", edited(edits)))
    assert problems == []
    dues = {
        standard.text: standard.due
        for position in content.library.positions
        for duty in position.duties
        for standard in duty.standards
    }
    assert dues["每年12月18日前定出次年计划"] == "12-18"
    assert dues["每月30日前提交"] == "09:00"
    assert dues["每月5日前上报审批"] == "5"


def test_brackets_stay_where_standards_have_rows(tmp_path: Path) -> None:
    where = {"岗位编号": "training_service_specialist", "重要性": 1}
    text = "管理账号（差错率1%以下）"
    edit = {"set": {"sheet": "职责", "where": where, "column": "具体工作", "value": text}}
    content, _ = read_master(write(tmp_path / "master.xlsx", edited([edit])))
    positions = {item.id: item for item in content.library.positions}
    duty = positions["training_service_specialist"].duties[0]
    assert duty.text == text
    assert [standard.text for standard in duty.standards] == ["统计信息准确无误"]


def test_an_empty_master_reads_as_nothing(tmp_path: Path) -> None:
    content, problems = read_master(write(tmp_path / "master.xlsx", book_of(Company())))
    assert (content, problems) == (Company(), [])


def test_defaults_of_empty_cells(tmp_path: Path) -> None:
    """Every cell that only states the usual may be left empty."""
    sheets = {
        "指标": ("分项编号", "方向", "目标为0时", "含界限", "最低档以下", "不足一级", "保底"),
        "考核方案": ("版本", "总分上限", "总分下限", "缺评处理", "同事最少人数", "偏差上限"),
        "等级系数": ("符号",),
        "衡量标准": ("方向",),
        "岗位": ("有无兼职",),
        "能力要素": ("自评权重",),
    }
    base = calm(example_company())
    book = book_of(base)
    for sheet in book:
        for head in sheets.get(sheet.name, ()):
            x = sheet.cells[0].index(head)
            for row in sheet.cells[1:]:
                if row[x] not in ("越低越好",):
                    row[x] = None
    content, problems = read_master(write(tmp_path / "master.xlsx", book))
    # Of the cap alone it is told what nothing comes to.
    assert {problem.code for problem in problems} <= {"cap_not_stated"}
    assert content.library.competencies == base.library.competencies
    assert content.library.positions == base.library.positions
    for read, scheme in zip(content.library.schemes, base.library.schemes, strict=True):
        assert [item.id for item in read.sections] == ["section_1", "section_2", "section_3"][
            : len(scheme.sections)
        ]
        assert list(read.indicators) == list(scheme.indicators)
        assert read.grades == scheme.grades
        assert read.total == scheme.total
