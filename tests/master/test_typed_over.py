"""What somebody typed over a column that the workbook works out is told: it counts for nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.workbench.office import Office
from xladdin.master.read_master import read_master

from .rows import cell, saved, small

AGAIN = "从别的行把这一格复制过来，就又自动计算"


def told(path: Path) -> list[str]:
    found = [one for one in read_master(path)[1] if one.code == "typed_over"]
    assert not any(one.is_error for one in found)
    return [f"{one.place.sheet}!{one.place.cell}：{one.message}" for one in found]


def typed(book: Workbook) -> None:
    book["设置"][cell("settings", "check")] = "问过张三"


def pasted(book: Workbook) -> None:
    """Rows that were copied and pasted as values."""
    for row in (5, 6):
        book["员工名册"][cell("roster", "check", row)] = "通过"


def a_number(book: Workbook) -> None:
    book["指标"][cell("indicators", "share", 6)] = 0.3


def emptied(book: Workbook) -> None:
    """The guide counts rows without a check: nothing that was typed is lost."""
    book["设置"][cell("settings", "check")] = None


def a_formula(book: Workbook) -> None:
    book["设置"][cell("settings", "check")] = '="通"&"过"'


def two_alike(book: Workbook) -> None:
    sheet = book["设置"]
    sheet["H4"], sheet["H5"] = "检查", "看过"


def in_a_row_of_nothing(book: Workbook) -> None:
    book["设置"][cell("settings", "check", 7)] = "以后再填"


EDITS: dict[Callable[[Workbook], None], list[str]] = {
    lambda _: None: [],
    typed: [
        f"设置!{cell('settings', 'check')}：「检查」是自动计算的列，这里的公式换成了「问过张三」，"
        f"没有用上；{AGAIN}"
    ],
    pasted: [
        f"员工名册!{cell('roster', 'check')}：「检查」是自动计算的列，这里的公式换成了「通过」，"
        f"没有用上（这样的共 2 行）；{AGAIN}"
    ],
    a_number: [
        f"指标!{cell('indicators', 'share', 6)}：「占总分」是自动计算的列，这里的公式换成了「30%」，"
        f"没有用上；{AGAIN}"
    ],
    emptied: [],
    a_formula: [],
    two_alike: [],
    in_a_row_of_nothing: [],
}


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written once, and not changed."""
    return saved(tmp_path_factory.mktemp("master") / "master.xlsx", small())


@pytest.mark.parametrize("edit", EDITS)
def test_what_stands_there_is_told_once_for_its_column(
    edit: Callable[[Workbook], None], master: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(master)
    edit(book)
    book.save(path := tmp_path / "edited.xlsx")
    assert told(path) == EDITS[edit]


def test_what_another_program_saved_has_its_formulas(
    master: Path, tmp_path: Path, office: Office
) -> None:
    with office.open(master) as document:
        document.save_as(again := tmp_path / "again.xlsx")
    assert told(again) == []
