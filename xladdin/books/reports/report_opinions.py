"""客户满意度分析: three classes, stars, complaints, suggestions, and what customers wrote."""

from __future__ import annotations

from decimal import Decimal

from xladdin.analysis.metric import PIECES, Metric
from xladdin.analysis.metrics import opinions
from xladdin.analysis.month_figures import MONTHS, MonthFigures
from xladdin.analysis.record_lines import COMPLAINED, SUGGESTED, View
from xladdin.formula.nodes import Expr, If, IsNumber, Join, Text, Var
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.drawings import Columns, Doughnut, Lines, Series
from xladdin.layout.styles import CENTER, LABEL, NOTE, Style

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say
from .metric_lines import command_behind
from .report_lines import behind
from .report_trend import drawn_rates

SHEET_NAME = "客户满意度"
WIDTHS = (18.0, 15.0, 15.0, 15.0, 16.0, 15.0, 16.0)
WIDTH = len(WIDTHS)
CHART_ROWS, COLUMNS_ROWS = 10, 10
SHARES = keys.CLASSES
TOLD_OF: tuple[Metric, ...] = (
    opinions.SATISFIED_SHARE,
    opinions.DISSATISFIED_SHARE,
    opinions.SCORE,
    opinions.COMPLAINTS,
    opinions.COMPLAINT_SHARE,
    opinions.SUGGESTIONS,
)
TITLES = DOUGHNUT_TITLE, LINE_TITLE = ("opinions.doughnut", "opinions.line")
MORE = "点一下数，看它是从哪些行来的。"
HEADS = ("评价", "本月条数", "上月条数", "本月占比", "占比环比", "去年占比", "占比同比")


def _key(metric: Metric, what: str) -> str:
    return f"opinion.{metric.id}.{what}"


def model(figures: MonthFigures) -> dict[str, Expr]:
    """Every computed value of the sheet."""
    found: dict[str, Expr] = {}
    for metric in SHARES:
        one = keys.subject(metric, figures)
        found |= {
            _key(metric, "now"): rp.or_dash(Var(keys.above(metric.id))),
            _key(metric, "before"): rp.or_dash(Var(keys.above(metric.id, keys.BEFORE))),
            _key(metric, "share"): rp.or_dash(one.now),
            _key(metric, "change"): say.in_short(metric, one.now, one.before),
            _key(metric, "year"): rp.or_dash(one.year),
            _key(metric, "change_year"): say.in_short(metric, one.now, one.year),
        }
    for metric in TOLD_OF:
        found[_key(metric, "told")] = say.sentence(keys.subject(metric, figures))
    for metric in (opinions.COMPLAINTS, opinions.SUGGESTIONS):
        found[_key(metric, "count")] = rp.or_dash(Var(keys.value(metric.id)))
    share = keys.subject(opinions.SATISFIED_SHARE, figures)
    found[DOUGHNUT_TITLE] = If(
        IsNumber(share.now),
        Join((Text("满意率"), say.value_told(share))),
        Text("本月没有评价"),
    )
    found[LINE_TITLE] = If(
        IsNumber(share.now),
        Join((Text("满意率"), say.against_last_month(share))),
        Text("满意率"),
    )
    return found


def sheet(figures: MonthFigures) -> Sheet:
    """Classes, sentences, charts, words."""
    blocks = [
        *rp.head(figures, "客户满意度分析", WIDTH),
        rp.heads(HEADS),
        *(
            _class(figures, metric, words)
            for metric, words in zip(SHARES, opinions.CLASSES, strict=True)
        ),
        _marked(figures),
        rp.heading("说了什么", WIDTH),
        *(_told(metric) for metric in TOLD_OF),
        # Below the charts they would stand on a page of their own.
        words_table(figures),
        rp.gap(WIDTH, 6),
        _charts(figures),
        _complaints(),
    ]
    return rp.sheet(SHEET_NAME, WIDTHS, blocks)


