"""What the sheets of a report share: head, number formats, cells of figures, charts in frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.metric import STARS, Scale
from xladdin.analysis.month_figures import MonthFigures
from xladdin.books import parts
from xladdin.domain.quantities import LAST_DATE
from xladdin.formula.nodes import (
    Compare,
    Expr,
    If,
    IsEmpty,
    IsNumber,
    Rel,
    Text,
    Var,
)
from xladdin.layout import theme
from xladdin.layout.cell_rules import Behind, Between, Check, Highlight
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
from xladdin.layout.drawings import Chart
from xladdin.layout.measure import PIXELS_PER_POINT, column_points
from xladdin.layout.styles import (
    ALERT,
    CENTER,
    GOOD,
    HEAD,
    INK,
    INPUT_FILL,
    MUTED,
    PLAIN,
    TEXT,
    Look,
    Style,
)

from . import report_sentences as say

BRAND = theme.BRAND
COMPANY = Style(size=10, bold=True, color=BRAND, border=False)
SPAN = Style(size=8, color=MUTED, border=False, align="right")
REPORT_TITLE = Style(size=18, bold=True, color=INK, border=False, rule=BRAND)
HEADING = Style(size=11, bold=True, color=BRAND, border=False)
FRAME = PLAIN
LEFT_LABEL = Style(bold=True, indent=1)
CENTERED_LABEL = Style(bold=True, align="center")
EDITABLE = replace(CENTER, locked=False)
EDITABLE_TEXT = replace(TEXT, locked=False, indent=1)
TOLD = Style(locked=False, indent=1)
DEFINED = Style(indent=1)
"""A sentence: a clerk may type over it."""
EMPTY_INPUT = Look(INPUT_FILL)
ALERT_LETTERS, GOOD_LETTERS = (
    Look("", theme.WRONG_INK, bold=True),
    Look("", theme.GOOD_INK, bold=True),
)
MOST = Decimal(1_000_000_000)
CHART_ROW = 20.0
TO_CORRECT = "；要改这个数，请用方向键移到这一格"
"""Said of a number that leads elsewhere when it is clicked."""
PAPER = Paper(
    Orientation.LANDSCAPE,
    repeat=(0, 1),
    squeeze=False,
    footer=footer("客服月度分析报告，打印于 &D", "指标定义见“口径”，由 xladdin 生成"),
)


def head(figures: MonthFigures, what: str, width: int, right: int = 0) -> list[Block]:
    """Company, days of the data, title, a line."""
    half = right or max(1, width // 2)
    told = f"{figures.period.label}　{data_span(figures)}"
    return [
        Block(
            (
                Cell(0, 0, Fixed(figures.company or "客服部门"), COMPANY, cols=width - half),
                Cell(0, width - half, Fixed(told), SPAN, cols=half),
                Cell(1, 0, Fixed(what), REPORT_TITLE, cols=width),
            ),
            2,
            {0: 18.0, 1: 32.0},
        )
    ]


def data_span(figures: MonthFigures) -> str:
    """Which days of this month there are records of."""
    if figures.first is None or not figures.has(figures.period):
        return "本月没有数据，请在黄色格里填写"
    part = figures.part(figures.period)
    return f"数据只有{part}，不满一个月" if part else "数据为整月"


def heading(text: str, width: int) -> Block:
    """A heading between the parts of a sheet."""
    return Block((Cell(0, 0, Fixed(text), HEADING, cols=width),), 1, {0: 26.0})


def gap(width: int, height: float = 10.0) -> Block:
    """Some room."""
    return Block((Cell(0, 0, Fixed(""), PLAIN, cols=width),), 1, {0: height})


def number_format(scale: Scale) -> str:
    """How a cell shows figures of a unit."""
    places = f".{'0' * scale.places}" if scale.places else ""
    return f"0{places}%" if scale.percent else f"#,##0{places}"


def figure_check(scale: Scale) -> Check:
    """A figure that is not negative, and a share of 1 at most; stars from 1 to 5."""
    if scale.percent:
        return Check(Between(Decimal(0), Decimal(1)), "", "请填百分比，如 85.3%。")
    if scale == STARS:
        return Check(Between(Decimal(1), Decimal(5)), "", "请填 1 至 5 的评分。")
    whole = not scale.places
    return Check(
        Between(Decimal(0), MOST, whole=whole),
        "",
        f"请填{'整数' if whole else '数字'}，不知道就空着。",
    )


def asked(row: int, col: int, key: str, value: Decimal | int | None, scale: Scale) -> Cell:
    """A figure that is known, or that a clerk is asked for: white where there is one."""
    known = Decimal(value) if isinstance(value, int) else value
    return Cell(
        row,
        col,
        Asked(key, known),
        EDITABLE.shown_as(number_format(scale)),
        check=figure_check(scale),
        highlights=(Highlight(IsEmpty(Var(key)), EMPTY_INPUT),),
    )


def asked_text(row: int, col: int, key: str, value: str = "", cols: int = 1) -> Cell:
    """A text that a clerk may write."""
    empty = Highlight(IsEmpty(Var(key)), EMPTY_INPUT)
    marked = () if value else (empty,)
    return Cell(row, col, Asked(key, value or None), EDITABLE_TEXT, cols=cols, highlights=marked)


def told(row: int, col: int, key: str, cols: int = 1) -> Cell:
    """A sentence, in a row that is high enough for it; a clerk may type over it."""
    return Cell(row, col, Result(key, measured=True), TOLD, cols=cols)


def led(cell: Cell, behind: Behind | None) -> Cell:
    """A cell whose number leads to the lines that it was counted from; how to correct it only where one can."""
    if behind is not None and isinstance(cell.content, Result):
        behind = replace(behind, tip=behind.tip.replace(TO_CORRECT, ""))
    return replace(cell, behind=behind)


def result(row: int, col: int, key: str, style: Style = CENTER, cols: int = 1) -> Cell:
    """What the workbook works out."""
    return Cell(row, col, Result(key), style, cols=cols)


def asked_day(row: int, col: int, key: str) -> Cell:
    """A day that a clerk may write."""
    rule = Between(Decimal(1), LAST_DATE, date=True)
    return Cell(
        row,
        col,
        Asked(key),
        EDITABLE.shown_as("yyyy-mm-dd"),
        check=Check(rule, "", "请填日期，如 2026-11-15。"),
        highlights=(Highlight(IsEmpty(Var(key)), EMPTY_INPUT),),
    )


def or_dash(of: Var) -> Expr:
    """A figure, or a dash where there is none."""
    return If(IsNumber(of), of, Text(say.NO_FIGURE))


def lights(key: str) -> tuple[Highlight, ...]:
    """好转 and 达成 green, 变差 and 未达成 red: the words say it on grey paper."""
    own = Var(key, text=True)

    def is_(word: str) -> Expr:
        return Compare(Rel.EQ, own, Text(word))

    return (
        *(Highlight(is_(word), GOOD) for word in (say.BETTER, say.MET)),
        *(Highlight(is_(word), ALERT) for word in (say.WORSE, say.MISSED)),
    )


def light_letters(judged: str, state: str) -> tuple[Highlight, ...]:
    """How a line that tells both looks: by its target, where there is one, else by what changed."""

    def is_(key: str, word: str) -> Expr:
        return Compare(Rel.EQ, Var(key, text=True), Text(word))

    return (
        Highlight(is_(state, say.MISSED), ALERT_LETTERS),
        Highlight(is_(state, say.MET), GOOD_LETTERS),
        Highlight(is_(judged, say.WORSE), ALERT_LETTERS),
        Highlight(is_(judged, say.BETTER), GOOD_LETTERS),
    )


def heads(texts: Sequence[str], height: float = 24.0) -> Block:
    """The head of a table."""
    cells = tuple(Cell(0, col, Fixed(text), HEAD) for col, text in enumerate(texts))
    return Block(cells, 1, {0: height})


def pixels(widths: Sequence[float]) -> int:
    """How wide a chart over these columns is."""
    return int(sum(map(column_points, widths)) * PIXELS_PER_POINT) - 6


def chart_height(rows: int) -> int:
    """How high a chart over so many rows is."""
    return int(rows * CHART_ROW * PIXELS_PER_POINT) - 6


def framed(charts: Sequence[Chart], rows: int, width: int) -> Block:
    """Charts beside each other, on rows of their own."""
    frame = Cell(0, 0, Fixed(""), FRAME, rows=rows, cols=width)
    return Block((frame,), rows, dict.fromkeys(range(rows), CHART_ROW), charts=tuple(charts))


def together(blocks: Sequence[Block]) -> Block:
    """Blocks between which no page is broken."""
    return parts.joined(blocks)


def sheet(name: str, widths: Sequence[float], blocks: Sequence[Block], color: str = "") -> Sheet:
    """A sheet of a report: lying, unlocked, headed, over as many pages as it needs."""
    return Sheet(name, tuple(widths), tuple(blocks), PAPER, protected=False, tab_color=color)


def one_page(made: Sheet) -> Sheet:
    """The same, squeezed onto one page."""
    return replace(made, paper=replace(made.paper, squeeze=True))
