from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from xladdin.intake.sheets import read_workbook
from xladdin.ooxml.opening import is_workbook

from . import broken_books

FOLDER = Path(__file__).parent
XLS = (FOLDER / "roster.xls").read_bytes()


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return broken_books.write(tmp_path_factory.mktemp("books"), "actuals_figures.xlsx").read_bytes()


def test_cells_are_what_a_person_sees(figures: bytes) -> None:
    grids, problems = read_workbook("a.xlsx", figures)
    assert not problems
    column = [row[5] for row in grids[0].rows]
    assert column[1:] == ["105%", "#DIV/0!", dt.time(0, 2, 23), dt.date(2026, 11, 3), 1.05, True]


def test_cells_merged_downwards_hold_for_each_of_their_rows() -> None:
    grids, _ = read_workbook("a.xls", XLS)
    assert [row[2] for row in grids[0].rows] == [
        "部门",
        "网络销售部",
        "网络销售部",
        "客服部",
        "客服部",
    ]


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    path = broken_books.write(tmp_path, "roster_one_sheet_per_department.xlsx")
    grids, _ = read_workbook(path.name, path.read_bytes())
    assert [grid.sheet for grid in grids] == ["网销", "客服", "仓库", "说明"]


def test_a_stray_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    with Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("甲").write("XFD1048576", "x")
    grids, problems = read_workbook("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert not grids
    assert [(problem.code, str(problem.place)) for problem in problems] == [
        ("sheet_too_large", "a.xlsx!甲")
    ]


def test_where_error_values_cannot_be_seen_a_warning_says_so() -> None:
    grids, problems = read_workbook("a.xls", XLS)
    assert grids
    assert [problem.code for problem in problems] == ["error_values_unseen"]


def test_what_begins_like_a_workbook() -> None:
    assert is_workbook(XLS)
    assert not is_workbook(b"a,b")


@settings(deadline=None)  # the reader takes its time over a panic
@given(st.integers(0, 6_000), st.binary(min_size=1, max_size=40))
def test_damage_to_an_xlsx_never_raises(figures: bytes, at: int, noise: bytes) -> None:
    grids, problems = read_workbook("a.xlsx", figures[:at] + noise + figures[at + len(noise) :])
    assert grids or problems


@settings(deadline=None, max_examples=30)  # each in a process of its own
@given(st.integers(0, len(XLS) - 1))
def test_a_download_that_broke_off_never_raises(figures: bytes, at: int) -> None:
    for data in (XLS, figures):
        grids, problems = read_workbook("a.xlsx", data[:at])
        assert grids or problems
