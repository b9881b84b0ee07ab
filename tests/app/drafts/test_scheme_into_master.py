"""Schemes written into the master workbook: below the others, and nothing else is another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.master.small_company import sound_master
from xladdin.app.drafts.scheme_into_master import Added, add_schemes, cells_of
from xladdin.domain.schemes import Scheme
from xladdin.master.read_master import read_master
from xladdin.patch.saving import backups
from xladdin.problems import errors
from xladdin.schemes.library import Library

NOW = dt.datetime(2026, 11, 3, 9, 0)


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(sound_master())
    return path


def shipped(key: str) -> Scheme:
    return next(scheme for scheme in Library.shipped().schemes if scheme.id == key)


def add(master: Path, *schemes: Scheme) -> Added:
    return add_schemes(master, schemes, now=NOW)


@pytest.mark.parametrize("key", [scheme.id for scheme in Library.shipped().schemes])
def test_every_shipped_scheme_is_read_back_as_it_was(key: str, master: Path) -> None:
    """All nine methods with their settings; ids and names that are taken get a number."""
    before, _ = read_master(master)
    done = add(master, shipped(key))
    assert done.problems == []
    assert done.written
    [scheme] = done.schemes
    taken = key in {one.id for one in before.library.schemes}
    assert scheme.id == (f"{key}_2" if taken else key)
    assert scheme.name == (f"{shipped(key).name}（2）" if taken else shipped(key).name)
    after, problems = read_master(master)
    assert errors(problems) == []
    assert after.library.schemes == (*before.library.schemes, scheme)
    assert after.employees == before.employees


def test_it_stands_below_the_others_and_the_old_file_beside_it(master: Path) -> None:
    old = master.read_bytes()
    done = add(master, shipped("sales_service"))
    [place] = done.places
    sheet = openpyxl.load_workbook(master)[place.sheet]
    assert sheet[place.cell].value == "销售客服KPI考核（2）"
    assert [one.read_bytes() for one in backups(master)] == [old]


def test_two_at_once_and_again(master: Path) -> None:
    scheme = shipped("sales_service")
    assert [one.id for one in add(master, scheme, scheme).schemes] == [
        "sales_service_2",
        "sales_service_3",
    ]
    assert [one.id for one in add(master, scheme).schemes] == ["sales_service_4"]


def test_percentages_look_like_percentages(master: Path) -> None:
    """A target of 95% in a cell for plain numbers would be shown as 0.95."""
    add(master, shipped("after_sales_monthly"))
    sheet = openpyxl.load_workbook(master)["指标"]
    head = {sheet.cell(4, column).value: column for column in range(1, sheet.max_column + 1)}
    rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value]
    last = next(
        row for row in reversed(rows) if sheet.cell(row, head["指标名称"]).value == "问题解决率"
    )
    cell = sheet.cell(last, head["默认目标"])
    assert (cell.value, cell.number_format) == (0.95, "0.00%")


def test_what_is_no_master_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    before = path.read_bytes()
    done = add(path, shipped("sales_service"))
    assert not done.written
    assert errors(done.problems)
    assert path.read_bytes() == before
    assert not add(tmp_path / "没有.xlsx", shipped("sales_service")).written


def test_a_master_without_a_sheet(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    del book["评分档位"]
    book.save(master)
    before = master.read_bytes()
    done = add(master, shipped("sales_service"))
    assert [problem.code for problem in errors(done.problems)] == ["sheet_missing"]
    assert master.read_bytes() == before


def test_what_the_reader_would_not_find_again_is_not_written(master: Path) -> None:
    """A clerk took a column away that the scheme needs."""
    book = openpyxl.load_workbook(master)
    sheet = book["指标"]
    column = next(c for c in range(1, 40) if sheet.cell(4, c).value == "每次扣分")
    sheet.cell(4, column).value = "别的"
    book.save(master)
    before = master.read_bytes()
    done = add(master, shipped("after_sales_monthly"))
    assert "write_not_confirmed" in [problem.code for problem in errors(done.problems)]
    assert not done.written
    assert master.read_bytes() == before


def test_what_would_be_written_is_told_cell_by_cell(master: Path) -> None:
    """For a workbook that is open in Excel, where a file may not be written over."""
    before = master.read_bytes()
    planned = cells_of(master, [shipped("sales_service")])
    assert master.read_bytes() == before
    [grown] = planned.grown
    assert grown.sheet == "评分档位"
    add(master, shipped("sales_service"))
    book = openpyxl.load_workbook(master)
    for cell in planned.cells:
        there = book[cell.sheet][cell.address]
        assert there.value == (cell.value if isinstance(cell.value, str) else float(cell.value))
        assert not cell.percent or there.number_format.endswith("%")
