"""Rows inserted, pasted, sorted, filtered, dragged: done in LibreOffice, read back as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.workbench.office import Office
from tests.workbench.unobridge import load_uno, properties, uno_class
from xladdin.domain.people import Period
from xladdin.master.guide import UNCHECKED
from xladdin.master.master_book import book
from xladdin.master.read_master import read_master
from xladdin.problems import errors

from .rows import PLACES, Opened, cell, saved, small

FIRST = 4
"""The first row of a table, from 0."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return saved(tmp_path / "master.xlsx", small())


@pytest.fixture
def opened(path: Path, office: Office) -> Iterator[Opened]:
    with office.open(path) as document:
        yield Opened(document, book(small(), spare=3))


def _page(opened: Opened, sheet: str) -> Any:
    return opened.document._sheet(opened.sheet(sheet).name)


def _type(opened: Opened, sheet: str, row: int, **entered: str | float) -> None:
    name = opened.sheet(sheet).name
    for key, value in entered.items():
        opened.document.set(name, cell(sheet, key, row + FIRST + 1), value)
    opened.document.recalculate()


def _saved(opened: Opened, tmp_path: Path) -> Path:
    return opened.document.save_as(tmp_path / "saved.xlsx")


NEW = {"name": "丙", "id": "003", "department": "客服部", "position": "客服"}


def test_a_row_inserted_inside_is_read_and_said_to_have_no_check(
    opened: Opened, tmp_path: Path
) -> None:
    _page(opened, "roster").Rows.insertByIndex(FIRST + 1, 1)
    _type(opened, "roster", 1, **NEW)
    said = opened.document.get("员工名册", "A3")
    has_check = opened.document.get("员工名册", cell("roster", "check", FIRST + 2)) == "通过"
    assert has_check or UNCHECKED in str(said)
    assert opened.document.get("员工名册", cell("roster", "check", FIRST + 3)) == "通过"
    company, problems = read_master(_saved(opened, tmp_path))
    assert errors(problems) == []
    assert [one.id for one in company.employees] == ["001", "003", "A-1"]


def test_a_check_copied_down_counts_the_row_again(opened: Opened) -> None:
    page = _page(opened, "roster")
    page.Rows.insertByIndex(FIRST + 1, 1)
    last = len(PLACES["roster"]) - 1
    for first, end in ((1, 1), (PLACES["roster"].index("bonus_base") + 2, last)):
        source = page.getCellRangeByPosition(first, FIRST, end, FIRST).RangeAddress
        page.copyRange(page.getCellByPosition(first, FIRST + 1).CellAddress, source)
    _type(opened, "roster", 1, **NEW)
    assert opened.document.get("员工名册", "A3") == "3 人，有错 0 行"
    _type(opened, "roster", 1, id="001")
    assert opened.document.get("员工名册", "A3") == "3 人，有错 1 行"


def test_a_block_pasted_below_the_last_row_is_checked(opened: Opened, tmp_path: Path) -> None:
    _type(opened, "roster", 2, **NEW)
    _type(opened, "roster", 3, **{**NEW, "name": "丁", "id": "004", "position": "司机"})
    assert opened.get("roster", 2) == "通过"
    assert opened.get("roster", 3) == "“岗位”表中没有“司机”"
    company, problems = read_master(_saved(opened, tmp_path))
    assert [one.code for one in errors(problems)] == ["unknown_position"]
    assert len(company.employees) == 4


def test_what_is_typed_below_the_table_is_read(opened: Opened, tmp_path: Path) -> None:
    _type(opened, "roster", 9, **NEW)
    company, problems = read_master(_saved(opened, tmp_path))
    assert errors(problems) == []
    assert [one.id for one in company.employees] == ["001", "A-1", "003"]


def test_a_sorted_sheet_says_the_same(opened: Opened, tmp_path: Path) -> None:
    before, _ = read_master(_saved(opened, tmp_path))
    page, name = _page(opened, "figures"), opened.sheet("figures").name
    keys = PLACES["figures"]
    bottom = FIRST + len(small()["figures"]) - 1
    field = uno_class("com.sun.star.table.TableSortField")()
    field.Field, field.IsAscending = keys.index("indicator"), False
    entries = page.getCellRangeByPosition(0, FIRST, len(keys) - 1, bottom)
    fields = load_uno().Any("[]com.sun.star.table.TableSortField", (field,))
    entries.sort(properties(SortFields=fields, ContainsHeader=False))
    opened.document.recalculate()
    said = [row[1] for row in opened.document.grid(name)[FIRST : bottom + 1]]
    assert sorted(map(str, said)) == ["待填", "通过", "通过", "通过"]
    after, problems = read_master(_saved(opened, tmp_path))
    assert errors(problems) == []
    assert sorted(map(str, after.figures)) == sorted(map(str, before.figures))


def test_rows_that_a_filter_hides_are_read_and_told(opened: Opened, tmp_path: Path) -> None:
    _page(opened, "roster").Rows.getByIndex(FIRST).IsVisible = False
    opened.document.recalculate()
    assert opened.document.get("员工名册", "A3") == "2 人，有错 0 行"
    company, problems = read_master(_saved(opened, tmp_path))
    assert len(company.employees) == 2
    assert "hidden_rows" in [one.code for one in problems]


def test_a_month_dragged_beyond_the_year_is_told_and_the_next_year_is_read(
    opened: Opened, tmp_path: Path
) -> None:
    _type(opened, "figures", 2, period="2026-13")
    assert opened.get("figures", 2) == "考核月份请写成 2026-11 的样子"
    _type(opened, "figures", 2, period="2027-01")
    assert opened.get("figures", 2) == "待填"
    company, problems = read_master(_saved(opened, tmp_path))
    assert errors(problems) == []
    assert company.figures[2].actual.period == Period.parse("2027-01")
