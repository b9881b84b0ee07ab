"""开新月份, 收数表, in a real spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xladdin.domain.people import Period
from xladdin.master.read_master import read_master
from xladdin.ribbon import windows_excel

from .desks import Workplace

pytestmark = pytest.mark.xdist_group("calc")
NEXT = Period("2026-11")


@pytest.fixture
def typed(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the user types into the next box; what was offered there stands in its place afterwards."""
    said: list[Any] = [""]

    def answer(_: Any, question: str, default: str = "") -> Any:
        found, said[0] = said[0], default
        return default if found == "" else found

    monkeypatch.setattr(windows_excel, "typed_text", answer)
    work.book.api.Saved = True
    return said


def rows(work: Workplace, month: Period = NEXT) -> int:
    company, _ = read_master(work.folder / "总表.xlsx")
    return sum(one.actual.period == month for one in company.figures)


def test_the_next_month_is_opened_and_the_master_comes_back(
    work: Workplace, typed: list[Any]
) -> None:
    told = work.click("open_month", "ok")
    assert typed[0] == "2026-11"
    assert "2026年11月：" in told
    assert "加了" in told
    assert rows(work) > 0
    assert [book.name for book in work.calc.books] == ["总表.xlsx"]
    assert len(list(work.folder.glob("*备份*"))) == 1


def test_what_is_no_month_or_given_up_changes_nothing(work: Workplace, typed: list[Any]) -> None:
    typed[0] = "十一月"
    assert "「十一月」不是月份" in work.click("open_month")
    typed[0] = None
    assert work.click("open_month") == ""
    typed[0] = ""
    assert "会先关闭" in work.click("open_month", "cancel")
    assert rows(work) == 0
    assert [book.name for book in work.calc.books] == ["总表.xlsx"]


def test_whoever_delivers_gets_a_sheet_and_what_was_filled_in_is_asked_about(
    work: Workplace, typed: list[Any]
) -> None:
    told = work.click("ask_figures", "ok")
    assert "收数表" in told
    files = [Path(one) for one in work.files("收数表/**/*.xlsx")]
    assert files
    path = work.folder / files[0]
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D9"] = 1
    book.save(path)
    before = path.read_bytes()
    assert "有人填过或改过" in work.click("ask_figures", "ok", "no")
    assert path.read_bytes() == before
    work.click("ask_figures", "ok", "yes")
    assert path.read_bytes() != before
