"""The lines behind a month's figures, as plain values: what was asked, when, how it went, and in which file it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from .metrics.opinions import CLASSES
from .service_records import MINUTE, SECOND, Source
from .shop_lines import CHAT_HEADS, CHAT_UNITS, ORDER_HEADS, ORDER_UNITS, ChatLine, OrderLine

MOST_LINES = 5_000
"""Lines that a sheet lists: more nobody reads there, and a file would be slow to open."""
COMPLAINED, SUGGESTED, WRITTEN, UNSOLVED = "投诉", "建议", "文字评价", "未解决"
OPINIONS = (*CLASSES, COMPLAINED, SUGGESTED, WRITTEN)

GroupKey: TypeAlias = Any
"""A type, an agent, (hour, weekday), one of ``OPINIONS``, a stage; None where lines do not say."""


class View(StrEnum):
    """By what lines are put together."""

    ALL = "总体"
    TYPE = "类型"
    OPINION = "评价"
    HOUR = "时段"
    WEEKDAY = "星期"
    AGENT = "客服"
    STAGE = "会话"
    CHATTER = "客服会话"
    ORDER = "订单"

    @property
    def source(self) -> Source:
        """Whose lines they are."""
        return _SOURCES.get(self, Source.REQUESTS)


_SOURCES = {View.STAGE: Source.CHATS, View.CHATTER: Source.CHATS, View.ORDER: Source.ORDERS}
OF_MONTH = (View.ALL, View.TYPE, View.OPINION, View.HOUR, View.WEEKDAY, View.AGENT)
OF_SHOP = (View.ALL, View.OPINION, View.AGENT, View.STAGE, View.CHATTER, View.ORDER)
"""What each report lists."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A request; None for what nobody recorded.  Times are microseconds on the company's own clock.

    ``customer`` and ``words`` are masked: see ``masking``.
    """

    file: int | None = None
    """Which of the files that were read."""
    line: int | None = None
    id: str | None = None
    agent: str | None = None
    customer: str | None = None
    type: str | None = None
    channel: str | None = None
    opened: int | None = None
    day: int | None = None
    weekday: int | None = None
    hour: int | None = None
    wait: int | None = None
    reply: int | None = None
    solve: int | None = None
    open: bool | None = None
    reopened: int | None = None
    contacts: int | None = None
    score: int | None = None
    satisfaction: str | None = None
    complaint: bool | None = None
    suggestion: bool | None = None
    words: str | None = None


LINE_HEADS: Mapping[str, str] = {
    "opened": "提出时间",
    "id": "编号",
    "agent": "客服",
    "type": "问题类型",
    "channel": "渠道",
    "wait": "等待（秒）",
    "reply": "响应（秒）",
    "solve": "解决（分钟）",
    "open": "未解决",
    "reopened": "重开次数",
    "contacts": "找过几次",
    "score": "评分",
    "satisfaction": "评价",
    "complaint": "投诉",
    "suggestion": "建议",
    "words": "评价内容",
    "customer": "客户",
    "file": "文件",
    "line": "行",
}
"""What people see of a line."""
Line: TypeAlias = RecordLine | ChatLine | OrderLine
LINES: Mapping[Source, type[Line]] = {
    Source.REQUESTS: RecordLine,
    Source.CHATS: ChatLine,
    Source.ORDERS: OrderLine,
}
HEADS: Mapping[Source, Mapping[str, str]] = {
    Source.REQUESTS: LINE_HEADS,
    Source.CHATS: CHAT_HEADS,
    Source.ORDERS: ORDER_HEADS,
}
UNITS: Mapping[Source, Mapping[str, int]] = {
    Source.REQUESTS: {"wait": SECOND, "reply": SECOND, "solve": MINUTE, "score": 100},
    Source.CHATS: CHAT_UNITS,
    Source.ORDERS: ORDER_UNITS,
}
"""Of how many of the table's own unit a number is shown."""
MOMENTS: Mapping[Source, tuple[str, ...]] = {
    Source.REQUESTS: ("opened",),
    Source.CHATS: ("started",),
    Source.ORDERS: ("ordered", "paid"),
}
"""Columns of times; the first is when a line began."""


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines that a figure of a report is made of: all of them, or the first ones."""

    key: GroupKey
    count: int
    """In all."""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthLines:
    """A month's lines, put together in each of the ways in which the report counts them."""

    views: Mapping[View, tuple[LineGroup, ...]] = field(default_factory=dict)

    def of(self, view: View) -> tuple[LineGroup, ...]:
        """The groups of a view; none where nothing was recorded."""
        return self.views.get(view, ())


def fair_share(counts: Sequence[int], most: int) -> int:
    """How many of each group are listed, so that there are ``most`` at most: small groups stay whole.

    At least one of each.
    """
    room, left = most, len(counts)
    for count in sorted(counts):
        if count * left > room:
            return max(1, room // left)
        room, left = room - count, left - 1
    return max(counts, default=0)
