"""总体明细, 类型明细, 客服明细 and their like: the lines that a report's numbers were counted from.

One table for each way of counting, so that the lines of a number stand under each other: a number of a
table leads to them, the first row of the sheet leads back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xladdin.analysis.month_figures import (
    UNKNOWN_AGENT,
    UNKNOWN_CHANNEL,
    UNKNOWN_TYPE,
    WEEKDAYS,
    MonthFigures,
)
from xladdin.analysis.record_lines import (
    OPINIONS,
    UNSOLVED,
    GroupKey,
    LineGroup,
    View,
)
from xladdin.analysis.service_records import Source
from xladdin.analysis.shop_lines import STAGES
from xladdin.books.summary import summary_parts as sp
from xladdin.layout import theme
from xladdin.layout.cell_rules import Behind
from xladdin.layout.cells import Block, Cell, Fixed, Link, Sheet
from xladdin.layout.styles import NOTE, Style
from xladdin.ooxml.addresses import address

from . import line_columns
from . import report_parts as rp
from .agent_names import agent_names

LED_FROM: Mapping[View, str] = {
    View.ALL: "总体情况",
    View.TYPE: "客户问题分析",
    View.OPINION: "客户满意度",
    View.HOUR: "时段",
    View.WEEKDAY: "时段",
    View.AGENT: "客服排名",
}
SHOP_LED_FROM: Mapping[View, str] = {
    View.ALL: "客服工作量",
    View.OPINION: "客户满意度",
    View.AGENT: "客服",
    View.STAGE: "咨询转化",
    View.CHATTER: "客服",
    View.ORDER: "咨询转化",
}
KEYS = {
    View.ALL: "all",
    View.TYPE: "type",
    View.OPINION: "opinion",
    View.HOUR: "hour",
    View.WEEKDAY: "weekday",
    View.AGENT: "agent",
    View.STAGE: "stage",
    View.CHATTER: "chatter",
    View.ORDER: "order",
}
BACK = Style(size=9, color=theme.LINK, underline=True, border=False)
PAPER = replace(rp.PAPER, large=True)
CORRECTED = "数是数据里的条数；表里改过的数，这里不跟着变。"
MASKED = {
    Source.REQUESTS: "客户编号、评价里的电话和地址只显示一部分，原文按最后两列的文件和行到数据里看。",
    Source.CHATS: "客户编号只显示一部分，原文按最后两列的文件和行到数据里看。",
    Source.ORDERS: "客户编号只显示一部分，原文按最后两列的文件和行到数据里看。",
}
MORE = {
    View.ALL: "未解决的后面单独再列一遍。",
    View.OPINION: "投诉、建议、写了文字的单独再列一遍，和评价的几组有重复。",
    View.STAGE: "“咨询人数”至“付款人数”几列，一个客户一天只在一行写1，加起来就是人数；各平台的列写这个会话平台怎么算。",
    View.CHATTER: "“咨询人数”至“付款人数”几列，一位客服的一个客户一天只在一行写1，加起来就是这位客服的人数。",
    View.ORDER: "“买家数”“重复购买的人”两列，一个客户只在一行写1，加起来就是人数。",
}
UNKNOWN_STAGE = "不知道环节"
HOW = "xladdin report rows"


def sheet_name(view: View) -> str:
    """What the sheet of a view is called."""
    return f"{view}明细"


def groups(figures: MonthFigures, view: View) -> list[LineGroup]:
    """The groups of a view as its sheet lists them, in the order of the table that leads to them."""
    found = {group.key: group for group in figures.lines.of(view)}
    order: Sequence[GroupKey]
    match view:
        case View.TYPE:
            order = [type_key(figures, one.name) for one in figures.types]
        case View.AGENT | View.CHATTER:
            order = [one.called for one in figures.agents]
        case View.OPINION:
            order = OPINIONS
        case View.STAGE:
            order = STAGES
        case View.ALL:
            order = [key for key in found if key != UNSOLVED]
        case View.HOUR | View.WEEKDAY | View.ORDER:
            order = [*found]
    first = [found.pop(key) for key in dict.fromkeys(order) if key in found]
    return [*first, *found.values()]


def type_key(figures: MonthFigures, name: str) -> GroupKey:
    """A type as the lines name it."""
    unknown = name == UNKNOWN_TYPE and any(one.key is None for one in figures.lines.of(View.TYPE))
    return None if unknown else name


def behind_hour(figures: MonthFigures, hour: int) -> Behind | None:
    """Where the lines of an hour of the day stand, whatever weekday it was."""
    own = [one.key for one in figures.lines.of(View.HOUR) if one.key[0] == hour]
    return behind(figures, View.HOUR, own)


def behind_hours(figures: MonthFigures) -> Behind | None:
    """Where the lines of all hours stand: those of which only the day is known are none."""
    known = [one.key for one in figures.lines.of(View.HOUR) if None not in one.key]
    return behind(figures, View.HOUR, known)


def behind_weekday(figures: MonthFigures, day: int) -> Behind | None:
    """Where the lines of a day of the week stand of which the hour is known, as the day's sum counts them."""
    own = [one.key for one in figures.lines.of(View.WEEKDAY) if one.key[0] == day]
    return behind(figures, View.WEEKDAY, [key for key in own if None not in key])


