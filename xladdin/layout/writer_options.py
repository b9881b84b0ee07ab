"""Styles, tables and areas as the options that XlsxWriter takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from xladdin.formula.evaluate import Value
from xladdin.formula.excel import excel
from xladdin.formula.nodes import Num
from xladdin.ooxml.addresses import Area

from . import theme
from .cell_rules import Heat, Shade
from .styles import FONT, Look, Style
from .tables.table import Table

MEDIUM = 2
"""XlsxWriter's number of that kind of line."""
TABLE_STYLE = "Table Style Light 1"


def format_options(style: Style | Look) -> dict[str, Any]:
    """A cell format, or what a conditional format changes."""
    return _look(style) if isinstance(style, Look) else _style(style)


def _style(style: Style) -> dict[str, Any]:
    options: dict[str, Any] = {
        "font_name": FONT,
        "font_size": style.size,
        "bold": style.bold,
        "italic": style.italic,
        "font_color": style.color,
        "align": style.align,
        "valign": style.valign,
        "text_wrap": style.wrap,
        "locked": style.locked,
    }
    if style.border:
        options |= {"border": 1, "border_color": style.line}
    if style.indent:
        options["indent"] = style.indent
    if style.rule:
        options |= {"bottom": MEDIUM, "bottom_color": style.rule}
    if style.accent:
        options |= {"left": MEDIUM, "left_color": style.accent}
    if style.fill:
        options["bg_color"] = style.fill
    if style.number_format:
        options["num_format"] = style.number_format
    if style.rotated:
        options["rotation"] = 270
    if style.underline:
        options["underline"] = 1
    return options


def _look(look: Look) -> dict[str, Any]:
    fill = {"bg_color": look.fill} if look.fill else {}
    if look.line:
        # Lines alone: letters and ground stay as they are.
        return {**fill, "border": 1, "border_color": look.line}
    return {**fill, "font_color": look.color, "bold": look.bold}


def shade_options(shade: Shade, places: Mapping[str, str]) -> dict[str, Any]:
    """A conditional format over numbers that are compared with each other, or with a full bar."""
    if isinstance(shade, Heat):
        return {"type": "2_color_scale", "min_color": theme.PAPER, "max_color": shade.color}
    # Excel 2007's bars fade out; those of 2010 are even, and end at a border.
    most: dict[str, Any] = {}
    if shade.most is not None:
        most = {"max_type": "formula", "max_value": "=" + excel(shade.most, places)}
        if isinstance(shade.most, Num):
            most = {"max_type": "num", "max_value": float(shade.most.value)}
    return {
        "type": "data_bar",
        "bar_color": shade.color,
        "bar_solid": True,
        "data_bar_2010": True,
        "min_type": "num",
        "min_value": 0,
        **most,
    }


def table_options(
    table: Table, formulas: Mapping[str, str], format_of: Callable[[Style], object]
) -> dict[str, Any]:
    """A table with its heads, and the formulas that new rows get."""
    heads = [
        {
            "header": column.head,
            "header_format": format_of(column.head_style),
            "formula": formulas.get(column.key),
        }
        for column in table.columns
    ]
    return {"name": table.name, "style": TABLE_STYLE, "columns": heads}


def area_text(top: int, left: int, bottom: int, right: int) -> str:
    """(4, 0, 9, 0) -> ``A5:A10``."""
    return str(Area(top + 1, left + 1, bottom + 1, right + 1))


class _EmptyText(str):
    """An empty text that equals no other one.

    XlsxWriter leaves out the type of a value that equals ``""``: the cell would be an empty number
    for whoever does not compute it anew.
    """

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


_EMPTY = _EmptyText()


def cached_value(value: Value) -> str | float | bool:
    """The value that stands beside a formula; an empty one is a text, since a formula gives it."""
    if isinstance(value, Decimal):
        return float(value)
    return _EMPTY if value is None or value == "" else value