def _class(figures: MonthFigures, metric: Metric, words: str) -> Block:
    count, rate = CENTER.shown_as("#,##0"), CENTER.shown_as("0.0%")
    cells = (
        Cell(0, 0, Fixed(words, _key(metric, "name")), rp.LEFT_LABEL),
        rp.result(
            0, 1, _key(metric, "now"), Style(bold=True, align="center", number_format="#,##0")
        ),
        rp.result(0, 2, _key(metric, "before"), count),
        rp.result(0, 3, _key(metric, "share"), rate),
        rp.result(0, 4, _key(metric, "change")),
        rp.result(0, 5, _key(metric, "year"), rate),
        rp.result(0, 6, _key(metric, "change_year")),
    )
    months, lines = figures.months, behind(figures, View.OPINION, [words])
    leads = {
        1: lines,
        2: command_behind(figures, metric, months[keys.BEFORE], [f"评价={words}"]),
        3: lines,
        5: command_behind(figures, metric, months[keys.YEAR]),
    }
    return Block(tuple(rp.led(cell, leads.get(cell.col)) for cell in cells), 1)


def _marked(figures: MonthFigures) -> Block:
    """Complaints and suggestions: they may have any of the three classes, or none."""
    cells = [Cell(0, 0, Fixed(MORE), NOTE, cols=3)]
    for col, (metric, name) in zip(
        (3, 5),
        ((opinions.COMPLAINTS, COMPLAINED), (opinions.SUGGESTIONS, SUGGESTED)),
        strict=True,
    ):
        count = rp.result(0, col + 1, _key(metric, "count"), CENTER.shown_as("#,##0"))
        cells.append(Cell(0, col, Fixed(metric.name), LABEL))
        cells.append(rp.led(count, behind(figures, View.OPINION, [name])))
    return Block(tuple(cells), 1, {0: 20.0})


def _told(metric: Metric) -> Block:
    return Block((rp.told(0, 0, _key(metric, "told"), cols=WIDTH),), 1, {0: 20.0})


def _charts(figures: MonthFigures) -> Block:
    height = rp.chart_height(CHART_ROWS)
    doughnut = Doughnut(
        0,
        0,
        "满意程度",
        tuple(_key(metric, "name") for metric in SHARES),
        (Series("条数", tuple(_key(metric, "now") for metric in SHARES)),),
        rp.pixels(WIDTHS[:3]),
        height,
        title_key=DOUGHNUT_TITLE,
    )
    rates = (opinions.SATISFIED_SHARE, opinions.DISSATISFIED_SHARE)
    months, known = drawn_rates(figures, rates)
    lines = Lines(
        0,
        3,
        "满意率",
        tuple(map(keys.month_label, months)),
        tuple(
            Series(metric.name, tuple(keys.value(metric.id, m) for m in months))
            for metric in known or rates
        ),
        rp.pixels(WIDTHS[3:]),
        height,
        number_format="0%",
        maximum=Decimal(1),
        title_key=LINE_TITLE,
    )
    return rp.framed((doughnut, lines), CHART_ROWS, WIDTH)


def _complaints() -> Block:
    chart = Columns(
        0,
        0,
        "投诉与建议：13个月（条）",
        tuple(map(keys.month_label, range(MONTHS))),
        tuple(
            Series(metric.name, tuple(keys.value(metric.id, m) for m in range(MONTHS)))
            for metric in (opinions.COMPLAINTS, opinions.SUGGESTIONS)
        ),
        rp.pixels(WIDTHS),
        rp.chart_height(COLUMNS_ROWS),
        unit="条",
    )
    return rp.framed((chart,), COLUMNS_ROWS, WIDTH)


def words_table(figures: MonthFigures, width: int = WIDTH) -> Block:
    """Words that stand in several comments; nothing that only one customer wrote."""
    rows = [rp.heading("客户的话里常见的词", width)]
    if not figures.words:
        told = "没有两条以上评价里都出现的词，或者没有文字评价。"
        rows.append(Block((Cell(0, 0, Fixed(told), NOTE, cols=width),), 1))
    if some := figures.words[:width]:
        cells = [Cell(0, i, Fixed(word), rp.CENTERED_LABEL) for i, (word, _) in enumerate(some)]
        cells += [
            Cell(1, i, Fixed(f"{count} {PIECES.name}评价"), CENTER)
            for i, (_, count) in enumerate(some)
        ]
        rows.append(Block(tuple(cells), 2))
    return rp.together(rows)
