"""Exports of shop systems: exactly these figures, these problems, and nothing lost.

``tests/faults/exports/expected.yaml`` names every file, its figures (employee, indicator, value),
what became of the other lines and columns, and its problems as the clerk sees them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from tests.patch.masters import CONVERSION, EMPLOYEES, REPLY, SALES
from tests.workbench.office import Office
from xladdin.company.column_mappings import completed, default_mappings
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.intake.decimals import snapped
from xladdin.intake.exports.export_people import People
from xladdin.intake.exports.export_reader import Report, read_export
from xladdin.intake.exports.figures import Measured
from xladdin.intake.exports.mapping import Mapping
from xladdin.intake.stated_units import converted, convertible
from xladdin.problems import Problem
from xladdin.schemes.library import Library

from .appraising import scheme_of

FAULTS = Path(__file__).parents[1] / "faults" / "exports"
EXPECTED: dict[str, Any] = yaml.safe_load((FAULTS / "expected.yaml").read_text(encoding="utf-8"))
NOVEMBER = Period("2026-11")
TODAY = dt.date(2026, 12, 31)
SHIPPED = Library.shipped()


def read(
    path: Path, mappings: tuple[Mapping, ...] | None = None
) -> tuple[list[Measured], Report, list[Problem]]:
    known = mappings or default_mappings()
    return read_export(path, EMPLOYEES, scheme_of, known, NOVEMBER, today=TODAY)


def outcome(path: Path) -> dict[str, Any]:
    """Everything that came of a file, as plain data."""
    lines, report, problems = read(path)
    counts = ("lines", "summaries", "blank", "unasked")
    found: dict[str, Any] = {
        "figures": [f"{line.employee.id} {line.item.name} {line.said}" for line in lines],
        **{name: getattr(report, name) for name in counts},
        "unknown_columns": list(report.unknown_columns),
        "problems": [f"{problem.severity} {problem.code} {problem}" for problem in problems],
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_gives_its_figures_and_problems(name: str) -> None:
    assert outcome(FAULTS / name) == EXPECTED[name]


def test_every_export_is_expected() -> None:
    assert {path.name for path in FAULTS.glob("*.csv")} == set(EXPECTED)


# Workbooks.


def ticket_export(path: Path) -> Path:
    """Titles over merged cells, times as times, a percent format, a second sheet of another kind."""
    with xlsxwriter.Workbook(path) as book:
        clock = book.add_format({"num_format": "hh:mm:ss"})
        percent = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet("客服明细")
        sheet.merge_range("A1:E1", "客服数据（2026年11月）")
        sheet.merge_range("A2:A3", "客服昵称")
        sheet.merge_range("B2:C2", "响应")
        sheet.write_row("B3", ["平均响应时长（秒）", "3分钟响应率"])
        sheet.merge_range("D2:E2", "转化")
        sheet.write_row("D3", ["询单转化率", "客服销售额"])
        for row, name in enumerate(("晴川-小雨", "晴川-禾苗", "合计"), start=3):
            sheet.write(row, 0, name)
            sheet.write_datetime(row, 1, dt.time(0, 0, 29 + row), clock)
            sheet.write(row, 3, 0.6 + row / 10, percent)
            sheet.write(row, 4, 1000 * row)
        other = book.add_worksheet("说明")
        other.write_row("A1", ["指标", "算法"])
    return path


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_workbooks_with_merged_titles(ending: str, tmp_path: Path, office: Office) -> None:
    path = ticket_export(tmp_path / "工单.xlsx")
    if ending == "xls":
        with office.open(path) as document:
            path = document.save_as(tmp_path / "工单.xls", "MS Excel 97")
    lines, report, problems = read(path)
    assert [(line.employee.id, line.item.name, line.value) for line in lines] == [
        ("1001", REPLY, Decimal(32)),
        ("1001", CONVERSION, Decimal("0.9")),
        ("1001", SALES, Decimal(3000)),
        ("1002", REPLY, Decimal(33)),
        ("1002", CONVERSION, Decimal(1)),
        ("1002", SALES, Decimal(4000)),
    ]
    assert (report.lines, report.summaries) == (2, 1)
    told = [problem.code for problem in problems]
    # An .xls file does not say that its 1 is 100%.
    assert told == ([] if ending == "xlsx" else ["error_values_unseen", "number_guess"])


# Mappings.


def test_a_clerks_own_column(tmp_path: Path) -> None:
    path = tmp_path / "自定.csv"
    path.write_text("账号,成交额(元),响应(分)\n小雨1号,12.5,2\n", encoding="utf-8")
    own = (
        Mapping("账号", "昵称"),
        Mapping("成交额", SALES, Unit.YUAN),
        Mapping("响应", "response_time", Unit.MINUTE),
    )
    people = [EMPLOYEES[0].model_copy(update={"nickname": "小雨 １号"})]
    lines, _, problems = read_export(path, people, scheme_of, completed(own), NOVEMBER)
    assert problems == []
    assert [(line.item.name, line.said) for line in lines] == [(SALES, "12.5元"), (REPLY, "120秒")]


@pytest.mark.parametrize(
    ("head", "noted", "said", "code"),
    [
        ("响应（分）", Unit.SECOND, "120秒", "unit_converted"),
        ("响应（分）", Unit.MINUTE, "120秒", ""),
        ("响应（秒）", Unit.MINUTE, "2秒", "unit_converted"),
        ("响应（小时）", Unit.SECOND, "7200秒", "unit_converted"),
        ("响应（元）", Unit.SECOND, "", "column_unit"),
        ("响应（天）", Unit.SECOND, "", "column_unit"),
        ("响应", Unit.MINUTE, "120秒", ""),
    ],
)
def test_the_unit_in_a_head_and_the_one_noted(
    head: str, noted: Unit, said: str, code: str, tmp_path: Path
) -> None:
    """The head is nearer to the figures; that it is not what was noted is told once."""
    path = tmp_path / "响应.csv"
    path.write_text(f"工号,{head}\n1001,2\n1002,2\n", encoding="utf-8")
    lines, _, problems = read(path, completed((Mapping("响应", REPLY, noted),)))
    assert [line.said for line in lines] == ([said] * 2 if said else [])
    assert [problem.code for problem in problems] == ([code] if code else [])


def test_counts_by_another_name_are_told_and_stars_are_no_counts(tmp_path: Path) -> None:
    path = tmp_path / "质量.csv"
    told = []
    for head in ("回复扣分（单）", "回复扣分（星）"):
        path.write_text(f"工号,{head}\n1001,2\n", encoding="utf-8")
        own = completed((Mapping("回复扣分", "回复质量", Unit.TIMES),))
        lines, _, problems = read(path, own)
        told.append((len(lines), [problem.code for problem in problems]))
    assert told == [(1, ["unit_converted"]), (0, ["column_unit"])]


def test_a_column_for_two_indicators_of_a_scheme(tmp_path: Path) -> None:
    path = tmp_path / "两用.csv"
    path.write_text("工号,额\n1001,12.5\n", encoding="utf-8")
    own = (Mapping("额", SALES), Mapping("额", "客单价"), Mapping("额", "客服中差评率", Unit.YUAN))
    lines, _, problems = read(path, completed(own))
    assert [line.item.name for line in lines] == [SALES, "客单价"]
    assert [problem.code for problem in problems] == ["unit_differs"]


def test_points_that_no_band_holds_are_not_imported(tmp_path: Path) -> None:
    path = tmp_path / "评分.csv"
    path.write_text("工号,主动\n1001,3.5\n1002,4.5\n", encoding="utf-8")
    lines, _, problems = read(path, completed((Mapping("主动", "工作主动性"),)))
    assert [(line.employee.id, line.value) for line in lines] == [("1002", Decimal("4.5"))]
    told = "「工作主动性」填了 3.5，不在评分档 4-5、2-3、0 之内，没有导入"
    assert [(each.code, each.message) for each in problems] == [("points_beyond", told)]


def test_a_column_that_stands_twice(tmp_path: Path) -> None:
    path = tmp_path / "重复.csv"
    path.write_text("工号,客服销售额,客服销售额,排名,排名\n1001,1,2,3,4\n", encoding="utf-8")
    lines, _, problems = read(path)
    assert lines == []
    assert [problem.code for problem in problems] == ["duplicate_column"]


# Units, months, names.


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        ("2.5", Unit.MINUTE, Unit.SECOND, "150"),
        ("90", Unit.SECOND, Unit.MINUTE, "1.5"),
        ("100", Unit.SECOND, Unit.HOUR, "0.027778"),
        ("7", Unit.TIMES, Unit.PIECE, "7"),
    ],
)
def test_units_are_converted(value: str, unit: Unit, target: Unit, expected: str) -> None:
    assert snapped(converted(Decimal(value), unit, target)) == Decimal(expected)


def test_units_that_say_something_else() -> None:
    assert not convertible(Unit.YUAN, Unit.PERCENT)
    assert not convertible(Unit.DAY, Unit.HOUR)  # how long is a working day?


MATCHES: list[tuple[list[tuple[str, object]], str]] = [
    ([("工号", 1001.0)], "1001"),
    ([("工号", "１００１")], "1001"),
    ([("昵称", "晴川 - 小雨")], "1001"),
    ([("姓名", "陆 雨 桐"), ("昵称", "没登记")], "1001"),
    ([("姓名", "何思琪"), ("昵称", "晴川-琪琪")], "1003"),
    ([("昵称", "1003")], "1003"),
    ([("姓名", "何思琪")], "有2人：何思琪（1003）、何思琪（1004）"),
    ([("昵称", "晴川:小雨")], "有点像 陆雨桐（1001）"),
    ([("昵称", "旗舰店：思思")], "有点像 何思琪（1004）"),
    ([("工号", "1001"), ("姓名", "方嘉禾")], "不是同一个人"),
    ([("工号", "9"), ("姓名", "方嘉禾")], "没有工号「9」，而「方嘉禾」是 方嘉禾（1002）"),
    ([("姓名", "张三")], "名册里没有「张三」"),
    ([("姓名", "")], "没有写工号、姓名或昵称"),
]


@pytest.mark.parametrize(("said", "expected"), MATCHES)
def test_who_is_meant(said: list[tuple[str, object]], expected: str) -> None:
    match = People(EMPLOYEES).match(said)
    if match.employee:
        assert match.employee.id == expected
    else:
        assert expected in match.why


# Sheets of several months.


def test_sheets_of_other_months_are_left_out(tmp_path: Path) -> None:
    """By their names, by a title, by a date in a cell above the heads."""
    path = tmp_path / "全年.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": 'yyyy"年"m"月"'}) as book:
        for name, value in (("10月", 1), ("11月", 2), ("12月", 3)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["工号", "客服销售额"])
            sheet.write_row(1, 0, ["1001", value])
        sheet = book.add_worksheet("甲组")
        sheet.write_row(0, 0, ["月份", dt.date(2026, 10, 1)])
        sheet.write_row(1, 0, ["工号", "客服销售额"])
        sheet.write_row(2, 0, ["1002", 4])
    lines, _, problems = read(path)
    assert [(line.employee.id, line.value) for line in lines] == [("1001", 2)]
    assert [(problem.code, problem.place.sheet) for problem in problems] == [
        ("other_period", "10月"),
        ("other_period", "12月"),
        ("other_period", "甲组"),
    ]
