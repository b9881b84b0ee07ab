"""口径 and 数据质量: what each figure means, printed from the metrics; what was found in the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from xladdin.analysis.metric import Metric
from xladdin.analysis.month_figures import MonthFigures, QualityNote
from xladdin.books import parts
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.styles import CENTER

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say
from .finding_groups import LEAST_AGENTS

SHEET_NAME, QUALITY_NAME = "口径", "数据质量"
WIDTHS = (24.0, 78.0, 9.0, 12.0, 14.0)
WIDTH = len(WIDTHS)
QUALITY_WIDTHS = (12.0, 46.0, 9.0, 26.0, 50.0)
COUNTED = {
    say.Change.POINTS: "按百分点",
    say.Change.UNITS: "按本身的单位",
    say.Change.PERCENT: "按百分比",
}
RULES = (
    (
        "环比、同比",
        "环比是和上个月比，同比是和去年同一个月比。从0起的变化不算百分比；不满一个月的条数不和整月比。",
    ),
    ("升和降", "▲▼、上升下降、增加减少只说数的方向；好转、变差按指标越高越好还是越低越好来定。"),
    ("率和均值", f"率是合计比合计，不是率的平均；少于{say.SMALL}条的，后面注明条数。"),
    (
        "缺的数",
        "“—”是没有数据，空着是没有填，0 是真的为零，三样不同。没有解决的请求没有解决时间，算在未解决里。",
    ),
    (
        "中位数和P90",
        "把时间从短到长排，中间的是中位数，排到九成的是 P90；都从每条请求算，不由各月的数推算。",
    ),
    (
        "客户的资料",
        "明细和数据质量里，客户编号、电话、证件号、地址只显示一部分；原文按写明的文件和行到数据里看。"
        "报告里有客服的姓名和客户的话，给别人之前可以加打开密码（--password）。",
    ),
    (
        "名次和线索",
        f"不到{LEAST_AGENTS}人不排名次；不到六次月度变化不说一起变动；一起变动不等于原因。",
    ),
)


def sheet(
    figures: MonthFigures,
    metrics: Iterable[Metric] = keys.METRICS.values(),
    more: Sequence[tuple[str, str]] = (),
) -> Sheet:
    """Every metric with its definition, and the rules of comparing."""
    blocks = [
        *rp.head(figures, SHEET_NAME, WIDTH),
        rp.heads(("指标", "定义", "单位", "方向", "变化怎么算")),
        *(_metric(metric) for metric in metrics),
        rp.gap(WIDTH),
        *(_line(name, told) for name, told in (*more, *RULES, *_service_days(figures))),
    ]
    return rp.sheet(SHEET_NAME, WIDTHS, blocks)


def _metric(metric: Metric) -> Block:
    texts = (
        metric.name,
        metric.definition,
        metric.scale.name,
        str(metric.direction),
        COUNTED[say.kind_of(metric)],
    )
    return parts.text_row(texts, (rp.LEFT_LABEL, rp.DEFINED, CENTER, CENTER, CENTER))


def _line(name: str, told: str) -> Block:
    cells = (
        Cell(0, 0, Fixed(name), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(told), rp.DEFINED, cols=WIDTH - 1),
    )
    return Block(cells, 1)


def _service_days(figures: MonthFigures) -> Iterator[tuple[str, str]]:
    if figures.team.departments:
        whose = "、".join(figures.team.departments)
        yield "团队", f"名册里这些部门的人：{whose}；数据里接过请求的人在哪些部门，就算哪些部门。"
    count = figures.days.get(figures.period)
    if count is not None:
        yield "服务日", f"本月数据覆盖 {count} 个服务日；可以在“月度数据”的服务天数一行改。"


def quality_sheet(figures: MonthFigures) -> Sheet:
    """What was read, and what was found while reading: how often, what was done, some of it."""
    width = len(QUALITY_WIDTHS)
    blocks = [
        *rp.head(figures, QUALITY_NAME, width),
        spread_row("数据范围", rp.data_span(figures), width),
        *([spread_row("时间怎么算", figures.serving, width)] if figures.serving else []),
        rp.gap(width, 8),
        rp.heads(("表", "发现", "条数", "怎么处理", "例子")),
        *(note_row(note) for note in figures.quality),
    ]
    if not figures.quality:
        blocks.append(spread_row("", "没有发现需要说明的问题。", width))
    if figures.files:
        blocks += [rp.gap(width, 8), rp.heads(("表", "读了哪些文件", "行数"))]
        blocks += [file_row(name, table, lines) for name, table, lines in figures.files]
    return rp.sheet(QUALITY_NAME, QUALITY_WIDTHS, blocks)


def spread_row(name: str, told: str, width: int) -> Block:
    """A name, and what is told of it over the rest of the width."""
    cells = (
        Cell(0, 0, Fixed(name), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(told), rp.DEFINED, cols=width - 1),
    )
    return Block(cells, 1)


def note_row(note: QualityNote) -> Block:
    """One kind of thing that was found."""
    count = None if note.count is None else Decimal(note.count)
    cells = (
        Cell(0, 0, Fixed(note.table), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(note.what), rp.DEFINED),
        Cell(0, 2, Fixed(count), CENTER.shown_as("#,##0")),
        Cell(0, 3, Fixed(note.done), rp.DEFINED),
        Cell(0, 4, Fixed(note.examples), rp.DEFINED),
    )
    return Block(cells, 1)


def file_row(name: str, table: str, lines: int) -> Block:
    """One file that was read."""
    cells = (
        Cell(0, 0, Fixed(table), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(name), rp.DEFINED),
        Cell(0, 2, Fixed(Decimal(lines)), CENTER.shown_as("#,##0")),
    )
    return Block(cells, 1)
