"""A company's logo at the head of a sheet, over the rows of its name and the title."""

from __future__ import annotations

import io
import math
import struct
from typing import Any, Protocol

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.image import Image

from .cells import Cell

HIGH, WIDE = 44, 150
"""Pixels that a logo takes at most."""
INDENT = 9
"""Pixels of one step by which the name beside it is moved to the right."""
DPI = 96


class Worksheet(Protocol):
    """What is asked of XlsxWriter's worksheet."""

    def insert_image(self, row: int, col: int, name: str, options: dict[str, Any]) -> Any: ...


def usable(logo: bytes) -> bool:
    """Whether it is a picture that Excel shows."""
    try:
        return min(_pixels(logo)) >= 1
    except (XlsxWriterException, struct.error, ArithmeticError, LookupError):
        return False


def _pixels(logo: bytes) -> tuple[float, float]:
    """Width and height on the screen."""
    picture = Image(io.BytesIO(logo))
    return (
        float(picture._width * DPI / picture._x_dpi),
        float(picture._height * DPI / picture._y_dpi),
    )


def insert(worksheet: Worksheet, cell: Cell, logo: bytes) -> int:
    """Put the logo into a cell's corner; by how many steps what stands there has to give way."""
    if not logo:
        return 0
    width, height = _pixels(logo)
    scale = min(HIGH / height, WIDE / width)
    options = {
        "image_data": io.BytesIO(logo),
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": 2,
        "y_offset": 2,
        "object_position": 3,
        "description": "公司标志",
    }
    worksheet.insert_image(cell.row, cell.col, "logo", options)
    return math.ceil(width * scale / INDENT) + 1
