"""A sheet as it opens: what of it a screen shows before anybody scrolls.

LibreOffice has no window here.  So the part that would be in sight is printed alone on a page as
large as Excel's grid is on that screen: with the zoom that the file asks for, below the rows that
stay, from where the file says that the rest begins.
"""

from __future__ import annotations

import io
import subprocess
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from .document import Document
from .tools import program

MM100_PER_PIXEL = 2540 / 96
CHARACTER = 7
"""Pixels of a digit in the font by which columns are measured (Calibri 11, at 96 dpi)."""
_FURTHEST = (40, 150)
"""Column and row beyond which no screen shows anything."""
_SECONDS = 120


@dataclass(frozen=True)
class Screen:
    """A screen, and how much of it Excel's grid takes: not the ribbon, heads, tabs, taskbar."""

    width: int
    height: int

    @property
    def grid(self) -> tuple[int, int]:
        """Pixels of cells that are in sight."""
        return self.width - 50, self.height - 300

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


SCREENS = (Screen(1366, 768), Screen(1440, 900))
"""Those that clerks have, small and usual."""


def opened(path: Path) -> Workbook:
    """The workbook for its settings; what openpyxl does not know of the cells is left out quietly."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(io.BytesIO(path.read_bytes()))


def as_wide_as_in_excel(document: Document, sheet: Worksheet) -> None:
    """Give columns the width that Excel gives them: here the font that it measures by is missing."""
    columns = document.sheet(sheet.title).Columns
    for found in sheet.column_dimensions.values():
        for col in range(found.min, found.max + 1):
            columns.getByIndex(col - 1).Width = round(found.width * CHARACTER * MM100_PER_PIXEL)


def screenshot(document: Document, sheet: Worksheet, screen: Screen, out: Path) -> Path:
    """Write what of the sheet is in sight as `out`, a PNG or PPM.  The document is changed by it."""
    zoom = (sheet.sheet_view.zoomScale or 100) / 100
    page = document.sheet(sheet.title)
    _hide_what_is_scrolled_away(page, sheet)
    for other in document.sheet_names:
        document.sheet(other).setPrintAreas(())
    page.setPrintAreas((page.getCellRangeByPosition(0, 0, *_FURTHEST).RangeAddress,))
    page.setPrintTitleRows(False)
    width, height = screen.grid
    _whole_grid_on_a_page(document.page_style(sheet.title), width / zoom, height / zoom)
    pdf = document.pdf(out.with_suffix(".pdf"))
    kind = ["-png"] if out.suffix == ".png" else []
    drawn = [program("pdftoppm"), *kind, "-f", "1", "-l", "1", "-singlefile"]
    size = ["-scale-to-x", str(width), "-scale-to-y", str(height)]
    subprocess.run(
        [*drawn, *size, str(pdf), str(out.with_suffix(""))], check=True, timeout=_SECONDS
    )
    pdf.unlink()
    return out


def _hide_what_is_scrolled_away(page: Any, sheet: Worksheet) -> None:
    pane = sheet.sheet_view.pane
    if pane is None or not pane.topLeftCell:
        return
    top, left = coordinate_to_tuple(pane.topLeftCell)
    for row in range(int(pane.ySplit or 0), top - 1):
        page.Rows.getByIndex(row).IsVisible = False
    for col in range(int(pane.xSplit or 0), left - 1):
        page.Columns.getByIndex(col).IsVisible = False


def _whole_grid_on_a_page(style: Any, width: float, height: float) -> None:
    for name in ("LeftMargin", "RightMargin", "TopMargin", "BottomMargin"):
        setattr(style, name, 0)
    style.HeaderIsOn = style.FooterIsOn = False
    style.CenterHorizontally = style.CenterVertically = False
    style.PageScale = 100
    style.IsLandscape = width > height
    style.Width, style.Height = round(width * MM100_PER_PIXEL), round(height * MM100_PER_PIXEL)
