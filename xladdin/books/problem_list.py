"""检查结果: what is wrong with a workbook, each line with a link to the cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xladdin.layout import theme
from xladdin.layout.cells import (
    Block,
    Book,
    Cell,
    Fixed,
    Link,
    Orientation,
    Paper,
    Properties,
    Sheet,
)
from xladdin.layout.measure import LEAST_ROW
from xladdin.layout.styles import ALERT_FILL, CENTER, MISSING_FILL, PLAIN, TEXT, Style

from . import parts

SHEET_NAME = "检查结果"
HEADS = ("级别", "工作表", "单元格", "问题")
WIDTHS = (8.0, 18.0, 10.0, 96.0)
WORDS = {True: "错误", False: "提醒"}
MARKS = {
    True: Style(bold=True, align="center", fill=ALERT_FILL),
    False: Style(bold=True, align="center", fill=MISSING_FILL),
}
GOTO = replace(CENTER, color=theme.LINK, underline=True)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: how bad it is, where, what."""

    is_error: bool
    source: str
    """The sheet's name, or whatever else says where it is."""
    where: str
    """The cell as it is shown."""
    message: str
    sheet: str = ""
    cell: str = ""
    """Where the link leads to; empty where there is nothing to lead to."""


def book(problems: Sequence[Listed], told: str) -> Book:
    """A workbook of one sheet, to be put into the one that was checked."""
    width = len(WIDTHS)
    above = (
        parts.title_text(SHEET_NAME, width),
        parts.note(told, width, PLAIN),
        parts.head_row(HEADS),
    )
    top = sum(block.height for block in above)
    head = top - 1
    paper = Paper(Orientation.LANDSCAPE, repeat=(head, head))
    sheet = Sheet(
        SHEET_NAME,
        WIDTHS,
        (*above, *map(_line, problems)),
        paper,
        freeze=(top, 0),
        protected=False,
        tab_color=theme.WARNED,
    )
    return Book((sheet,), {}, Properties(title=SHEET_NAME), named_cells=False)


def _line(item: Listed) -> Block:
    where = Link(item.where, item.sheet, item.cell) if item.cell else Fixed(item.where)
    cells = (
        Cell(0, 0, Fixed(WORDS[item.is_error]), MARKS[item.is_error]),
        Cell(0, 1, Fixed(item.source), TEXT),
        Cell(0, 2, where, GOTO if item.cell else CENTER),
        Cell(0, 3, Fixed(item.message), TEXT),
    )
    return Block(cells, 1, {0: LEAST_ROW})
