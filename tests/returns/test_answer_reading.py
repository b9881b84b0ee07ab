"""A 申诉清单 read back: a row is known by its number, wherever it was sorted to."""

from __future__ import annotations

from tests.books.appeals.listed import TODAY, some
from xladdin.books.appeals.appeal_list import HEADS, book
from xladdin.intake.grids import Grid
from xladdin.intake.sheets import read_workbook
from xladdin.layout.writer import workbook_bytes
from xladdin.returns.answer_reading import read_answers


def grids() -> list[Grid]:
    found, problems = read_workbook(
        "清单.xlsx", workbook_bytes(book(some(), TODAY), {}), hidden=True
    )
    assert problems == []
    return list(found)


def test_a_list_says_what_is_answered() -> None:
    found = read_answers("清单.xlsx", grids())
    assert found is not None
    assert [row.number for row in found.rows] == ["24", "23", "21", "22", "19"]
    assert [row.says_something for row in found.rows] == [False] * 4 + [True]
    last = found.rows[-1]
    assert (last.outcome, last.after, last.answer, last.by) == (
        "成立",
        "12秒",
        "核对属实，系统少记。",
        "赵敏",
    )
    assert last.person == "QC025"
    assert last.place("outcome").sheet == "申诉清单"


def test_what_is_lost_is_told() -> None:
    hidden = [grid for grid in grids() if grid.hidden]
    none = read_answers("清单.xlsx", hidden)
    assert none is not None
    assert [it.code for it in none.problems] == ["table_missing"]
    heads = list(HEADS.values())
    rows: list[list[object]] = [
        list(heads),
        [None, "QC025", "成立", 12, "属实", "赵敏"],
        ["", "QC002", None, None, None, "赵敏"],
    ]
    found = read_answers("清单.xlsx", [Grid("清单.xlsx", rows, "申诉清单"), *hidden])
    assert found is not None
    assert found.rows == ()
    assert [it.code for it in found.problems] == ["number_missing"]
    assert read_answers("别的.xlsx", [Grid("别的.xlsx", rows, "申诉清单")]) is None
