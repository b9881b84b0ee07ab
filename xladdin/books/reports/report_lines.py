"""类型明细, 客服明细, 时段明细, 评价明细: the lines that the report's numbers were counted from.

One table for each way of counting, so that the lines of a number stand under each other: a number of a
table leads to them, the first row of the sheet leads back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.month_figures import UNKNOWN_AGENT, UNKNOWN_TYPE, WEEKDAYS, MonthFigures
from xladdin.analysis.record_lines import (
    LINE_HEADS,
    OPINIONS,
    GroupKey,
    LineGroup,
    RecordLine,
    View,
)
from xladdin.analysis.service_records import DAY, MINUTE, SECOND
from xladdin.books.summary import summary_parts as sp
from xladdin.layout import theme
from xladdin.layout.cell_rules import Behind
from xladdin.layout.cells import Block, Cell, Fixed, Link, Sheet
from xladdin.layout.styles import CENTER, NOTE, TEXT, Style
from xladdin.ooxml.addresses import address

from . import report_parts as rp
from .agent_names import agent_names

LED_FROM = {
    View.TYPE: "客户问题分析",
    View.AGENT: "客服排名",
    View.HOUR: "时段",
    View.OPINION: "客户满意度",
}
KEYS = {View.TYPE: "type", View.AGENT: "agent", View.HOUR: "hour", View.OPINION: "opinion"}
EXCEL_EPOCH = 25_569
"""Days from Excel's first to 1970-01-01."""
BACK = Style(size=9, color=theme.LINK, underline=True, border=False)
SHORT = replace(TEXT, wrap=False)
WHEN = replace(CENTER, number_format="yyyy-mm-dd hh:mm:ss", wrap=False)
EXACT = replace(CENTER, number_format="#,##0.0", wrap=False)
WHOLE = replace(CENTER, number_format="0", wrap=False)
PAPER = replace(rp.PAPER, large=True)
CORRECTED = "数是数据里的条数；表里改过的数，这里不跟着变。"
MASKED = "客户编号、评价里的电话和地址只显示一部分，原文按最后两列的文件和行到数据里看。"
TWICE = "投诉、建议单独再列一遍，和评价的几组有重复。"
HOW = "xladdin report rows"


def sheet_name(view: View) -> str:
    """What the sheet of a view is called."""
    return f"{view}明细"


def groups(figures: MonthFigures, view: View) -> list[LineGroup]:
    """The groups of a view as its sheet lists them, in the order of the table that leads to them."""
    found = {group.key: group for group in figures.lines.of(view)}
    match view:
        case View.TYPE:
            order: Sequence[GroupKey] = [type_key(figures, one.name) for one in figures.types]
        case View.AGENT:
            order = [one.called for one in figures.agents]
        case View.OPINION:
            order = OPINIONS
        case View.HOUR:
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


def behind_all(figures: MonthFigures, view: View) -> Behind | None:
    """Where all lines of a view stand."""
    return behind(figures, view, [one.key for one in figures.lines.of(view)])


def behind(figures: MonthFigures, view: View, keys: Sequence[GroupKey]) -> Behind | None:
    """Where the lines of groups stand that follow each other; None where nothing is listed."""
    listed = groups(figures, view)
    there = [i for i, group in enumerate(listed) if group.key in keys and group.lines]
    if not there:
        return None
    top = TOP + 1 + sum(len(group.lines) for group in listed[: there[0]])
    shown = listed[there[0] : there[-1] + 1]
    lines, count = sum(len(group.lines) for group in shown), sum(group.count for group in shown)
    area = f"{address(top + 1, 1)}:{address(top + lines, len(COLUMNS))}"
    part = "" if lines == count else f"，这里列出{lines}条"
    tip = f"点一下，看这{count}条是哪些{part}；要改这个数，请用方向键移到这一格。"
    return Behind(sheet_name(view), area, tip)


def sheets(figures: MonthFigures) -> list[Sheet]:
    """A sheet for each view that has lines."""
    return [
        _sheet(figures, view) for view in View if any(one.lines for one in figures.lines.of(view))
    ]


