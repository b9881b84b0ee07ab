"""What a line of an export may say of a request, a chat or an order, before it is made sense of.

The label is what a company writes as the target of a head in 导入对照; its readers know the field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from xladdin.analysis.service_records import Source


class Kind(Enum):
    """How cells of a field are read."""

    KEY = auto()
    """What tells one thing from another: compared as it stands."""
    WORD = auto()
    """One of few words, each read once for all of its lines."""
    TEXT = auto()
    TIME = auto()
    SPAN = auto()
    NUMBER = auto()
    MONEY = auto()
    SCORE = auto()


NUMBERS = (Kind.NUMBER, Kind.MONEY, Kind.SCORE)
MEASURED = (Kind.TIME, Kind.SPAN, *NUMBERS)
"""Kinds whose cells become numbers, and may fail to."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a staged line."""

    name: str
    label: str
    kind: Kind


def _fields(**declared: tuple[str, Kind]) -> tuple[RecordField, ...]:
    return tuple(RecordField(name, label, kind) for name, (label, kind) in declared.items())


_PEOPLE = {
    "agent": ("客服", Kind.WORD),
    "customer": ("客户编号", Kind.KEY),
}
FIELDS: Mapping[Source, tuple[RecordField, ...]] = {
    Source.REQUESTS: _fields(
        id=("工单编号", Kind.KEY),
        channel=("渠道", Kind.WORD),
        type=("问题类型", Kind.WORD),
        **_PEOPLE,
        opened=("提出时间", Kind.TIME),
        taken=("受理时间", Kind.TIME),
        replied=("首次回复时间", Kind.TIME),
        solved=("解决时间", Kind.TIME),
        updated=("更新时间", Kind.TIME),
        wait=("等待时长", Kind.SPAN),
        reply=("首次响应时长", Kind.SPAN),
        solve=("解决时长", Kind.SPAN),
        state=("工单状态", Kind.WORD),
        reopened=("重开次数", Kind.NUMBER),
        contacts=("联系次数", Kind.NUMBER),
        score=("满意度评分", Kind.SCORE),
        satisfaction=("满意度", Kind.WORD),
        complaint=("是否投诉", Kind.WORD),
        suggestion=("是否建议", Kind.WORD),
        words=("评价内容", Kind.TEXT),
    ),
    Source.CHATS: _fields(
        id=("会话编号", Kind.KEY),
        **_PEOPLE,
        started=("会话开始时间", Kind.TIME),
        answered=("首次回复时间", Kind.TIME),
        updated=("更新时间", Kind.TIME),
        first=("首次响应时长", Kind.SPAN),
        mean=("平均响应时长", Kind.SPAN),
        person=("是否人工", Kind.WORD),
        message=("是否留言", Kind.WORD),
        asked=("是否询单", Kind.WORD),
        ordered=("下单时间", Kind.TIME),
        paid=("付款时间", Kind.TIME),
        score=("满意度评分", Kind.SCORE),
    ),
    Source.ORDERS: _fields(
        id=("订单编号", Kind.KEY),
        **_PEOPLE,
        ordered=("下单时间", Kind.TIME),
        paid=("付款时间", Kind.TIME),
        updated=("更新时间", Kind.TIME),
        cents=("实付金额", Kind.MONEY),
        returned=("是否退款", Kind.WORD),
    ),
}
BEGINS: Mapping[Source, str] = {
    Source.REQUESTS: "opened",
    Source.CHATS: "started",
    Source.ORDERS: "ordered",
}
"""The time that a line is of: without it, it is of no month."""
LABELS: Mapping[Source, Mapping[str, str]] = {
    source: {field.name: field.label for field in fields} for source, fields in FIELDS.items()
}
KINDS: Mapping[Source, Mapping[str, Kind]] = {
    source: {field.name: field.kind for field in fields} for source, fields in FIELDS.items()
}
