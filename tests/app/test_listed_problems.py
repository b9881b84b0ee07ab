"""Problems in order and as a sheet."""

from __future__ import annotations

import io

import openpyxl

from xladdin.app.listed_problems import cell_of, listed, sheet_of
from xladdin.problems import Place, Problem, warning

SHEETS = ["名册", "指标"]
PROBLEMS = [
    warning("w", "提醒", Place("总表.xlsx", sheet="名册", cell="A2")),
    Problem("c", "指标错", Place("总表.xlsx", sheet="指标", cell="B10")),
    Problem("b", "名册第十行", Place("总表.xlsx", sheet="名册", cell="B10")),
    Problem("b", "名册第九行", Place("总表.xlsx", sheet="名册", cell="C9:D9")),
    Problem("f", "整个文件", Place("总表.xlsx")),
    Problem("s", "没有这张表", Place("总表.xlsx", sheet="评价人", cell="A1")),
]


def test_errors_come_first_and_then_as_the_workbook_goes() -> None:
    found = [item.message for item in listed(PROBLEMS, SHEETS)]
    assert found == ["整个文件", "没有这张表", "名册第九行", "名册第十行", "指标错", "提醒"]


def test_links_lead_to_cells_of_sheets_that_are_there() -> None:
    aims = {item.message: (item.sheet, item.cell) for item in listed(PROBLEMS, SHEETS) if item.cell}
    assert aims == {
        "名册第九行": ("名册", "C9"),
        "名册第十行": ("名册", "B10"),
        "指标错": ("指标", "B10"),
        "提醒": ("名册", "A2"),
    }
    assert [cell_of(Place(cell=text)) for text in ("", "B", "AA10", "A1:B2")] == [
        "",
        "",
        "AA10",
        "A1",
    ]


def test_the_sheet_shows_them_all() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(PROBLEMS, SHEETS)))
    sheet = book["检查结果"]
    assert book.sheetnames == ["检查结果"]
    assert "错误 5 个（红，在 4 行），提醒 1 个（黄）" in sheet["A3"].value
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [line[3] for line in lines] == [item.message for item in listed(PROBLEMS, SHEETS)]
    assert lines[0] == ["错误", "总表.xlsx", None, "整个文件"]
    assert sheet["C7"].hyperlink.location == "'名册'!C9"
    assert sheet["C5"].hyperlink is None
