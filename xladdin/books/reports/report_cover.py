"""封面: five figures with what became of them, two charts, and what is pointed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xladdin.analysis.metric import Direction, Metric
from xladdin.analysis.metrics import opinions, workload
from xladdin.analysis.month_figures import MonthFigures
from xladdin.domain.report_findings import Side
from xladdin.formula.nodes import Expr, If, IsNumber, Join, Text
from xladdin.layout import theme
from xladdin.layout.cells import Block, Cell, Fixed, Link, Result, Sheet
from xladdin.layout.styles import MUTED, PLAIN, Style

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say
from .finding_rules import Findings
from .report_overview import overview_key
from .report_trend import load_and_reply
from .report_types import pareto, shown_types

SHEET_NAME = "封面"
FIVE: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.REPLY[0],
    workload.SOLVED,
    opinions.SATISFIED_SHARE,
    opinions.COMPLAINTS,
)
CALLED = {workload.REPLY[0].id: "平均响应"}
CARD, GAP = 25.0, 1.6
WIDTHS = (CARD, GAP, CARD, GAP, CARD, GAP, CARD, GAP, CARD)
WIDTH = len(WIDTHS)
CHART_ROWS = 11
LINES_OF_A_SIDE = 2
CARD_FILL = theme.BAND
LABEL = Style(size=9, color=theme.MUTED, border=False, fill=CARD_FILL, accent=rp.BRAND, indent=1)
FIGURE = Style(size=22, bold=True, border=False, fill=CARD_FILL, accent=rp.BRAND, indent=1)
CHANGE = Style(size=9, border=False, fill=CARD_FILL, accent=rp.BRAND, indent=1)
STATE = Style(size=9, bold=True, border=False, fill=CARD_FILL, accent=rp.BRAND, indent=1)
PICTURE = Style(border=False, fill=CARD_FILL, accent=rp.BRAND, indent=1)
SIDES = {
    Side.HIGHLIGHT: (
        "亮点",
        Style(size=10, bold=True, color=theme.ON_BRAND, fill=theme.GOOD_STRONG, align="center"),
    ),
    Side.RISK: (
        "风险",
        Style(size=10, bold=True, color=theme.ON_BRAND, fill=theme.WRONG_STRONG, align="center"),
    ),
    Side.CLUE: (
        "线索",
        Style(size=10, bold=True, color=theme.ON_BRAND, fill=theme.BRAND, align="center"),
    ),
}
NOTHING_FOUND = {
    Side.HIGHLIGHT: "本月没有达到提示条件的亮点。",
    Side.RISK: "本月没有达到提示条件的风险。",
    Side.CLUE: "本月没有达到提示条件的线索。",
}
SECTIONS = (
    "总体情况",
    "客户问题分析",
    "客户满意度",
    "时段",
    "客服排名",
    "趋势",
    "分析与措施",
    "月度数据",
    "取数命令",
    "口径",
    "数据质量",
)


def card_key(metric: Metric, what: str) -> str:
    """A cell of a card: figure, change, year, state."""
    return f"card.{metric.id}.{what}"


def model(figures: MonthFigures, five: Sequence[Metric] = FIVE) -> dict[str, Expr]:
    """What the cards say."""
    found: dict[str, Expr] = {}
    for metric in five:
        one = keys.subject(metric, figures)
        before, year = one.part or one.before_part, one.part or one.year_part
        found |= {
            card_key(metric, "figure"): If(
                IsNumber(one.now), say.told(metric.scale, one.now), Text("—")
            ),
            card_key(metric, "change"): Join(
                (Text("较上月　　"), say.in_short(metric, one.now, one.before, before))
            ),
            card_key(metric, "year"): Join(
                (Text("较去年同月　"), say.in_short(metric, one.now, one.year, year))
            ),
            card_key(metric, "state"): _state(one, before),
        }
    return found


def _state(one: say.Subject, part: str) -> Expr:
    """The word of the light, and the target: ``好转　目标≤45秒 达成``."""
    judged = say.judged(one.metric, one.now, one.before, part)
    word = judged if one.target is not None else Text("")
    if one.target is None:
        return Text("　")
    sign = "≤" if one.metric.direction is Direction.LOWER else "≥"
    due = Join(
        (
            Text(f"目标{sign}"),
            say.told(one.metric.scale, one.target),
            Text(" "),
            say.target_state(one.metric, one.now, one.target),
        )
    )
    return Join((word, Text("　"), If(IsNumber(one.target), due, Text("没有定目标"))))


def sheet(figures: MonthFigures, findings: Findings) -> Sheet:
    """The first page."""
    blocks = [
        *rp.head(figures, f"{figures.period.label} 客服月度分析报告", WIDTH, right=4),
        rp.gap(WIDTH, 8),
        cards(),
        rp.gap(WIDTH, 8),
        _charts(figures),
        rp.gap(WIDTH, 6),
        *lines(findings),
        rp.gap(WIDTH, 6),
        contents(),
    ]
    made = rp.sheet(SHEET_NAME, WIDTHS, blocks, color=rp.BRAND)
    # One page, whatever is on it.
    return replace(made, paper=replace(rp.PAPER, squeeze=True))


def cards(five: Sequence[Metric] = FIVE, called: Mapping[str, str] = CALLED) -> Block:
    """Five figures, each with what became of it."""
    cells: list[Cell] = []
    for i, metric in enumerate(five):
        col = 2 * i
        name = {**CALLED, **called}.get(metric.id, metric.name)
        cells += [
            Cell(0, col, Fixed(name), LABEL),
            Cell(1, col, Result(card_key(metric, "figure")), FIGURE),
            Cell(2, col, Result(card_key(metric, "change")), CHANGE),
            Cell(3, col, Result(card_key(metric, "year")), CHANGE),
            _light(4, col, metric),
            Cell(
                5,
                col,
                Fixed(""),
                PICTURE,
                sparkline=(keys.value(metric.id, 0), keys.value(metric.id)),
            ),
        ]
        if i:
            cells.append(Cell(0, col - 1, Fixed(""), PLAIN, rows=6))
    return Block(tuple(cells), 6, {0: 20.0, 1: 34.0, 4: 20.0, 5: 32.0})


def _light(row: int, col: int, metric: Metric) -> Cell:
    key = card_key(metric, "state")
    if not keys.has_target(metric):
        return Cell(row, col, Result(key), STATE)
    looks = rp.light_letters(overview_key(metric, "judged"), overview_key(metric, "state"))
    return Cell(row, col, Result(key), STATE, highlights=looks)


def _charts(figures: MonthFigures) -> Block:
    height = rp.chart_height(CHART_ROWS)
    left, right = rp.pixels(WIDTHS[:5]) - 20, rp.pixels(WIDTHS[5:])
    charts = [load_and_reply(left, height)]
    count = len(shown_types(figures))
    if not figures.types:
        return rp.framed(charts, CHART_ROWS, WIDTH)
    return rp.framed((*charts, pareto(count, right, height, col=5)), CHART_ROWS, WIDTH)


def lines(findings: Findings) -> Iterator[Block]:
    """The first of each side; all of them stand on 分析与措施."""
    for side, (label, style) in SIDES.items():
        laid = findings.of(side)[:LINES_OF_A_SIDE]
        rows = max(1, len(laid))
        cells = [Cell(0, 0, Fixed(label), style, rows=rows)]
        for row, one in enumerate(laid):
            cells.append(rp.told(row, 1, one.key, cols=WIDTH - 1))
        if not laid:
            told = Style(color=MUTED)
            cells.append(Cell(0, 1, Fixed(NOTHING_FOUND[side]), told, cols=WIDTH - 1))
        yield Block(tuple(cells), rows, dict.fromkeys(range(rows), 22.0))


def contents(sections: Sequence[str] = SECTIONS) -> Block:
    """The other sheets, each a click away."""
    style = Style(size=9, color=theme.LINK, underline=True, border=False)
    cells = [Cell(i // 5, 2 * (i % 5), Link(name, name), style) for i, name in enumerate(sections)]
    return Block(tuple(cells), 2)
