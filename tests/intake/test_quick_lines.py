"""Lines read by column are those that are read one by one, with the same problems in the same order."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.company.company import Company
from xladdin.domain.people import Employee
from xladdin.intake import actuals as reading
from xladdin.intake.actuals import ACTUALS, FigureLines, figure_lines, figure_table, read_one_by_one
from xladdin.intake.coded_rows import coded
from xladdin.intake.grids import Cells, Grid
from xladdin.intake.handed_in import HandedIn
from xladdin.intake.headers import find_headers
from xladdin.intake.table_rows import Lines, Rows
from xladdin.intake.tables import rows_of
from xladdin.ooxml.opening import OpenedFile

from .appraising import scheme_of

PEOPLE = (
    Employee(id="1001", name="陆雨桐", department="网络销售部", position="网销客服"),
    Employee(id="1004", name="袁梦洁", department="网络销售部", position="网销客服"),
    Employee(id="QC2", name="方嘉禾", department="售后部", position="售后客服"),
    Employee(id="3", name="无方案", department="仓库", position="仓管"),
)
HEADS = ("月份", "工号", "姓名", "指标", "目标", "实际", "自评", "单位", "备注")
CLEAN: dict[str, Sequence[object]] = {
    "月份": ("2026-10", "2026年9月", "202608"),
    "工号": ("1001", "1004", "QC2"),
    "姓名": ("", "陆雨桐", "方嘉禾"),
    "指标": (
        "回复质量",
        "销售目标达成",
        "日常询盘转换率",
        "客户满意度",
        "平均响应时间",
        "减分项",
        "团队协作",
    ),
    "目标": ("", "95%", "0.8", "30"),
    "实际": ("3", "90.5%", "0.7", "4", "12.5", "", "-"),
    "自评": ("", "-"),
    "单位": ("",),
    "备注": ("", "补录"),
}
DIRTY: dict[str, Sequence[object]] = {
    "月份": ("", "2026", "2026-10-03", "03/04/2026", "31/10/2026", "11", "2026.1", "2027-01"),
    "工号": ("", "1002", "１００１", "1.2E+10", "3", "2026-10-01", "#N/A"),
    "姓名": ("陆雨彤", "方 嘉禾", "路人"),
    "指标": ("", "没有的指标", "回复质量 ", "after_sales_complaint", "服务态度", "减份项"),
    "目标": ("-5", "1", "82", "十"),
    "实际": ("1", "82", "0.82", "5", "不详", "1,234.50", "00:02:23", "9万", "400", "-3", "15%"),
    "自评": ("4", "不详"),
    "单位": ("%", "万元", "元", "分钟", "斤"),
    "备注": ("234.50", "长" * 2000, "一\n二", "藏\u200b"),
}
TYPED: dict[str, Sequence[object]] = {
    "月份": (dt.date(2026, 10, 1), dt.datetime(2026, 10, 5), 202609, 46296.0),
    "工号": (1001, 1001.0, True, dt.date(2026, 1, 2)),
    "姓名": (None,),
    "指标": (None, 5),
    "目标": (0.8, 30, None),
    "实际": (0.7, 82.0, 1.0, 1, True, None, dt.time(0, 2, 23), -0.0),
    "自评": (None, 4),
    "单位": (None,),
    "备注": (None, 7),
}


def lines(
    *of: dict[str, Sequence[object]], heads: Sequence[str] = HEADS
) -> st.SearchStrategy[Cells]:
    cells = [st.sampled_from([each for values in of for each in values[head]]) for head in heads]
    return st.tuples(*cells).map(list)


def few(dirty: st.SearchStrategy[Cells]) -> st.SearchStrategy[list[Cells]]:
    """Mostly clean lines."""
    return st.tuples(
        st.lists(lines(CLEAN), max_size=12), st.lists(dirty, max_size=3), st.randoms()
    ).map(lambda parts: _mixed(parts[0] + parts[1], parts[2]))


def _mixed(rows: list[Cells], chance: object) -> list[Cells]:
    chance.shuffle(rows)  # type: ignore[attr-defined]
    return rows


CUT = st.tuples(lines(CLEAN, DIRTY), st.integers(1, 11)).map(lambda each: (each[0] * 2)[: each[1]])
"""Lines of another width."""


def text_file(rows: Sequence[Cells], heads: Sequence[str]) -> HandedIn:
    stream = io.StringIO()
    csv.writer(stream).writerows([heads, *rows])
    return HandedIn(OpenedFile(Path("数据.csv"), stream.getvalue().encode()))


def check(rows: Rows, people: Sequence[Employee] = PEOPLE) -> None:
    found, problems = figure_lines(rows, people, scheme_of)
    expected, told = read_one_by_one(rows, people, scheme_of)
    assert problems == told
    assert [*found] == expected
    assert months(found) == Company(tuple(people)).with_actuals(expected).measured


def months(found: FigureLines) -> object:
    return {(one.employee, one.period): found.figures_of(one) for one in found.months()}


@settings(deadline=None)
@given(
    st.one_of(few(lines(CLEAN, DIRTY)), few(CUT), st.lists(lines(DIRTY), max_size=6)),
    st.sampled_from([HEADS, (*HEADS[:5], "实际（%）", *HEADS[6:]), (*HEADS[:8], "计量单位")]),
    st.booleans(),
)
def test_a_text_file(rows: list[Cells], heads: Sequence[str], many: bool) -> None:
    table, _ = figure_table(text_file(rows, heads), many=many)
    check(table.rows)


@settings(deadline=None)
@given(few(lines(CLEAN, DIRTY, TYPED)), few(lines(CLEAN, TYPED)))
def test_two_sheets(first: list[Cells], second: list[Cells]) -> None:
    grids = [
        Grid("数据.xlsx", [[*HEADS], *rows], name, date1904=False)
        for name, rows in (("一", first), ("二", second))
    ]
    check(Rows([part for grid in grids for part in rows_in(grid).parts]))


def rows_in(grid: Grid) -> Rows:
    head = find_headers(grid.rows, ACTUALS)
    found, _ = rows_of(grid, head)
    return Rows([Lines(grid, head, coded(grid.rows), [row.index for row in found])])


def test_of_clean_lines_none_is_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Cells] = [
        ["2026-10", id_, name, item, "95%", actual, "", "", ""]
        for id_, name, item, actual in [
            ("1001", "陆雨桐", "回复质量", "3"),
            ("1001", "", "日常询盘转换率", "62%"),
            ("QC2", "方嘉禾", "客户满意度", "0.7"),
        ]
    ]
    rows[0][4] = ""
    table, _ = figure_table(text_file(rows, HEADS))
    monkeypatch.setattr(reading.CarefulReader, "read", None)
    found, problems = figure_lines(table.rows, PEOPLE, scheme_of)
    assert (len([*found]), problems) == (3, [])


ROWS: dict[str, list[tuple[str, str, str, str]]] = {
    "percentages_of_two_kinds": [
        ("2026-10", "1001", "日常询盘转换率", "0.7"),
        ("2026-10", "QC2", "客户满意度", "0.8"),
        ("202610", "QC2", "问题解决率", "0.9"),
        ("2026-09", "1001", "日常询盘转换率", "52"),
        ("2026-09", "1004", "日常询盘转换率", "0.6"),
        ("2026-08", "1001", "日常询盘转换率", "52%"),
        ("2026-08", "1004", "日常询盘转换率", "0.6"),
    ],
    "an_id_that_is_hardly_one": [
        ("2026-10", "2026-10-01", "回复质量", "3"),
        ("2026-10", "2026-10-01", "回复质量", "4"),
        ("2026-10", "1.2E+10", "回复质量", "3"),
        ("2026-10", "1.2E+10", "回复质量", "3"),
    ],
}


@pytest.mark.parametrize("name", ROWS)
def test_lines_that_chance_seldom_puts_together(name: str) -> None:
    rows: list[Cells] = [
        [month, id_, "", item, "", actual, "", "", ""] for month, id_, item, actual in ROWS[name]
    ]
    people = [*PEOPLE, *(_like(id_) for id_ in ("1.2E+10", "2026-10-01"))]
    check(figure_table(text_file(rows, HEADS))[0].rows, people)


def _like(id_: str) -> Employee:
    """Somebody with an id that no roster accepts."""
    return PEOPLE[0].model_copy(update={"id": id_})


def test_too_many_lines_to_be_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LINES", 8)
    monkeypatch.setattr(reading, "MOST_CAREFUL", 8)
    rows: list[Cells] = [
        ["2026-10", f"X{n}", "", "回复质量", "", "3", "", "", ""] for n in range(9)
    ]
    table, _ = figure_table(text_file(rows, HEADS))
    found, problems = figure_lines(table.rows, PEOPLE, scheme_of)
    assert ([*found], len([*found.months()])) == ([], 0)
    assert [problem.code for problem in problems] == [
        "file_too_large",
        *["unknown_employee"] * reading._EXAMPLES,
    ]
    assert "共9行，其中9行" in problems[0].message
