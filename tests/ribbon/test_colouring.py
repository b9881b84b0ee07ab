"""检查本表 colours the cells themselves, and the next check takes the colours away."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.calc.places import written
from xladdin.app.listed_problems import cell_of
from xladdin.layout import theme
from xladdin.master.read_master import read_master
from xladdin.problems import Problem, errors
from xladdin.ribbon import colouring
from xladdin.ribbon.colouring import FORMULA, LONGEST_ADDRESS

from .desks import FIGURES, ROSTER, Workplace

pytestmark = pytest.mark.xdist_group("calc")


def covered(sheet: xw.Sheet) -> dict[str, str]:
    """Our formats of a sheet: the cells of each, and its colour as #RRGGBB."""
    found = {}
    formats = sheet.cells.api.FormatConditions
    for number in range(1, formats.Count + 1):
        one = formats.Item(number)
        if one.Formula1 == FORMULA:
            blue, green, red = one.Color.to_bytes(3, "big")
            found |= dict.fromkeys(cells_of(sheet, number), f"#{red:02X}{green:02X}{blue:02X}")
    return found


def cells_of(sheet: xw.Sheet, number: int) -> list[str]:
    one = sheet.cells.api.FormatConditions.Item(number)
    return [
        cell.get_address(False, False) for area in one.areas for cell in sheet.range(written(area))
    ]


def spoilt(work: Workplace) -> int:
    """An error and a reminder in one row of the roster."""
    (row,) = work.rows_of("QC003")
    work.book.sheets[ROSTER].range(f"E{row}").value = "没有的岗位"
    work.book.sheets[ROSTER].range(f"F{row}").value = "没有这个人"
    return row


def found(work: Workplace, tmp_path: Path) -> list[Problem]:
    work.book.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    return read_master(tmp_path / "copy.xlsx")[1]


def test_errors_turn_red_and_reminders_yellow(work: Workplace, tmp_path: Path) -> None:
    row = spoilt(work)
    problems = found(work, tmp_path)
    told = work.click("check")
    wrong = len(errors(problems))
    assert f"错误 {wrong} 个（红，在 " in told
    assert f"提醒 {len(problems) - wrong} 个（黄）" in told
    roster = covered(work.book.sheets[ROSTER])
    assert roster[f"E{row}"] == theme.WRONG
    assert roster[f"F{row}"] == theme.MISSING
    for sheet in {problem.place.sheet for problem in problems}:
        told_of = [one for one in problems if one.place.sheet == sheet]
        red = {cell_of(one.place) for one in errors(told_of)}
        yellow = {cell_of(one.place) for one in told_of} - red
        cells = covered(work.book.sheets[sheet])
        assert {cell for cell, ground in cells.items() if ground == theme.WRONG} == red
        assert {cell for cell, ground in cells.items() if ground == theme.MISSING} == yellow


def test_they_lie_over_the_live_formats_of_the_master(work: Workplace, tmp_path: Path) -> None:
    """As a file they come first: so every program asks them before the others."""
    row = spoilt(work)
    work.click("check")
    work.book.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "copy.xlsx")[ROSTER]
    rules = [
        (rule.priority, rule.formula[0])
        for area in sheet.conditional_formatting
        if f"E{row}" in area
        for rule in area.rules
    ]
    assert len(rules) > 1
    assert min(rules)[1] == FORMULA.removeprefix("=")


def test_the_next_check_takes_them_away_and_leaves_what_a_clerk_has_coloured(
    work: Workplace,
) -> None:
    row = spoilt(work)
    sheet = work.book.sheets[ROSTER]
    before = sheet.cells.api.FormatConditions.Count
    sheet.range(f"E{row}").color = (146, 208, 80)
    work.click("check")
    work.click("check")
    assert list(covered(sheet)).count(f"E{row}") == 1
    sheet.range(f"E{row}").value = "网销客服"
    sheet.range(f"F{row}").value = None
    work.click("check")
    assert not {f"E{row}", f"F{row}"} & covered(sheet).keys()
    assert sheet.cells.api.FormatConditions.Count - before <= 2  # of other people's rows
    assert sheet.range(f"E{row}").color == (146, 208, 80)


def test_a_protected_sheet_is_told_and_the_others_are_coloured(work: Workplace) -> None:
    row = spoilt(work)
    figures = work.book.sheets[FIGURES]
    figures.range("C5").value = "没有的工号"
    figures.api.protect("")
    told = work.click("check")
    assert f"有保护、没有上颜色的表：{FIGURES}。" in told
    assert covered(work.book.sheets[ROSTER])[f"E{row}"] == theme.WRONG


def test_many_cells_go_into_addresses_that_excel_takes() -> None:
    cells = [
        f"{column}{row}" for column in ("C", "AB") for row in (*range(5, 90, 2), 100, 101, 102)
    ]
    batches = list(colouring._batches(colouring._areas(cells)))
    assert all(len(batch) <= LONGEST_ADDRESS for batch in batches)
    areas = ",".join(batches).split(",")
    assert areas[-1] == "AB100:AB102"
    assert len(areas) == 2 * (43 + 1)
