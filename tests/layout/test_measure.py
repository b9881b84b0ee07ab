"""No text is cut: rows are at least as high as LibreOffice would make them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.books.blueprints import blueprints
from tests.layout.samples import book_of
from tests.workbench.office import Office
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Block, Cell, Fixed, Given, Result, Sheet
from xladdin.layout.measure import (
    CELL_PADDING,
    CHARACTER_PIXELS,
    LEAST_ROW,
    column_points,
    lines,
    row_heights,
    text_height,
    text_of,
    text_width,
    wide,
)
from xladdin.layout.place import results
from xladdin.layout.styles import CENTER, NOTE, TEXT, TITLE, Style
from xladdin.layout.writer import workbook_bytes

POINTS_PER_UNIT = 72 / 2540
"""LibreOffice measures in hundredths of a millimetre."""
EXCEL_LIMIT = 409.5
"""A row cannot be higher, in points."""

Text = tuple[str, Style, float]
"""A text, its look, and the width of its cell in characters of one column."""


def all_texts() -> list[Text]:
    """Every text of every form with its look and width, merged or not."""
    found: dict[Text, None] = {}
    for form in blueprints().values():
        values: dict[str, Value] = {**form.values, **results(form.book, form.values)}
        for sheet in form.book.sheets:
            if sheet.visibility == "visible":
                for cell in sheet.cells:
                    text = text_of(cell, values)
                    if text.strip() and not cell.style.rotated:
                        look = replace(cell.style, locked=True, fill="", number_format="")
                        found[text, look, _width(cell, sheet)] = None
    return list(found)


def _width(cell: Cell, sheet: Sheet) -> float:
    """The width of one column that is as wide as all that the cell stands over."""
    extra = CELL_PADDING * (cell.cols - 1) / CHARACTER_PIXELS
    return sum(sheet.widths[cell.col : cell.col + cell.cols]) + extra


def optimal_heights(texts: list[Text], office: Office, folder: Path) -> list[float]:
    """How high LibreOffice makes the row of each text, in points.

    Each text gets a row and a column of its own, since programs measure unmerged cells only.
    """
    cells = [Cell(i, i, Fixed(text), look) for i, (text, look, _) in enumerate(texts)]
    widths = tuple(width for _, _, width in texts)
    sheet = Sheet("表", widths, (Block(tuple(cells), len(cells)),))
    path = folder / "texts.xlsx"
    path.write_bytes(workbook_bytes(book_of(sheet), {}))
    with office.open(path) as document:
        # The harness has no word for row heights, so the sheet itself is asked.
        rows: Any = document._component.Sheets.getByIndex(0).Rows
        for i in range(len(texts)):
            rows.getByIndex(i).OptimalHeight = True
        return [rows.getByIndex(i).Height * POINTS_PER_UNIT for i in range(len(texts))]


def test_no_text_of_any_form_is_cut(office: Office, tmp_path: Path) -> None:
    texts = all_texts()
    assert len(texts) > 300
    cut = [
        f"{text[:40]!r} ({look.size} pt, {width:.0f} wide): {ours:.1f} < {theirs:.1f}"
        for (text, look, width), theirs in zip(
            texts, optimal_heights(texts, office, tmp_path), strict=True
        )
        if (ours := text_height(text, look, width * CHARACTER_PIXELS + CELL_PADDING)) < theirs
    ]
    assert cut == []


def test_a_computed_text_has_room_where_it_is_measured() -> None:
    said = "比上月增加8.3%，" * 20
    cells = [Cell(i, 0, Result("a", measured=bool(i)), TEXT) for i in range(2)]
    sheet = Sheet("表", (20.0,), (Block(tuple(cells), 2),))
    heights = row_heights(sheet, lambda cell: text_of(cell, {"a": said}))
    assert heights[0] == LEAST_ROW > text_height("", TEXT, 1)
    assert heights[1] >= text_height(said, TEXT, 20 * CHARACTER_PIXELS + CELL_PADDING)


MIXED = (
    "2026-11responsibility、satisfaction及时性、准确性customer satisfaction≥95%",
    "KPI satisfaction and communication，100%完成（含）",
    "满意度。。——及时性、准确性“好”KPI，COMMUNICATION",
    "MWMWMWMW MWMWMWMW MWMWMWMW",
)
"""Words that are not broken, punctuation that may not begin a line, broad letters."""


def test_mixed_text_is_not_cut_at_any_usual_width_and_size(office: Office, tmp_path: Path) -> None:
    texts = [
        (text, replace(TEXT, size=size), width)
        for text in MIXED
        for size in (8, 9, 11)
        for width in (9.0, 13.0, 20.0, 38.0)
    ]
    ours = [text_height(text, look, width * 7 + CELL_PADDING) for text, look, width in texts]
    theirs = optimal_heights(texts, office, tmp_path)
    cut = [
        text
        for text, mine, needed in zip(texts, ours, theirs, strict=True)
        if mine < min(needed, EXCEL_LIMIT)
    ]
    assert cut == []
    # Nor are rows made so high that a form would look empty.
    assert sum(ours) < 1.5 * sum(theirs)


def test_no_form_has_a_row_that_excel_cannot_make_so_high() -> None:
    for form in blueprints().values():
        values: dict[str, Value] = {**form.values, **results(form.book, form.values)}
        for sheet in form.book.sheets:
            heights = row_heights(sheet, lambda cell: text_of(cell, values))  # noqa: B023
            assert max(heights.values()) <= EXCEL_LIMIT, (form.name, sheet.name)


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [
        ("一", 40, 1),
        ("一二三四", 40, 2),
        ("一二三四五", 40, 3),
        ("一\n二\n三", 400, 3),
        ("一\n\n三", 400, 3),
        ("", 40, 1),
        # A cell narrower than one character still takes one a line.
        ("一二", 1, 2),
    ],
)
def test_lines_of_a_text_at_nine_points(text: str, width: float, count: int) -> None:
    # 9 points are 12 pixels: 40 pixels less the margins hold two characters.
    assert lines(text, TEXT, width) == count


def test_text_that_does_not_wrap_is_one_line() -> None:
    assert lines("一二三四\n五", replace(TEXT, wrap=False), 10) == 1


def test_chinese_is_twice_as_wide_as_latin_at_least() -> None:
    assert wide("绩")
    assert wide("，")
    assert not wide("K")
    assert text_width("绩效", 9) == 24
    assert text_width("绩", 9) < 2 * text_width("K", 9) < 1.2 * text_width("绩", 9)


def test_rotated_text_takes_a_line_for_each_character() -> None:
    upright = text_height("综合能力", CENTER, 1000)
    assert text_height("综合能力", replace(CENTER, rotated=True), 1000) > 3 * upright / 2


def test_a_column_of_the_standard_width_is_64_pixels() -> None:
    assert column_points(8.43) == pytest.approx(48, abs=0.1)


def test_what_a_merged_cell_lacks_is_spread_over_its_rows() -> None:
    text = "字" * 100
    merged = Cell(0, 0, Fixed(text), TEXT, rows=4)
    sheet = Sheet("表", (12.0,), (Block((merged,), 4),))
    heights = row_heights(sheet, lambda cell: text_of(cell, {}))
    needed = text_height(text, TEXT, 12 * CHARACTER_PIXELS + CELL_PADDING)
    assert sum(heights.values()) == pytest.approx(needed)
    assert len(set(heights.values())) == 1


def test_a_row_is_as_high_as_its_highest_cell_and_never_lower_than_asked() -> None:
    cells = (Cell(0, 0, Fixed("一"), TEXT), Cell(0, 1, Fixed("字" * 30), TEXT))
    sheet = Sheet("表", (12.0, 6.0), (Block(cells, 1), Block((), 0), Block(cells[:1], 1, {0: 50})))
    first, second = row_heights(sheet, lambda cell: text_of(cell, {})).values()
    assert first == text_height("字" * 30, TEXT, 6 * CHARACTER_PIXELS + CELL_PADDING)
    assert second == 50


def test_a_row_is_never_lower_than_the_least() -> None:
    sheet = Sheet("表", (12.0,), (Block((Cell(0, 0, Fixed(None), NOTE),), 1),))
    assert row_heights(sheet, lambda cell: text_of(cell, {})) == {0: LEAST_ROW}


def test_only_texts_take_room() -> None:
    assert text_of(Cell(0, 0, Fixed("标题"), TITLE), {}) == "标题"
    assert text_of(Cell(0, 0, Given("a", "默认"), TEXT), {}) == "默认"
    assert text_of(Cell(0, 0, Given("a", "默认"), TEXT), {"a": "填写"}) == "填写"
    assert text_of(Cell(0, 0, Given("a"), TEXT), {"a": Decimal(123)}) == ""
    assert text_of(Cell(0, 0, Result("a"), TEXT), {"a": "缺3项"}) == ""
