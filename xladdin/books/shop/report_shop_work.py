"""客服工作量 and 客户满意度 of the shop's report: the table, what it says, charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from xladdin.analysis.metric import Metric
from xladdin.analysis.metrics import opinions, workload
from xladdin.analysis.month_figures import MONTHS
from xladdin.analysis.service_levels import LEVELS, in_words
from xladdin.analysis.shop_figures import ShopFigures
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_overview as overview
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports import report_trend as trend
from xladdin.books.reports.report_opinions import words_table
from xladdin.formula.nodes import Expr, If, IsNumber, Join, Text
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.drawings import ColumnsAndLine, Doughnut, Lines, Series
from xladdin.layout.styles import NOTE, PLAIN

from . import report_shop_conclusions as conclusions

WORK_NAME, OPINIONS_NAME = "客服工作量", "客户满意度"
WIDTHS, WIDTH = overview.WIDTHS, overview.WIDTH
CHART_ROWS = 11
WORK: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.REQUESTS_A_DAY,
    *workload.REPLY,
    LEVELS[0].metric,
    *workload.WAIT,
    LEVELS[1].metric,
    *workload.SOLVE,
    LEVELS[2].metric,
)
OPINIONS: tuple[Metric, ...] = (
    opinions.SCORE,
    opinions.ANSWERED,
    opinions.SATISFIED_SHARE,
    opinions.DISSATISFIED_SHARE,
    opinions.COMPLAINTS,
    opinions.COMPLAINT_SHARE,
    opinions.WORDS,
    opinions.BOUGHT_AGAIN,
)
MORE = f"“—”是没有数据：在“月度数据”的黄格里补，这里和结论跟着变。{overview.MORE}"
WITHIN_TITLE, CLASSES_TITLE, SCORE_TITLE = "shop.within", "shop.classes", "shop.score"
TITLES = (trend.LOAD_TITLE, WITHIN_TITLE, CLASSES_TITLE, SCORE_TITLE)


def model(figures: ShopFigures) -> dict[str, Expr]:
    """The cells of both tables, and what the charts are called."""
    found: dict[str, Expr] = {}
    for metric in (*WORK, *OPINIONS):
        found |= overview.metric_cells(metric, figures)
    found[trend.LOAD_TITLE] = trend.model(figures)[trend.LOAD_TITLE]
    found[WITHIN_TITLE] = _title(LEVELS[0].metric, "响应达标率", figures)
    found[SCORE_TITLE] = _title(opinions.SCORE, "评分", figures)
    satisfied = keys.subject(opinions.SATISFIED_SHARE, figures)
    found[CLASSES_TITLE] = If(
        IsNumber(satisfied.now),
        Join((Text("满意率"), say.value_told(satisfied))),
        Text("本月没有评价"),
    )
    return found


def _title(metric: Metric, name: str, figures: ShopFigures) -> Expr:
    """What a chart says of this month, out of the cells that it draws."""
    one = keys.subject(metric, figures)
    told = Join((Text(name), say.value_told(one), Text("，"), say.against_last_month(one)))
    return If(IsNumber(one.now), told, Text(name))


def sections(
    name: str, shown: Sequence[Metric], told: Iterable[Metric], note: str, figures: ShopFigures
) -> list[Block]:
    """A table of metrics, a note, and the conclusions."""
    return [
        *rp.head(figures, name, WIDTH),
        rp.heads(overview.HEADS),
        *(overview.row(metric, figures) for metric in shown),
        Block((Cell(0, 0, Fixed(note), NOTE, cols=WIDTH),), 1),
        rp.together((rp.heading("结论", WIDTH), *(conclusion(metric) for metric in told))),
    ]


def conclusion(metric: Metric) -> Block:
    """A conclusion over the whole width; a clerk may type over it."""
    return Block((rp.result(0, 0, conclusions.key(metric), rp.TOLD, cols=WIDTH),), 1, {0: 20.0})


def work_sheet(figures: ShopFigures) -> Sheet:
    """How much came in, and how long it took."""
    levels = "，".join(f"{one.name}不超过{in_words(one.limit)}" for one in figures.levels)
    note = f"达标线：{levels}；在“设置”里写“报告达标线 客服响应时间”可以改。{MORE}"
    blocks = sections(WORK_NAME, WORK, conclusions.WORKLOAD, note, figures)
    height, left, right = rp.chart_height(CHART_ROWS), rp.pixels(WIDTHS[:5]), rp.pixels(WIDTHS[5:])
    levels_drawn = {level.metric: level.name for level in LEVELS}
    within = rates(figures, levels_drawn, right, height, WITHIN_TITLE, col=5, maximum=Decimal(1))
    blocks.append(rp.framed((trend.load_and_reply(left - 8, height), *within), CHART_ROWS, WIDTH))
    return rp.one_page(rp.sheet(WORK_NAME, WIDTHS, blocks))


def rates(
    figures: ShopFigures,
    metrics: Mapping[Metric, str],
    width: int,
    height: int,
    title: str,
    col: int = 0,
    maximum: Decimal | None = None,
) -> Iterator[Lines]:
    """Rates over the months; none where nobody knows any."""
    shown, known = trend.drawn_rates(figures, tuple(metrics))
    if not known:
        return
    series = tuple(
        Series(metrics[metric], tuple(keys.value(metric.id, month) for month in shown))
        for metric in known
    )
    labels = tuple(map(keys.month_label, shown))
    name = next(iter(metrics)).name
    yield Lines(
        0,
        col,
        name,
        labels,
        series,
        width,
        height,
        number_format="0%",
        minimum=Decimal(0),
        maximum=maximum,
        title_key=title,
    )


def opinions_sheet(figures: ShopFigures) -> Sheet:
    """What customers thought of it, and whether they came again."""
    note = f"评分最高5分；重复购买率按本月付过款的客户算。{MORE}"
    blocks = sections(OPINIONS_NAME, OPINIONS, conclusions.SATISFACTION, note, figures)
    height = rp.chart_height(CHART_ROWS)
    classes = Doughnut(
        0,
        0,
        "满意程度",
        tuple(_class_name(metric) for metric in keys.CLASSES),
        (Series("条数", tuple(keys.above(metric.id) for metric in keys.CLASSES)),),
        rp.pixels(WIDTHS[:4]) - 8,
        height,
        title_key=CLASSES_TITLE,
    )
    score = ColumnsAndLine(
        0,
        4,
        "投诉与评分",
        _months(),
        (
            _series(opinions.COMPLAINTS, "投诉（条）"),
            _series(opinions.SCORE, "满意度评分（分，右轴）"),
        ),
        rp.pixels(WIDTHS[4:]),
        height,
        unit="条",
        line_unit="分",
        title_key=SCORE_TITLE,
    )
    blocks.append(words_table(figures, WIDTH))
    blocks.append(rp.framed((classes, score), CHART_ROWS, WIDTH))
    return rp.one_page(rp.sheet(OPINIONS_NAME, WIDTHS, blocks))


def hidden() -> Iterator[Block]:
    """What the parts of the ring are called."""
    for metric, words in zip(keys.CLASSES, opinions.CLASSES, strict=True):
        yield Block((Cell(0, 0, Fixed(words, _class_name(metric)), PLAIN),), 1)


def _class_name(metric: Metric) -> str:
    return f"shop.class.{metric.id}"


def _months() -> tuple[str, ...]:
    return tuple(map(keys.month_label, range(MONTHS)))


def _series(metric: Metric, name: str) -> Series:
    return Series(name, tuple(keys.value(metric.id, month) for month in range(MONTHS)))
