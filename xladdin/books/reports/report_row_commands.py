"""取数命令: for each figure the command that lists the lines of any month that it was made from."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.analysis.metric import Metric
from xladdin.analysis.month_figures import MonthFigures
from xladdin.analysis.service_records import TABLE_LABELS
from xladdin.formula.nodes import Expr, Join, Text, Var
from xladdin.layout import theme
from xladdin.layout.cell_rules import Check, Choice
from xladdin.layout.cells import Asked, Block, Cell, Fixed, Link, Result, Sheet
from xladdin.layout.styles import CENTER, HEAD, LABEL, NOTE, Style

from . import report_parts as rp
from .metric_lines import COMMAND, COMMANDS, COMMANDS_WIDTH, behind_metric, condition

SHEET_NAME = COMMANDS
WIDTHS = (28.0, 11.0, 12.0, 90.0)
WIDTH = COMMANDS_WIDTH
MONTH = "rows.month"
TOLD = (
    "“月度数据”里每个数，都可以看它是从数据的哪些行来的：在“月份”里选一个月，"
    "把那一行的命令复制到“xladdin 命令行”（开始菜单的“绩效助手”里；没有的用“命令提示符”）里运行；"
    "“总表.xlsx”和“数据文件夹”换成自己的文件。加 --out 行.csv 把全部的行写成一个文件。"
)
CONDITIONS = (
    "还可以加条件，写几个 --where 就要都符合：类型=订单、客服=姓名、渠道=电话、日期=2026-10-05、星期=一、钟点=9、"
    "评价=满意、投诉=是、未解决=是；会话：环节=没有付款、到人工=是；订单：数据=订单、退款=是。"
)
MONOSPACED = Style(size=9, indent=1, locked=False, wrap=False)
LEADS = Style(size=9, color=theme.LINK, align="center")


def _key(metric: Metric) -> str:
    return f"rows.command.{metric.id}"


def model(figures: MonthFigures) -> dict[str, Expr]:
    """Each command, of the month that is chosen."""
    return {
        _key(metric): Join(
            (Text(COMMAND), Var(MONTH, text=True), Text(f' --where "{condition(metric)}"'))
        )
        for metric in figures.metrics
    }


def sheet(figures: MonthFigures) -> Sheet:
    """A row for each figure of 月度数据."""
    blocks = [
        *rp.head(figures, f"{SHEET_NAME}：各月的数是从哪些行来的", WIDTH),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=WIDTH),), 1, {0: 26.0}),
        Block((Cell(0, 0, Fixed(CONDITIONS), NOTE, cols=WIDTH),), 1, {0: 26.0}),
        _month(figures),
        rp.gap(WIDTH, 6),
        _heads(),
        *(_row(figures, metric) for metric in figures.metrics),
    ]
    return rp.sheet(SHEET_NAME, WIDTHS, blocks)


def _month(figures: MonthFigures) -> Block:
    months = tuple(map(str, figures.months))
    asked = Cell(
        0,
        1,
        Asked(MONTH, str(figures.period)),
        rp.EDITABLE.shown_as("@"),
        check=Check(Choice(months), "选哪个月，下面的命令跟着变。", "请从列表里选一个月份。"),
    )
    return Block((Cell(0, 0, Fixed("月份"), LABEL), asked), 1, {0: 22.0})


def _heads() -> Block:
    heads = ("指标", "数据", "本月的行", "命令")
    cells = tuple(Cell(0, col, Fixed(text), HEAD) for col, text in enumerate(heads))
    return Block(cells, 1, {0: 22.0})


def _row(figures: MonthFigures, metric: Metric) -> Block:
    return Block(tuple(_cells(figures, metric)), 1, {0: 18.0})


def _cells(figures: MonthFigures, metric: Metric) -> Iterator[Cell]:
    there = behind_metric(figures, metric)
    yield Cell(0, 0, Fixed(metric.name), rp.LEFT_LABEL)
    yield Cell(0, 1, Fixed(TABLE_LABELS[metric.source]), CENTER)
    if there is None:
        yield Cell(0, 2, Fixed("没有"), CENTER)
    else:
        first = there.area.partition(":")[0]
        yield Cell(0, 2, Link("在明细里", there.sheet, first), LEADS)
    yield Cell(0, 3, Result(_key(metric)), MONOSPACED)
