"""打成PDF, in a real spreadsheet that prints."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from .desks import ROSTER, Workplace
from .test_form_buttons import pressed_before, select_people

pytestmark = pytest.mark.xdist_group("calc")
PDF = "考核表/2026-10/打印/2026-10_考核表_网络销售部.pdf"


def people(work: Workplace) -> list[str]:
    """Whose forms the PDF has, as its bookmarks say."""
    outline = PdfReader(work.folder / PDF).outline
    return [str(one.title) for one in outline if not isinstance(one, list)]


def test_selected_people_are_one_pdf_and_their_forms_are_made_first(work: Workplace) -> None:
    select_people(work, "QC003", "QC002")
    told = work.click("print", "yes")
    assert people(work) == ["陆雨桐（QC002）", "方嘉禾（QC003）"]
    assert len(PdfReader(work.folder / PDF).pages) == 4, "each begins on a sheet of its own"
    assert f"{PDF.rpartition('/')[2]}：2 份，4 页" in told
    assert len(work.files("考核表/**/*.xlsx")) == 2
    assert [book.name for book in work.calc.books] == [work.book.name]
    assert work.calc.books.active.name == work.book.name


def test_an_open_form_is_printed_as_it_was_saved_and_that_is_told(work: Workplace) -> None:
    select_people(work, "QC003")
    work.click("generate")
    select_people(work, "QC003", "QC002")
    told = work.click("print", "no")
    assert len(PdfReader(work.folder / PDF).pages) == 2
    assert "方嘉禾（QC003）的表正在 Excel 里开着，打的是保存过的内容" in told


def test_cancel_does_nothing(work: Workplace) -> None:
    work.select(ROSTER, "A1")
    work.click("print", "cancel")
    assert work.files() == []


def test_esc_while_it_prints_writes_no_pdf(work: Workplace) -> None:
    select_people(work, "QC003", "QC002")
    told = work.click("print", "yes", stop=pressed_before(3))
    assert "按 Esc 停下了" in told
    assert not (work.folder / PDF).exists()
