"""Sheets that are not printed."""

from __future__ import annotations

import io

import openpyxl
import pytest

from xladdin.patch.hiding import without_sheets

NAMES = ("表", "说明", "来源")


def made(active: int = 0, **states: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in NAMES:
        book.create_sheet(name).sheet_state = states.get(name, "visible")
    book.active = active
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def seen(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [sheet.title for sheet in book if sheet.sheet_state == "visible"]


@pytest.mark.parametrize(
    ("hidden", "left"),
    [
        (["说明", "来源"], ["表"]),
        (["没有的"], [*NAMES]),
        ([], [*NAMES]),
        ([*NAMES], [*NAMES]),
    ],
)
def test_what_is_left_to_see(hidden: list[str], left: list[str]) -> None:
    assert seen(without_sheets(made(), hidden)) == left


def test_the_sheet_in_front_is_one_that_is_seen() -> None:
    book = openpyxl.load_workbook(io.BytesIO(without_sheets(made(active=2), ["来源", "表"])))
    assert book.active is not None
    assert book.active.title == "说明"


def test_an_area_to_be_printed_goes_with_its_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made()))
    for sheet in book:
        sheet.print_area = "A1:B2"
    written = io.BytesIO()
    book.save(written)
    left = openpyxl.load_workbook(io.BytesIO(without_sheets(written.getvalue(), ["表", "来源"])))
    assert [sheet.title for sheet in left if sheet.print_area] == ["说明"]


def test_what_was_hidden_before_does_not_count_as_seen() -> None:
    content = made(说明="hidden", 来源="veryHidden")
    assert without_sheets(content, ["表"]) == content


def test_what_is_no_workbook_stays_as_it_is() -> None:
    assert without_sheets(b"PK nothing", ["表"]) == b"PK nothing"
