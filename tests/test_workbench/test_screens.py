"""What is in sight when a sheet opens."""

from __future__ import annotations

import struct
from pathlib import Path

from xlsxwriter import Workbook

from tests.workbench.office import Office
from tests.workbench.screens import SCREENS, Screen, as_wide_as_in_excel, opened, screenshot


def size(png: Path) -> tuple[int, int]:
    """Width and height of a PNG."""
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height


def test_a_screenshot_is_as_large_as_the_grid(office: Office, sample: Path, tmp_path: Path) -> None:
    sheet = opened(sample).worksheets[0]
    for screen in SCREENS:
        with office.open(sample) as document:
            as_wide_as_in_excel(document, sheet)
            made = screenshot(document, sheet, screen, tmp_path / f"{screen}.png")
        assert size(made) == screen.grid
    assert not list(tmp_path.glob("*.pdf"))


def test_what_is_scrolled_away_is_not_in_sight(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "scrolled.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for row in range(60):
            sheet.write(row, 0, row)
        sheet.freeze_panes(2, 0, 30, 0)
    with office.open(path) as document:
        screenshot(document, opened(path)["S"], Screen(400, 500), tmp_path / "s.png")
        seen = [document.sheet("S").Rows.getByIndex(row).IsVisible for row in range(32)]
    assert seen == [True, True, *[False] * 28, True, True]


def test_columns_are_as_wide_as_in_excel(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("S").set_column(1, 1, 20)
    with office.open(path) as document:
        as_wide_as_in_excel(document, opened(path)["S"])
        width = document.sheet("S").Columns.getByIndex(1).Width
    # 20 digits of 7 pixels and 5 of padding, at 96 to the inch.
    assert abs(width - 145 * 2540 / 96) < 20
