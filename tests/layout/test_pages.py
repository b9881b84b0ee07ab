"""How sheets fall on pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books.blueprints import blueprints
from tests.layout.samples import book_of, sheet_of, written
from xladdin.layout.cells import Block, Cell, Fixed, Orientation, Paper, Sheet
from xladdin.layout.measure import row_heights, text_of
from xladdin.layout.pages import A4, MARGINS, POINTS_PER_INCH, SAFETY, SQUEEZE, plan
from xladdin.layout.styles import TEXT

PORTRAIT = Paper()
HIGH = (A4[1] - MARGINS["top"] - MARGINS["bottom"]) * POINTS_PER_INCH
"""The printable height of a portrait page, in points."""


def stack(rows_of_blocks: list[int], paper: Paper = PORTRAIT, width: float = 40.0) -> Sheet:
    """Blocks of so many rows each."""
    blocks = [
        Block(tuple(Cell(row, 0, Fixed("字"), TEXT) for row in range(rows)), rows)
        for rows in rows_of_blocks
    ]
    return Sheet("表", (width,), tuple(blocks), paper)


def high(sheet: Sheet, points: float) -> dict[int, float]:
    """Every row of a sheet so high."""
    return dict.fromkeys(range(sum(block.height for block in sheet.blocks)), points)


def test_a_sheet_that_fits_or_nearly_fits_takes_one_page() -> None:
    sheet = stack([1] * 10)
    for points in (20, HIGH / 10, HIGH * SQUEEZE / 10 - 0.1):
        assert plan(sheet, high(sheet, points)).one_page


def test_a_longer_sheet_is_broken_between_blocks() -> None:
    sheet = stack([10, 10, 10])
    found = plan(sheet, high(sheet, HIGH / 20))
    assert not found.one_page
    assert found.breaks == (10, 20)


def test_a_block_is_not_broken_though_part_of_it_would_fit() -> None:
    sheet = stack([8, 10, 4])
    assert plan(sheet, high(sheet, HIGH / 15)).breaks == (8,)


def test_a_block_longer_than_a_page_stays_whole_and_the_next_one_begins_a_page() -> None:
    sheet = stack([5, 40, 5])
    assert plan(sheet, high(sheet, HIGH / 20)).breaks == (5, 45)


def test_the_repeated_head_takes_room_on_every_further_page() -> None:
    # Four rows fill a page; with a head on the later pages only three rows are left there.
    rows = [1] * 10
    bare, headed = stack(rows), stack(rows, Paper(repeat=(0, 0)))
    heights = high(bare, HIGH * SAFETY / 4)
    assert plan(bare, heights).breaks == (4, 8)
    assert plan(headed, heights).breaks == (4, 7)


def test_a_landscape_page_is_lower() -> None:
    across = stack([1] * 10, Paper(Orientation.LANDSCAPE))
    upright = stack([1] * 10)
    heights = high(upright, HIGH / 10)
    assert plan(upright, heights).one_page
    assert not plan(across, heights).one_page


def test_a_wide_sheet_is_scaled_so_more_rows_fit() -> None:
    narrow, broad = stack([1] * 20, width=40.0), stack([1] * 20, width=200.0)
    heights = high(narrow, HIGH / 10)
    assert len(plan(broad, heights).breaks) < len(plan(narrow, heights).breaks)


def test_a_sheet_that_grows_is_never_squeezed_into_one_page() -> None:
    block = Block((Cell(0, 0, Fixed("字"), TEXT),), 1, growing=frozenset({0}))
    assert not plan(Sheet("表", (40.0,), (block,)), {0: 20.0}).one_page


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.floats(10, 400))
def test_breaks_rise_lie_between_blocks_and_leave_no_page_too_long(
    rows: list[int], points: float
) -> None:
    sheet = stack(rows)
    found = plan(sheet, high(sheet, points))
    starts = [sum(rows[:i]) for i in range(len(rows))]
    assert list(found.breaks) == sorted(set(found.breaks) & set(starts) - {0})
    if not found.one_page:
        pages = zip((0, *found.breaks), (*found.breaks, sum(rows)), strict=True)
        for first, last in pages:
            blocks = [r for r, start in zip(rows, starts, strict=True) if first <= start < last]
            assert len(blocks) == 1 or sum(blocks) * points <= HIGH


def test_the_plan_is_what_the_file_says() -> None:
    one, many = sheet_of(Fixed("字"), name="一页"), long_sheet()
    book = written(book_of(one, many))
    assert (book["一页"].page_setup.fitToWidth, book["一页"].page_setup.fitToHeight) == (None, None)
    assert book["一页"].sheet_properties.pageSetUpPr.fitToPage
    # Nought pages high means as many as it takes; the width is held to one page either way.
    assert book["多页"].page_setup.fitToHeight == 0
    assert book["多页"].sheet_properties.pageSetUpPr.fitToPage
    heights = dict.fromkeys(range(40), 60.0)
    assert [page.id for page in book["多页"].row_breaks.brk] == list(plan(many, heights).breaks)


def long_sheet() -> Sheet:
    blocks = [Block((Cell(0, 0, Fixed("字"), TEXT),), 1, {0: 60.0})] * 40
    return Sheet("多页", (20.0,), tuple(blocks))


@pytest.mark.parametrize("name", sorted(blueprints()))
def test_no_form_needs_more_than_three_pages_a_sheet(name: str) -> None:
    form = blueprints()[name]
    for sheet in form.book.sheets:
        heights = row_heights(sheet, lambda cell: text_of(cell, form.values))
        assert len(plan(sheet, heights).breaks) <= 2