def behind_all(figures: MonthFigures, view: View) -> Behind | None:
    """Where all lines of a view stand."""
    return behind(figures, view, [one.key for one in figures.lines.of(view)])


def behind(
    figures: MonthFigures, view: View, keys: Sequence[GroupKey], how: str = ""
) -> Behind | None:
    """Where the lines of groups stand that follow each other; None where nothing is listed.

    ``how`` says how the number comes out of them, where it is not how many they are.
    """
    listed = groups(figures, view)
    there = [i for i, group in enumerate(listed) if group.key in keys and group.lines]
    if not there:
        return None
    top = TOP + 1 + sum(len(group.lines) for group in listed[: there[0]])
    shown = listed[there[0] : there[-1] + 1]
    lines, count = sum(len(group.lines) for group in shown), sum(group.count for group in shown)
    width = len(line_columns.columns(view.source))
    area = f"{address(top + 1, 1)}:{address(top + lines, width)}"
    part = "" if lines == count else f"，这里列出{lines}条"
    tip = f"点一下，看这{count}条是哪些{part}{how}{rp.TO_CORRECT}。"
    return Behind(sheet_name(view), area, tip)


def sheets(figures: MonthFigures, led_from: Mapping[View, str] = LED_FROM) -> list[Sheet]:
    """A sheet for each view that has lines, with the way back to where its numbers stand."""
    return [
        _sheet(figures, view, back)
        for view, back in led_from.items()
        if any(one.lines for one in figures.lines.of(view))
    ]


TOP = 4
"""Rows above the head of the table."""


def _sheet(figures: MonthFigures, view: View, back: str) -> Sheet:
    listed, columns = groups(figures, view), line_columns.columns(view.source)
    width = len(columns)
    link = Link(f"← 回到“{back}”", back)
    blocks = [
        *rp.head(figures, f"{sheet_name(view)}：这些数是从哪些行来的", width),
        Block((Cell(0, 0, link, BACK, cols=3), Cell(0, 3, Fixed(""), NOTE, cols=width - 3)), 1),
        Block((Cell(0, 0, Fixed(_told(view, listed)), NOTE, cols=width),), 1),
    ]
    called = agents_called(figures)
    rows = [
        {
            "group": name,
            **dict(line_columns.said(figures, view.source, line)),
            "agent": called.get(line.agent, line.agent),
        }
        for group in listed
        for name in [group_name(view, group.key, called)]
        for line in group.lines
    ]
    made = sp.table(f"lines_{KEYS[view]}", columns, rows)
    sheet = sp.table_sheet(sheet_name(view), blocks, columns, made, kept=1)
    return replace(sheet, paper=replace(PAPER, repeat=(sheet.table_top, sheet.table_top)))


def _told(view: View, listed: Sequence[LineGroup]) -> str:
    # Those that are listed once more are no more lines.
    own = [group for group in listed if view is not View.ALL or group.key != UNSOLVED]
    count = sum(group.count for group in own)
    shown = sum(len(group.lines) for group in own)
    most = max(len(group.lines) for group in listed)
    how = (
        f"本页列出全部{count}条。"
        if shown == count
        else f"一共{count}条，每组最多列{most}条，本页列出{shown}条；全部的用命令 {HOW} 写成 csv。"
    )
    more = f"上月、去年的行也用 {HOW}，见“取数命令”。"
    return f"{how}{MORE.get(view, '')}{CORRECTED}{MASKED[view.source]}{more}"


def agents_called(figures: MonthFigures) -> dict[str | None, str]:
    """What the table of agents calls somebody, by what the records do."""
    names = zip(figures.agents, agent_names(figures.agents), strict=True)
    return {one.called: name for one, name in names if one.called is not None}


def group_name(view: View, key: GroupKey, called: Mapping[str | None, str]) -> str:
    """What a group is called on its sheet; ``called``: what agents are."""
    match view:
        case View.TYPE:
            return UNKNOWN_TYPE if key is None else str(key)
        case View.AGENT | View.CHATTER:
            return called.get(key) or (UNKNOWN_AGENT if key is None else str(key))
        case View.HOUR:
            return _hour_name(*key)
        case View.WEEKDAY:
            return _hour_name(*reversed(key))
        case View.ORDER:
            state, agent = key if isinstance(key, tuple) else (key, None)
            return f"{state} {called.get(agent) or agent or UNKNOWN_AGENT}"
        case View.ALL:
            return UNKNOWN_CHANNEL if key is None else str(key)
        case View.STAGE:
            return UNKNOWN_STAGE if key is None else str(key)
        case View.OPINION:
            return str(key)


def _hour_name(hour: int | None, weekday: int | None) -> str:
    day = "" if weekday is None else WEEKDAYS[weekday - 1]
    return f"{day} {'没有钟点' if hour is None else f'{hour}点'}".strip()
