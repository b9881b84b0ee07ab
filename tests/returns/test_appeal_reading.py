"""A 反馈单 read back: its rows under their heads, wherever they were moved, and whose it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.books.blueprints import ISSUE, PERSON, slip
from xladdin.books.summary import appeal_sheet
from xladdin.domain.people import Period
from xladdin.domain.schemes import Scheme
from xladdin.intake.grids import Grid
from xladdin.intake.sheets import read_workbook
from xladdin.layout.validations import fits_list
from xladdin.layout.writer import workbook_bytes
from xladdin.returns.appeal_reading import ReadSlip, read_slip
from xladdin.schemes.library import Library

SCHEMES = Library.shipped().schemes
HEADS = list(appeal_sheet.HEADS.values())


def grids_of(scheme: Scheme, **answers: object) -> list[Grid]:
    made = slip(scheme)
    content = workbook_bytes(made.book, {**made.values, **answers})  # type: ignore[arg-type]
    grids, problems = read_workbook("反馈单.xlsx", content, hidden=True)
    assert problems == []
    return list(grids)


def read(scheme: Scheme, **answers: object) -> ReadSlip:
    found = read_slip("反馈单.xlsx", grids_of(scheme, **answers))
    assert found is not None
    return found


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda it: it.id)
def test_a_slip_says_whose_it_is_and_what_is_objected_to(scheme: Scheme) -> None:
    key = appeal_sheet.key
    item = next(iter(appeal_sheet.items(scheme)))
    rows = {
        key(2, "item"): item,
        key(2, "claimed"): "98%",
        key(2, "grounds"): "漏记\n两次",
        key(2, "filed"): Decimal(46357),
        "comment.own": "不同意",
    }
    found = read(scheme, **rows)
    assert (found.person, found.period) == (PERSON.id, Period("2026-11"))
    assert (found.issued, found.deadline) == (ISSUE.day, ISSUE.deadline)
    assert found.scheme_hash == scheme.fingerprint()
    (row,) = found.rows
    assert (row.item, row.claimed, row.grounds) == (item, "98%", "漏记\n两次")
    assert row.filed == dt.date(2026, 12, 1)
    assert row.places["item"].cell == "A9"
    assert found.own_words == "不同意"
    assert found.problems == ()


def test_a_slip_as_it_went_out_objects_to_nothing() -> None:
    assert read(SCHEMES[0]).rows == ()


def test_a_lost_sheet_is_told_and_another_form_is_no_slip() -> None:
    grids = [grid for grid in grids_of(SCHEMES[0]) if grid.sheet != appeal_sheet.SHEET_NAME]
    found = read_slip("反馈单.xlsx", grids)
    assert found is not None
    assert [it.code for it in found.problems] == ["table_missing"]
    assert read_slip("别的.xlsx", [Grid("别的.xlsx", [["申诉项目"]], "申诉")]) is None


def test_rows_are_found_where_columns_were_moved() -> None:
    hidden = next(grid for grid in grids_of(SCHEMES[0]) if grid.hidden)
    moved = [
        ["", *reversed(HEADS)],
        ["", None, "漏记", "1次", "其他"],
        ["已有的更正"],
        ["", 1, 2, 3, 4],
    ]
    found = read_slip("反馈单.xlsx", [Grid("反馈单.xlsx", moved, "申诉"), hidden])
    assert found is not None
    (row,) = found.rows
    assert (row.item, row.claimed, row.grounds, row.filed) == ("其他", "1次", "漏记", None)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda it: it.id)
def test_every_figure_and_something_else_may_be_chosen(scheme: Scheme) -> None:
    offered = appeal_sheet.items(scheme)
    count = len(list(scheme.indicators)) + len(scheme.adjustments) + 1
    assert len(offered) == count
    assert fits_list(list(offered))
    assert offered["其他"][0] == ""


def test_names_that_are_too_long_together_are_numbered_and_cut() -> None:
    scheme = SCHEMES[0]
    long = [
        section.model_copy(
            update={
                "indicators": tuple(
                    it.model_copy(update={"name": f"{it.name}，" + "很长的名称" * 8})
                    for it in section.indicators
                )
            }
        )
        for section in scheme.sections
    ]
    offered = appeal_sheet.items(scheme.model_copy(update={"sections": tuple(long)}))
    assert fits_list(list(offered))
    first = next(iter(offered))
    assert first.startswith("1.")
    assert len(offered) == len(appeal_sheet.items(scheme))
