from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.intake.tables import SUMMARY_ROWS, Table, read_table
from xladdin.problems import Place, Problem

from . import broken_books

SHOP = {
    "nickname": ("旺旺", "客服昵称"),
    "rate": ("询单转化率",),
    "reply": ("平均响应时长（秒）", "平均响应时长"),
    "note": ("备注",),
}
SHOP_EXPORT = """\
店铺客服绩效,,,,
2026-10-01 至 2026-10-31,,,,
客服昵称,咨询人数,询单转化率,平均响应时长（秒）,备注
晴川-小雨,120,64.1%,28.6,
晴川-禾苗,"1,098",５２％,--,"两行
备注"
,,,,
客服昵称,咨询人数,询单转化率,平均响应时长（秒）,备注
店铺汇总值,1218,58%,33,
店铺平均值,609,58%,33,
晴川-琪琪,3
"""


def table(folder: Path, text: str, **settings: object) -> tuple[Table, list[Problem]]:
    path = folder / "赤兔.csv"
    path.write_text(text, encoding="gb18030")
    options: dict[str, object] = {"wanted": SHOP, "required": {"nickname", "rate"}, **settings}
    return read_table(path, **options)  # type: ignore[arg-type]


def test_a_shop_export_with_titles_and_summary_rows(tmp_path: Path) -> None:
    found, problems = table(tmp_path, SHOP_EXPORT, summary=SUMMARY_ROWS)
    assert [problem.message for problem in problems] == ["没有用到的列：咨询人数"]
    assert [row.text("nickname") for row in found.rows] == ["晴川-小雨", "晴川-禾苗", "晴川-琪琪"]
    assert found.headers["nickname"] == "客服昵称"
    assert found.fields == {"nickname", "rate", "reply", "note"}


def test_each_cell_has_its_place(tmp_path: Path) -> None:
    found, _ = table(tmp_path, SHOP_EXPORT, summary=SUMMARY_ROWS)
    second, last = found.rows[1], found.rows[2]
    assert second.cell("rate") == ("５２％", Place("赤兔.csv", line=5, field="询单转化率"))
    assert second.key("rate") == "52%"
    assert second.text("note") == "两行 备注"
    assert last.cell("rate") == (None, Place("赤兔.csv", line=11, field="询单转化率"))
    assert last.place == Place("赤兔.csv", line=11)


def test_summary_rows_stay_where_nobody_said_to_drop_them(tmp_path: Path) -> None:
    found, _ = table(tmp_path, SHOP_EXPORT)
    assert [row.text("nickname") for row in found.rows][2:4] == ["店铺汇总值", "店铺平均值"]


def test_a_field_without_a_column_is_nothing(tmp_path: Path) -> None:
    found, problems = table(tmp_path, "客服昵称,询单转化率\n小雨,5%\n")
    assert not problems
    assert found.rows[0].cell("note") == (None, Place("赤兔.csv", line=2))
    assert found.rows[0].text("note") == ""


def test_missing_columns_name_what_was_seen(tmp_path: Path) -> None:
    found, problems = table(tmp_path, "客服,转化\n小雨,5%\n")
    assert not found.rows
    assert list(map(str, problems)) == [
        "赤兔.csv：没有找到表头，应有「旺旺」列、「询单转化率」列；最像表头的是第1行：客服、转化",
    ]


def test_a_title_is_not_taken_for_the_head(tmp_path: Path) -> None:
    _, problems = table(tmp_path, "2026年10月客服数据,\n制表：运营部,\n客服,转化\n小雨,5%\n")
    (problem,) = problems
    assert problem.message.endswith("；最像表头的是第3行：客服、转化")


def test_every_sheet_that_fits_is_read_or_the_one_asked_for(tmp_path: Path) -> None:
    path = broken_books.write(tmp_path, "roster_one_sheet_per_department.xlsx")
    wanted = {"id": ("工号",), "department": ("部门",)}
    found, problems = read_table(path, wanted=wanted, required=["id", "department"])
    assert [str(row.where("department").sheet) for row in found.rows] == ["网销", "客服"]
    # 仓库 shares but one header.
    assert [problem.code for problem in problems] == [
        "hidden_sheets",
        "sheets_joined",
        "columns_unused",
    ]
    found, _ = read_table(path, wanted=wanted, required=["id"], sheet="客服")
    assert [row.key("id") for row in found.rows] == ["2"]


@pytest.mark.parametrize("sheet", ["离职", "没有"])
def test_a_sheet_that_is_not_there(tmp_path: Path, sheet: str) -> None:
    path = broken_books.write(tmp_path, "roster_one_sheet_per_department.xlsx")
    _, problems = read_table(path, wanted={"id": ("工号",)}, required=["id"], sheet=sheet)
    assert [problem.message for problem in problems][1:] == [
        f"没有工作表「{sheet}」，看到的工作表是：网销、客服、仓库、说明"
    ]
