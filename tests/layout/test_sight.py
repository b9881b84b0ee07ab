"""What is in sight when a sheet opens."""

from __future__ import annotations

from dataclasses import replace

from xladdin.layout.cells import Asked, Block, Cell, Fixed, Given, Sheet
from xladdin.layout.sight import GRID, View, is_open, view_of, zoom_of
from xladdin.layout.styles import INPUT, TEXT


def rows(count: int, *asked: int, freeze: tuple[int, int] | None = None) -> Sheet:
    """A narrow sheet of so many rows; in some of them something is asked."""
    cells = tuple(
        Cell(row, 0, Asked(f"a{row}"), INPUT) if row in asked else Cell(row, 0, Fixed("一"), TEXT)
        for row in range(count)
    )
    return Sheet("表", (20.0,), (Block(cells, count),), freeze=freeze)


def seen(sheet: Sheet, *filled: str) -> View:
    heights = dict.fromkeys(range(sheet.last_row + 1), 20.0)
    return view_of(sheet, heights, lambda cell: getattr(cell.content, "key", "") not in filled)


def test_the_zoom_shows_the_whole_width() -> None:
    sheet = rows(3)
    assert zoom_of(sheet) == 100
    wide = replace(sheet, widths=(100.0, 100.0))  # 1410 pixels
    assert zoom_of(wide) == 93
    assert 1410 * zoom_of(wide) / 100 <= GRID[0] < 1410 * (zoom_of(wide) + 1) / 100


def test_what_is_too_wide_to_be_read_at_once_is_not_made_small() -> None:
    assert zoom_of(replace(rows(3), widths=(150.0, 150.0))) == 100


def test_the_cursor_stands_where_something_lacks() -> None:
    sheet = rows(6, 2, 4)
    for filled, row in (((), 2), (("a2",), 4), (("a2", "a4"), 2)):
        cursor = seen(sheet, *filled).cursor
        assert cursor is not None
        assert cursor.row == row
    assert seen(rows(3)).cursor is None


def test_a_long_form_is_scrolled_to_what_lacks_below_its_head() -> None:
    view = seen(rows(80, 3, 60, freeze=(2, 0)), "a3")
    assert view.cursor is not None
    assert view.cursor.row == 60
    below = (60 + 1 + 2 - view.top + 2) * 20.0
    assert below <= GRID[1] * 0.75 < below + 20
    assert not view.whole


def test_a_draft_is_read_from_its_beginning() -> None:
    view = seen(rows(80, 3, 60), "a3")
    assert view.cursor is not None
    assert (view.cursor.row, view.top) == (3, 0)


def test_nothing_has_to_stay_where_all_is_in_sight() -> None:
    assert seen(rows(10, 3, freeze=(2, 0))).whole


def test_only_what_is_unlocked_is_filled_in() -> None:
    assert is_open(Cell(0, 0, Given("a", open=True), INPUT))
    assert not is_open(Cell(0, 0, Given("a"), INPUT))
    assert not is_open(Cell(0, 0, Asked("a"), TEXT))