def _columns() -> tuple[sp.Wide, ...]:
    looks: Mapping[str, tuple[float, Style]] = {
        "opened": (18, WHEN),
        "id": (18, SHORT.shown_as("@")),
        "agent": (12, SHORT),
        "type": (10, SHORT),
        "channel": (7, SHORT),
        "wait": (10, EXACT),
        "reply": (10, EXACT),
        "solve": (11, EXACT),
        "open": (7, CENTER),
        "reopened": (6, WHOLE),
        "contacts": (6, WHOLE),
        "score": (6, CENTER),
        "satisfaction": (8, CENTER),
        "complaint": (6, CENTER),
        "suggestion": (6, CENTER),
        "words": (30, SHORT),
        "customer": (12, SHORT.shown_as("@")),
        "file": (24, SHORT),
        "line": (7, WHOLE),
    }
    group = sp.entry("group", "组", 15, replace(SHORT, bold=True))
    return (group, *(sp.entry(key, head, *looks[key]) for key, head in LINE_HEADS.items()))


COLUMNS = _columns()
TOP = 4
"""Rows above the head of the table."""


def _sheet(figures: MonthFigures, view: View) -> Sheet:
    listed = groups(figures, view)
    width = len(COLUMNS)
    link = Link(f"← 回到“{LED_FROM[view]}”", LED_FROM[view])
    blocks = [
        *rp.head(figures, f"{sheet_name(view)}：这些数是从哪些行来的", width),
        Block((Cell(0, 0, link, BACK, cols=3), Cell(0, 3, Fixed(""), NOTE, cols=width - 3)), 1),
        Block((Cell(0, 0, Fixed(_told(figures, view, listed)), NOTE, cols=width),), 1),
    ]
    called = agents_called(figures)
    rows = [
        {"group": name, **dict(_said(figures, line)), "agent": called.get(line.agent, line.agent)}
        for group in listed
        for name in [group_name(figures, view, group.key)]
        for line in group.lines
    ]
    made = sp.table(f"lines_{KEYS[view]}", COLUMNS, rows)
    sheet = sp.table_sheet(sheet_name(view), blocks, COLUMNS, made, kept=1)
    return replace(sheet, paper=replace(PAPER, repeat=(sheet.table_top, sheet.table_top)))


def _told(figures: MonthFigures, view: View, listed: Sequence[LineGroup]) -> str:
    count = sum(group.count for group in listed)
    shown = sum(len(group.lines) for group in listed)
    most = max(len(group.lines) for group in listed)
    how = (
        f"本页列出全部{count}条。"
        if shown == count
        else f"一共{count}条，每组最多列{most}条，本页列出{shown}条；全部的用命令 {HOW} 写成 csv。"
    )
    more = f"上月、去年的行也用 {HOW}。"
    twice = TWICE if view is View.OPINION else ""
    return f"{how}{twice}{CORRECTED}{MASKED}{more}"


def agents_called(figures: MonthFigures) -> dict[str | None, str]:
    """What the table of agents calls somebody, by what the records do."""
    names = zip(figures.agents, agent_names(figures.agents), strict=True)
    return {one.called: name for one, name in names if one.called is not None}


def group_name(figures: MonthFigures, view: View, key: GroupKey) -> str:
    """What a group is called on its sheet."""
    match view:
        case View.TYPE:
            return UNKNOWN_TYPE if key is None else str(key)
        case View.AGENT:
            return agents_called(figures).get(key) or (UNKNOWN_AGENT if key is None else str(key))
        case View.HOUR:
            hour, weekday = key
            day = "" if weekday is None else WEEKDAYS[weekday - 1]
            return f"{day} {'没有钟点' if hour is None else f'{hour}点'}".strip()
        case View.OPINION:
            return str(key)


def _said(figures: MonthFigures, line: RecordLine) -> Iterator[tuple[str, str | Decimal | None]]:
    """A line's cells; times and durations whole, so that they add up to the figures."""
    opened = line.opened if line.opened is not None else _of_day(line.day)
    yield "opened", _part(opened, DAY, EXCEL_EPOCH)
    for name in ("id", "type", "channel", "satisfaction", "words", "customer"):
        yield name, getattr(line, name)
    for name, unit in (("wait", SECOND), ("reply", SECOND), ("solve", MINUTE), ("score", 100)):
        yield name, _part(getattr(line, name), unit)
    for name in ("open", "complaint", "suggestion"):
        said = getattr(line, name)
        yield name, None if said is None else "是" if said else "否"
    for name in ("reopened", "contacts", "line"):
        yield name, _part(getattr(line, name), 1)
    if line.file is not None and line.file < len(figures.files):
        yield "file", figures.files[line.file][0]


def _of_day(day: int | None) -> int | None:
    return None if day is None else day * DAY


def _part(count: int | None, unit: int, more: int = 0) -> Decimal | None:
    return None if count is None else Decimal(count) / unit + more
