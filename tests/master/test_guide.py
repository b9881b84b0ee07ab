"""使用说明: it leads to every sheet, tells every colour, and fits one page."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from xladdin.layout.cells import Link
from xladdin.layout.measure import row_heights, text_of
from xladdin.layout.pages import plan
from xladdin.master.all_sheets import GUIDE_NAME, SHEETS
from xladdin.master.guide import DONTS, STEPS, UNITS, guide_sheet


def test_it_leads_to_every_sheet_in_their_order() -> None:
    links = [cell.content for cell in guide_sheet().cells if isinstance(cell.content, Link)]
    assert links == [Link(spec.name, spec.name) for spec in SHEETS]


def test_every_sheet_is_counted_in_its_own_unit() -> None:
    assert {spec.key for spec in SHEETS} <= UNITS.keys()


def test_it_fits_one_page() -> None:
    sheet = guide_sheet()
    assert plan(sheet, row_heights(sheet, lambda cell: text_of(cell, {}))).one_page


def test_there_are_five_steps_and_a_warning_about_ids(masters: dict[str, Path]) -> None:
    page = openpyxl.load_workbook(masters["example"])[GUIDE_NAME]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert len(STEPS) == 5
    assert set(STEPS) <= set(texts)
    assert "编号" in DONTS[0]
    assert all(any(one in text for text in texts) for one in DONTS)


def test_it_comes_first_and_is_locked(masters: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(masters["example"])
    assert book.active.title == GUIDE_NAME
    assert book[GUIDE_NAME].protection.sheet
    assert not any(book[spec.name].protection.sheet for spec in SHEETS)
