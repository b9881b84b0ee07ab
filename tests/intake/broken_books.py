"""Workbooks with one fault each, written on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

ROSTER = ["工号", "姓名", "部门", "岗位"]
ACTUALS = ["考核月份", "工号", "姓名", "指标", "目标值", "实际值", "备注"]


def put(sheet: Worksheet, row: int, values: Sequence[object]) -> None:
    for column, value in enumerate(values):
        sheet.write(row, column, value)


def merged_title(book: Workbook) -> None:
    """Two title rows, and a header row that is merged with the one below it."""
    sheet = book.add_worksheet("名册")
    sheet.merge_range("A1:D1", "晴川数码旗舰店 员工名册")
    sheet.merge_range("A2:D2", "制表日期：2026-11-03")
    for column, label in zip("AB", ("工 号", "姓\n名*"), strict=True):
        sheet.merge_range(f"{column}3:{column}4", label)
    sheet.merge_range("C3:D3", "任职")
    sheet.write("C4", "部门（必填）")
    sheet.write("D4", "职位：")
    put(sheet, 4, ["1001", "陆雨桐", "网络销售部", "网销客服"])
    put(sheet, 5, ["1002", "", "网络销售部", "网销客服"])


def numeric_ids(book: Workbook) -> None:
    sheet = book.add_worksheet("Sheet1")
    put(sheet, 0, ROSTER)
    put(sheet, 1, [1001, "陆雨桐", "网络销售部", "网销客服"])
    put(sheet, 2, [1001.5, "方嘉禾", "网络销售部", "网销客服"])
    put(sheet, 3, ["1001", "何思琪", "网络销售部", "网销客服"])


def one_sheet_per_department(book: Workbook) -> None:
    """Two sheets that fit, one without a required column, one hidden, one of another kind."""
    for name, department, id_ in (("网销", "网络销售部", 1), ("客服", "客服部", 2)):
        sheet = book.add_worksheet(name)
        put(sheet, 0, ROSTER)
        put(sheet, 1, [id_, "陆雨桐", department, "网销客服"])
    put(book.add_worksheet("仓库"), 0, ["工号", "姓名", "所在部门组", "岗位"])
    hidden = book.add_worksheet("离职")
    put(hidden, 0, ROSTER)
    put(hidden, 1, ["/", "", "", ""])
    hidden.hide()
    put(book.add_worksheet("说明"), 0, ["每月5日前更新"])


def leavers_sheet(book: Workbook) -> None:
    """Former staff on a sheet of their own, one of them with an id that is somebody else's now."""
    for name, ids in (("花名册", ("A1", "A2")), ("离职员工", ("A3", "A1")), ("汇总", ("2",))):
        sheet = book.add_worksheet(name)
        put(sheet, 0, ROSTER)
        for row, id_ in enumerate(ids, start=1):
            put(sheet, row, [id_, f"员工{id_}", "客服部", "网销客服"])


def leavers_alone(book: Workbook) -> None:
    """A list of nobody, and beside it former staff."""
    put(book.add_worksheet("花名册"), 0, ROSTER)
    put(book.add_worksheet("离职员工"), 0, ["工号", "姓名", "离职日期"])


def hidden_rows(book: Workbook) -> None:
    """Lines that a filter hides, one of a person and one without anything."""
    sheet = book.add_worksheet("名册")
    put(sheet, 0, ROSTER)
    for row in (1, 2):
        put(sheet, row, [f"A{row}", "甲", "客服部", "网销客服"])
    for row in (2, 3):
        sheet.set_row(row, None, None, {"hidden": True})


def figures(book: Workbook) -> None:
    """Error values, a formula that was never computed, percent formats, times and dates."""
    sheet = book.add_worksheet("8月")
    percent = book.add_format({"num_format": "0.0%"})
    clock, day = (book.add_format({"num_format": code}) for code in ("hh:mm:ss", "yyyy-mm-dd"))
    put(sheet, 0, ACTUALS)
    names = ["日常询盘转换率", "销售目标达成", "平均响应时间", "客单价", "客服中差评率", "回复质量"]
    for row, name in enumerate(names, start=1):
        put(sheet, row, ["2026-08", 1001, "陆雨桐", name])
    sheet.write_number("F2", 1.05, percent)
    sheet.write_formula("F3", "=1/0", None, "#DIV/0!")
    sheet.write_number("F4", 143 / 86_400, clock)
    sheet.write_number("F5", 46_329, day)
    sheet.write_number("F6", 1.05)
    sheet.write_boolean("F7", True)


WRITERS: dict[str, Callable[[Workbook], None]] = {
    "merged_title": merged_title,
    "numeric_ids": numeric_ids,
    "one_sheet_per_department": one_sheet_per_department,
    "leavers_sheet": leavers_sheet,
    "leavers_alone": leavers_alone,
    "hidden_rows": hidden_rows,
    "figures": figures,
    "no_content": lambda book: book.add_worksheet("Sheet1") and None,
}


def write(folder: Path, name: str) -> Path:
    """The workbook ``roster_merged_title.xlsx`` out of ``merged_title``, and so on."""
    path = folder / name
    with Workbook(path) as book:
        WRITERS[path.stem.partition("_")[2]](book)
    return path
