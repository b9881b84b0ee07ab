"""What the sheets of a debrief share: head, paper, medians, rows of answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xladdin.analysis.debrief_figures import DebriefFigures, Middle
from xladdin.analysis.metric import Scale
from xladdin.books.reports import report_parts as rp
from xladdin.formula.nodes import Expr, IsEmpty, Var
from xladdin.formula.questions import both
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import (
    Asked,
    Block,
    Cell,
    Fixed,
    Orientation,
    Paper,
    Result,
    Sheet,
    footer,
)
from xladdin.layout.styles import CENTER, MUTED, Style

from . import report_debrief_keys as keys

FORM = "客服述职报告数据分析表"
FOOTER = footer(f"{FORM}，打印于 &D", "指标定义见“口径”，由 xladdin 生成")
LYING = Paper(Orientation.LANDSCAPE, footer=FOOTER)
STANDING = Paper(Orientation.PORTRAIT, footer=FOOTER)
HEAD_ROWS = 2
"""Of every page: whose it is stands on each."""
FEW = Style(align="center", color=MUTED)


def head(figures: DebriefFigures, what: str, width: int, right: int = 0) -> list[Block]:
    """Company, whose debrief it is and of when, title, a line."""
    half = right or max(1, width // 2)
    return [
        Block(
            (
                Cell(0, 0, Fixed(figures.company or "客服部门"), rp.COMPANY, cols=width - half),
                Cell(0, width - half, Fixed(whose(figures)), rp.SPAN, cols=half),
                Cell(1, 0, Fixed(what), rp.REPORT_TITLE, cols=width),
            ),
            2,
            {0: 18.0, 1: 32.0},
        )
    ]


def whose(figures: DebriefFigures) -> str:
    """``2026年　网络销售部　陆雨桐（QC002）``."""
    one = figures.employee
    if one is None:
        return f"{figures.year}年　{figures.name}"
    return f"{figures.year}年　{one.department}　{one.name}（{one.id}）"


def sheet_of(
    name: str, widths: Sequence[float], blocks: Sequence[Block], paper: Paper = LYING
) -> Sheet:
    """A sheet of the debrief."""
    headed = replace(paper, repeat=(0, HEAD_ROWS - 1))
    return replace(rp.sheet(name, widths, blocks), paper=headed)


def middle_cell(
    row: int, col: int, key: str, known: Middle | None, scale: Scale, when: Expr | None = None
) -> Cell:
    """A median: as it was worked out, refused among too few, asked for where nothing is known.

    ``when``: while this holds, it is missed where it is empty.
    """
    if known is not None and known.value is None and known.people:
        return Cell(row, col, Fixed(keys.NONE_OF_FEW, key), FEW)
    cell = rp.asked(row, col, key, None if known is None else known.value, scale)
    return cell if when is None else wanted(cell, when)


def wanted(cell: Cell, when: Expr) -> Cell:
    """The same input, yellow only while it is empty and this holds."""
    key = cell.content.key if isinstance(cell.content, Asked) else ""
    if not cell.highlights or not key:
        return cell
    return replace(cell, highlights=(Highlight(both(IsEmpty(Var(key)), when), rp.EMPTY_INPUT),))


def middle_name(figures: DebriefFigures) -> str:
    """What the medians are called: of a department they are those of its people."""
    return "各人中位数" if figures.employee is None else "团队中位数"


def state(row: int, col: int, key: str) -> Cell:
    """好转 or 变差 with its colour."""
    return Cell(row, col, Result(key), CENTER, highlights=rp.lights(key))
