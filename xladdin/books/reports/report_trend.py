"""趋势: thirteen months of what matters, so that this month is seen beside the one a year ago."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xladdin.analysis.metric import Metric
from xladdin.analysis.metrics import workload
from xladdin.analysis.month_figures import MONTHS, MonthFigures
from xladdin.formula.nodes import Expr, If, IsNumber, Join, Text
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.drawings import Columns, ColumnsAndLine, Lines, Series
from xladdin.layout.styles import PLAIN

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say

SHEET_NAME = "趋势"
WIDTHS = (16.0,) * 8
WIDTH = len(WIDTHS)
ROWS, YEAR_ROWS = 9, 7
LOAD_TITLE, REPLY_TITLE, SOLVE_TITLE, RATE_TITLE = (
    f"trend.{what}" for what in ("load", "reply", "solve", "rate")
)
CALLED = {workload.REPLY[0].id: "平均响应", workload.SOLVE[0].id: "平均解决", "requests": "请求"}
"""Shorter than the metric's name, for titles."""
BESIDE = (workload.REQUESTS, workload.REPLY[0], workload.SOLVED, keys.CLASSES[0])
TITLES = {
    LOAD_TITLE: workload.REQUESTS,
    REPLY_TITLE: workload.REPLY[0],
    SOLVE_TITLE: workload.SOLVE[0],
    RATE_TITLE: workload.SOLVED,
}


def model(figures: MonthFigures) -> dict[str, Expr]:
    """What the charts say: their titles come out of the same cells as their columns."""
    return {key: _title(metric, figures) for key, metric in TITLES.items()}


def _title(metric: Metric, figures: MonthFigures) -> Expr:
    one = keys.subject(metric, figures)
    told: list[Expr] = [Text(CALLED.get(metric.id, metric.name)), say.against_last_month(one)]
    if not metric.scale.percent:
        # In 百分点 both are too long for one line.
        told += [Text("，"), say.against_last_year(one)]
    return If(IsNumber(one.now), Join(tuple(told)), Text(metric.name))


def load_and_reply(width: int, height: int, row: int = 0, col: int = 0) -> ColumnsAndLine:
    """Requests as columns, the mean reply as a line."""
    return ColumnsAndLine(
        row,
        col,
        "请求与响应",
        _months(),
        (
            _series(workload.REQUESTS, "请求（条）"),
            _series(workload.REPLY[0], "平均响应（秒，右轴）"),
        ),
        width,
        height,
        unit="条",
        line_unit="秒",
        title_key=LOAD_TITLE,
    )


def _months() -> tuple[str, ...]:
    return tuple(map(keys.month_label, range(MONTHS)))


def _series(metric: Metric, name: str, months: range = range(MONTHS)) -> Series:
    return Series(name, tuple(keys.value(metric.id, month) for month in months))


def drawn_rates(
    figures: MonthFigures, metrics: Sequence[Metric]
) -> tuple[range, tuple[Metric, ...]]:
    """Which months and rates a chart shows: from the first month that is known, and those that are ever known.

    A rate that is missing is an empty text, which spreadsheets draw as 0.  Without any figure no rate.
    """
    known = {
        metric: [
            i
            for i, month in enumerate(figures.months)
            if figures.reading(metric, month).value is not None
        ]
        for metric in metrics
    }
    first = min((months[0] for months in known.values() if months), default=0)
    return range(first, MONTHS), tuple(metric for metric in metrics if known[metric])


def sheet(figures: MonthFigures) -> Sheet:
    """Four charts."""
    height, half = rp.chart_height(ROWS), rp.pixels(WIDTHS[: WIDTH // 2])
    right = WIDTH // 2

    def lines(col: int, metrics: tuple[tuple[Metric, str], ...], title: str, unit: str) -> Lines:
        shown, rate, months = "General", metrics[0][0].scale.percent, range(MONTHS)
        if rate:
            months, known = drawn_rates(figures, [metric for metric, _ in metrics])
            shown = "0%"
            metrics = tuple(one for one in metrics if one[0] in known) or metrics
        series = tuple(_series(metric, name, months) for metric, name in metrics)
        labels = tuple(map(keys.month_label, months))
        return Lines(
            0, col, metrics[0][0].name, labels, series, half, height,
            unit=unit, number_format=shown, title_key=title, maximum=Decimal(1) if rate else None,
        )  # fmt: skip

    reply, solve = workload.REPLY, workload.SOLVE
    kinds = ("平均", "中位数", "P90")
    reopened = (
        (workload.SOLVED, "解决率"),
        (workload.SOLVED_AT_ONCE, "一次解决率"),
        (workload.REOPENED, "重开率"),
    )
    blocks = [
        *rp.head(figures, "13个月趋势", WIDTH),
        rp.gap(WIDTH, 6),
        rp.framed(
            (
                load_and_reply(half, height),
                lines(right, tuple(zip(reply, kinds, strict=True)), REPLY_TITLE, "秒"),
            ),
            ROWS,
            WIDTH,
        ),
        rp.framed(
            (
                lines(0, tuple(zip(solve, kinds, strict=True)), SOLVE_TITLE, "分钟"),
                lines(right, reopened, RATE_TITLE, ""),
            ),
            ROWS,
            WIDTH,
        ),
        rp.together((rp.heading("和去年同月比", WIDTH), _year(figures))),
    ]
    return rp.one_page(rp.sheet(SHEET_NAME, WIDTHS, blocks))


def _name_key(metric: Metric) -> str:
    return f"trend.name.{metric.id}"


def hidden() -> list[Block]:
    """What stands below the columns of two months: the legend tells which is which."""
    named = (Fixed(CALLED.get(metric.id, metric.name), _name_key(metric)) for metric in BESIDE)
    return [Block((Cell(0, 0, name, PLAIN),), 1) for name in named]


def _year(figures: MonthFigures) -> Block:
    """The two months beside each other: last year's, and this one's."""
    ends = (keys.YEAR, keys.NOW)
    labels = [keys.month_text(figures.months[end]) for end in ends]

    def beside(col: int, metric: Metric) -> Columns:
        pair = tuple(
            Series(label, (keys.value(metric.id, end),))
            for label, end in zip(labels, ends, strict=True)
        )
        shown = rp.number_format(metric.scale)
        return Columns(
            0, col, f"{metric.name}（{metric.scale.name}）", (_name_key(metric),), pair,
            rp.pixels(WIDTHS[:2]), rp.chart_height(YEAR_ROWS), number_format=shown, minimum=Decimal(0),
            maximum=Decimal(1) if metric.scale.percent else None,
        )  # fmt: skip

    charts = tuple(beside(2 * i, metric) for i, metric in enumerate(BESIDE))
    return rp.framed(charts, YEAR_ROWS, WIDTH)
