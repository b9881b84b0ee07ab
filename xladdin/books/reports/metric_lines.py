"""Where a metric's figure comes from: the lines of this month that are listed, or the command that lists a month's."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from xladdin.analysis.line_conditions import METRIC
from xladdin.analysis.metric import Metric
from xladdin.analysis.metrics import opinions, shop, workload
from xladdin.analysis.month_figures import MonthFigures
from xladdin.analysis.record_lines import (
    COMPLAINED,
    SUGGESTED,
    UNSOLVED,
    WRITTEN,
    GroupKey,
    View,
)
from xladdin.analysis.service_records import Source
from xladdin.analysis.shop_lines import PAID, PAID_SOON, STAGES, UNKNOWN_CUSTOMER, WAS_PAID
from xladdin.domain.people import Period
from xladdin.layout.cell_rules import Behind
from xladdin.ooxml.addresses import address

from .report_lines import behind

COMMANDS = "取数命令"
"""The sheet with a command for each metric, from the row after ``COMMANDS_TOP`` on."""
COMMANDS_TOP = 6
COMMANDS_WIDTH = 4
MOST_OF_A_TIP = 255
"""Characters that a hyperlink's tip may have in Excel."""


class Part(Enum):
    """What of a metric a cell holds: its figure, the lines that a share counts, those that it is out of."""

    FIGURE = "figure"
    ABOVE = "above"
    BASIS = "basis"


MARKED = {
    opinions.COMPLAINTS: COMPLAINED,
    opinions.SUGGESTIONS: SUGGESTED,
    opinions.WORDS: WRITTEN,
    workload.OPEN: UNSOLVED,
}
CLASS_OF = dict(
    zip(
        (opinions.SATISFIED_SHARE, opinions.MIDDLING_SHARE, opinions.DISSATISFIED_SHARE),
        opinions.CLASSES,
        strict=True,
    )
)
_CAME = STAGES[: STAGES.index(UNKNOWN_CUSTOMER)]
_RECEIVED = _CAME[:-1]
_ASKED = _RECEIVED[:-1]
_PAID = (PAID_SOON, PAID)
FUNNEL_STAGES = {
    shop.CONSULTED: _CAME,
    shop.RECEIVED: _RECEIVED,
    shop.ASKED: _ASKED,
    shop.PAID: _PAID,
    shop.RECEIVED_SHARE: _CAME,
    shop.ASKED_SHARE: _RECEIVED,
    shop.CONVERTED_SOON: _ASKED,
    shop.CONVERTED: _ASKED,
}
"""Of whose sessions a figure of the funnel is made."""
ABOVE_STAGES = {
    shop.RECEIVED_SHARE: _RECEIVED,
    shop.ASKED_SHARE: _ASKED,
    shop.CONVERTED_SOON: (PAID_SOON,),
    shop.CONVERTED: _PAID,
}
ADDED_UP = {
    shop.CONSULTED: "咨询人数",
    shop.RECEIVED: "接待人数",
    shop.ASKED: "询单人数",
    shop.PAID: "付款人数",
    shop.BUYERS: "买家数",
    shop.SALES: "支付金额（元）",
}
"""Of which column the figure is the sum."""


def behind_metric(
    figures: MonthFigures, metric: Metric, part: Part = Part.FIGURE, how: str = ""
) -> Behind | None:
    """This month's lines of a figure; None where none are listed."""
    view, keys = _where(figures, metric, part)
    column = ADDED_UP.get(metric)
    if column and part is Part.FIGURE:
        how = f"，这个数是“{column}”一列的和"
    elif part is Part.ABOVE and not how:
        how = f"，其中一部分算进“{metric.name}”的分子"
    return behind(figures, view, keys, how)


def _where(figures: MonthFigures, metric: Metric, part: Part) -> tuple[View, list[GroupKey]]:
    """Of which view which groups."""
    if metric.source is Source.CHATS:
        stages = ABOVE_STAGES.get(metric) if part is Part.ABOVE else None
        if stages is None:
            stages = FUNNEL_STAGES.get(metric)
        return View.STAGE, [*STAGES, None] if stages is None else [*stages]
    if metric.source is Source.ORDERS:
        every = [group.key for group in figures.lines.of(View.ORDER)]
        return View.ORDER, [key for key in every if was_paid(key)]
    if metric in CLASS_OF:
        words = CLASS_OF[metric]
        return View.OPINION, [words] if part is Part.ABOVE else [*opinions.CLASSES]
    marked = MARKED.get(metric)
    if marked:
        return View.ALL if marked == UNSOLVED else View.OPINION, [marked]
    every = [group.key for group in figures.lines.of(View.ALL)]
    return View.ALL, [key for key in every if key != UNSOLVED]


def was_paid(key: GroupKey) -> bool:
    """Whether a group of orders is one of paid ones."""
    return bool((key[0] if isinstance(key, tuple) else key) == WAS_PAID)


def command(period: str, conditions: Sequence[str]) -> str:
    """What is typed to see the lines of a month."""
    return " ".join((f"{COMMAND}{period}", *(f'--where "{one}"' for one in conditions)))


COMMAND = "xladdin report rows 总表.xlsx --data 数据文件夹 --period "


def condition(metric: Metric) -> str:
    """What is asked of the command."""
    return f"{METRIC}={metric.name}"


def command_behind(
    figures: MonthFigures, metric: Metric, period: Period | None, asked: Sequence[str] = ()
) -> Behind | None:
    """Where the command stands that lists a month's lines; its words while the mouse rests there.

    ``asked``: the conditions, where they are others than the metric's own.
    """
    ids = [one.id for one in figures.metrics]
    if metric.id not in ids:
        return None
    row = COMMANDS_TOP + 2 + ids.index(metric.id)
    area = f"{address(row, 1)}:{address(row, COMMANDS_WIDTH)}"
    if period is None:
        tip = "点一下，看各个月的这个数用什么命令列出它的行。"
    elif not figures.has(period):
        return None
    else:
        typed = command(str(period), asked or (condition(metric),))
        tip = f"这个数的行用命令列出：{typed}"
        if len(tip) > MOST_OF_A_TIP or any('"' in one for one in asked):
            name = asked[0].partition("=")[0] if asked else METRIC
            tip = (
                f"点一下，看用什么命令列出{period.label}的行；每样写一个 --where，如 {name}=名称。"
            )
    return Behind(COMMANDS, area, tip)
