"""What lies over a live format: red stays red where the workbook itself would show grey."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import xlsxwriter

from tests.workbench.repair import repair_problems
from tests.workbench.validator import schema_errors
from xladdin.patch.overlays import MOST_AREAS, overlay
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook_opening import open_workbook

RED, YELLOW = "FFC7CE", "FFEB9C"


def _book(path: Path, *, live: bool) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("表")
        page.write(0, 0, "一")
        if live:
            grey = book.add_format({"bg_color": "#E4E4E4"})
            for area in ("A1:B9", "A1:A9"):
                page.conditional_format(
                    area, {"type": "formula", "criteria": "=TRUE", "format": grey}
                )
    return path


def _overlaid(path: Path, cells: dict[str, list[str]]) -> Path:
    book, problems = open_workbook(path)
    assert book is not None, problems
    overlay(SheetPatch(book, "表"), cells)
    path.write_bytes(book.to_bytes())
    return path


def test_ours_comes_first_and_the_others_after_it(tmp_path: Path) -> None:
    path = _overlaid(_book(tmp_path / "a.xlsx", live=True), {RED: ["A1", "B2"], YELLOW: ["A3"]})
    assert schema_errors(path) == []
    assert repair_problems(path) == []
    rules = openpyxl.load_workbook(path)["表"].conditional_formatting
    found = {
        rule.priority: (str(places.sqref), rule.dxf.fill.bgColor.rgb[2:], rule.stopIfTrue)
        for places in rules
        for rule in places.rules
    }
    assert found[1] == ("A1 B2", RED, True)
    assert found[2] == ("A3", YELLOW, True)
    assert sorted(found) == [1, 2, 3, 4]


def test_where_nothing_is_live_nothing_is_added(tmp_path: Path) -> None:
    path = _overlaid(_book(tmp_path / "a.xlsx", live=False), {RED: ["A1"]})
    assert len(openpyxl.load_workbook(path)["表"].conditional_formatting) == 0


def test_many_cells_are_spread_over_formats_that_can_be_read(tmp_path: Path) -> None:
    cells = [f"A{row}" for row in range(1, 2 * MOST_AREAS + 2)]
    path = _overlaid(_book(tmp_path / "a.xlsx", live=True), {RED: cells})
    rules = openpyxl.load_workbook(path)["表"].conditional_formatting
    ours = [str(one.sqref) for one in rules if one.rules[0].stopIfTrue]
    assert len(ours) == 3
    assert max(map(len, ours)) < 8192
