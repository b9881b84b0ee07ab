"""口径 and 数据质量 of a debrief: what each figure means; what was found in the data."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.analysis.debrief_figures import APPRAISAL, LEAST_PEOPLE, MEASURES, DebriefFigures
from xladdin.analysis.metrics import workload
from xladdin.books import parts
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.report_definitions import (
    COUNTED,
    QUALITY_WIDTHS,
    file_row,
    note_row,
    spread_row,
)
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.styles import CENTER, HEAD

from .report_debrief_parts import head, sheet_of

SHEET_NAME, QUALITY_NAME = "口径", "数据质量"
WIDTHS = (24.0, 78.0, 9.0, 12.0, 14.0)
WIDTH = len(WIDTHS)
RULES = (
    (
        "去年和今年",
        "今年没有过完的，两年都只算到同一个月，去年的这几个月叫去年同期。一年的率是合计比合计，不是各月的率的平均；"
        "缺分子或者分母的月份两个都不算。",
    ),
    ("每月投诉数", "只算整月：数据只到月中，或者本人当月入职、离职的月份不算。"),
    (
        "团队中位数",
        f"本部门名册上各人自己的数从小到大排，中间的那个；包括本人；不到{LEAST_PEOPLE}人（本人和另外{LEAST_PEOPLE - 1}人）有数的不给，"
        "人少了从中位数能看出是哪位同事的数。"
        "全年的中位数从各人全年的数算，不由各月的中位数推。生成时算好，改本表的数它不会跟着变。",
    ),
    (
        "培训前后",
        "培训当月不算，前后各看几个月在“培训效果”里定；率是这几个月的合计比合计，后面写明多少条评价。"
        "前后的变化不一定是培训带来的。",
    ),
    ("升和降", "上升下降、增加减少、▲▼ 只说数的方向；好转、变差按指标越高越好还是越低越好来定。"),
    (
        "缺的数",
        "“—”是没有数据，空着是没有填，0 是真的为零，三样不同。没有接过请求的月份是没有数据。",
    ),
)


def sheet(figures: DebriefFigures) -> Sheet:
    """Every measure with its definition, and the rules of comparing."""
    metrics = dict.fromkeys((workload.REQUESTS, *(of.year for of in MEASURES), APPRAISAL))
    blocks = [
        *head(figures, SHEET_NAME, WIDTH),
        rp.heads(("指标", "定义", "单位", "方向", "变化怎么算")),
    ]
    for metric in metrics:
        texts = (
            metric.name,
            metric.definition,
            metric.scale.name,
            str(metric.direction),
            COUNTED[say.kind_of(metric)],
        )
        blocks.append(parts.text_row(texts, (rp.LEFT_LABEL, rp.DEFINED, CENTER, CENTER, CENTER)))
    blocks.append(rp.gap(WIDTH))
    blocks += [_line(name, told) for name, told in RULES]
    return sheet_of(SHEET_NAME, WIDTHS, blocks)


def _line(name: str, told: str) -> Block:
    cells = (
        Cell(0, 0, Fixed(name), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(told), rp.DEFINED, cols=WIDTH - 1),
    )
    return Block(cells, 1)


def quality_sheet(figures: DebriefFigures) -> Sheet:
    """What was found while reading: how often, and what was done."""
    width = len(QUALITY_WIDTHS)
    blocks = [
        *head(figures, QUALITY_NAME, width),
        spread_row("数据范围", _range(figures), width),
        *([spread_row("时间怎么算", figures.serving, width)] if figures.serving else []),
        *_missing(figures, width),
        rp.gap(width, 8),
        *(_told_briefly(figures) if figures.employee else _told_in_full(figures)),
    ]
    if not figures.quality:
        blocks.append(spread_row("", "没有发现需要说明的问题。", width))
    if figures.files:
        blocks += [rp.gap(width, 8), rp.heads(("表", "读了哪些文件", "行数"))]
        blocks += [file_row(name, table, lines) for name, table, lines in figures.files]
    return sheet_of(QUALITY_NAME, QUALITY_WIDTHS, blocks)


def _range(figures: DebriefFigures) -> str:
    known = sorted(figures.months)
    if not known:
        return "没有服务数据，请在黄色格里填写"
    return f"{known[0].label}至{known[-1].label}，其中有请求的 {len(known)} 个月"


def _missing(figures: DebriefFigures, width: int) -> Iterator[Block]:
    if figures.parts:
        told = "；".join(f"{month.label}：{part}" for month, part in sorted(figures.parts.items()))
        yield spread_row("不是整月", told, width)


def _told_in_full(figures: DebriefFigures) -> list[Block]:
    return [
        rp.heads(("表", "发现", "条数", "怎么处理", "例子")),
        *map(note_row, figures.quality),
    ]


def _told_briefly(figures: DebriefFigures) -> list[Block]:
    """Counts and examples are of everybody's lines."""
    rows = [("表", "发现", "怎么处理（条数和例子在部门的报告里）")]
    rows += [(note.table, note.what, note.done) for note in figures.quality]
    blocks = []
    for number, (table, what, done) in enumerate(rows):
        styles = (HEAD, HEAD, HEAD) if not number else (rp.LEFT_LABEL, rp.DEFINED, rp.DEFINED)
        cells = (
            Cell(0, 0, Fixed(table), styles[0]),
            Cell(0, 1, Fixed(what), styles[1]),
            Cell(0, 2, Fixed(done), styles[2], cols=3),
        )
        blocks.append(Block(cells, 1, {0: 24.0 if not number else 18.0}))
    return blocks
