"""The lines behind a month's figures, as plain values: what was asked, when, how it went, and in which file it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from .metrics.opinions import CLASSES

MOST_LINES = 5_000
"""Lines that a sheet lists: more nobody reads there, and a file would be slow to open."""
COMPLAINED, SUGGESTED = "投诉", "建议"
OPINIONS = (*CLASSES, COMPLAINED, SUGGESTED)

GroupKey: TypeAlias = Any
"""A type, an agent, (hour, weekday), one of ``OPINIONS``; None where lines do not say."""


class View(StrEnum):
    """By what lines are put together."""

    TYPE = "类型"
    AGENT = "客服"
    HOUR = "时段"
    OPINION = "评价"


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


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines that a figure of a report is made of: all of them, or the first ones."""

    key: GroupKey
    count: int
    """In all."""
    lines: tuple[RecordLine, ...] = ()


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
