"""What a 校准表 says is read wherever its rows lie; what is none is said to be none."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from tests.app.results.calibration_filling import filled, heads, read, written
from tests.books.random_cohorts import PERIOD, cohort_with_boxes
from xladdin.intake.sheets import read_workbook
from xladdin.returns.calibration_reading import is_calibration, read_calibration, same_number

GRADES = {"QC004": ("优秀", "带新人")}


def changed(change: Callable[[Any], None]) -> bytes:
    made = openpyxl.load_workbook(io.BytesIO(filled(written(cohort_with_boxes()), GRADES)))
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _nothing(_: Any) -> None:
    """As it was filled in."""


def _sort(made: Any) -> None:
    sheet = made.worksheets[0]
    columns, top = heads(sheet) or ({}, 0)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top + 1)]
    for number, row in enumerate(
        sorted(rows, key=lambda it: str(it[columns["工号"] - 1])), top + 1
    ):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value


def _insert(made: Any) -> None:
    made.worksheets[0].insert_rows(6)
    made.worksheets[0].title = "改过名的"


def _hide(made: Any) -> None:
    for row in range(9, 14):
        made.worksheets[0].row_dimensions[row].hidden = True


@pytest.mark.parametrize("change", [_nothing, _sort, _insert, _hide])
def test_rows_are_found_wherever_they_lie(change: Callable[[Any], None]) -> None:
    found = read(changed(change))
    assert found.problems == ()
    assert (found.period, found.department, found.called) == (PERIOD, "", "全公司")
    assert found.who == "王经理"
    assert {row.id for row in found.rows} == set(found.sent) == {f"QC{i:03d}" for i in range(8)}
    row = next(one for one in found.rows if one.id == "QC004")
    assert (row.texts["after"], row.texts["why"]) == GRADES["QC004"]
    assert row.place("why").cell


def _no_heads(made: Any) -> None:
    sheet = made.worksheets[0]
    columns, top = heads(sheet) or ({}, 0)
    sheet.cell(top, columns["工号"]).value = "编码"


def test_a_table_that_is_not_found_is_told() -> None:
    assert [it.code for it in read(changed(_no_heads)).problems] == ["table_missing"]


def _no_identity(made: Any) -> None:
    del made["_xladdin"]


def test_what_has_no_identity_is_no_sheet_of_ours() -> None:
    grids, _ = read_workbook("f.xlsx", changed(_no_identity), hidden=True)
    assert not is_calibration(grids)
    assert read_calibration("f.xlsx", grids) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("90", "90.00", True),
        ("90.0000001", "90", True),
        ("90", "90.1", False),
        ("", "", True),
        ("九十", "90", False),
    ],
)
def test_numbers_are_compared_as_numbers(one: str, other: str, same: bool) -> None:
    assert same_number(one, other) is same
