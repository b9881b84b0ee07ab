"""The lines behind a shop's figures, as plain values: sessions of its chat, and orders.

Beside what was recorded stands what the report counts of it: how far the customer came that day, what each
platform makes of the session, and on one line of everybody who is counted once a 1, so that the lines add
up to the figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .service_records import MINUTE, SECOND

UNKNOWN_CUSTOMER = "没有客户编号"
PAID_SOON, PAID, NOT_PAID, ASKED, NOT_ASKED, NOT_RECEIVED = (
    "付款（T+1）",
    "付款（T+2至T+4）",
    "没有付款",
    "询单",
    "没有询单",
    "没有接待",
)
STAGES = (PAID_SOON, PAID, NOT_PAID, ASKED, NOT_ASKED, NOT_RECEIVED, UNKNOWN_CUSTOMER)
"""How far a customer came on a day, the farthest first; ``ASKED`` where nobody knows who paid."""
WAS_PAID, WAS_NOT_PAID = "付款", "没有付款"


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A session; None for what nobody recorded.  Spans and times are microseconds."""

    file: int | None = None
    """Which of the files that were read."""
    line: int | None = None
    id: str | None = None
    agent: str | None = None
    customer: str | None = None
    started: int | None = None
    day: int | None = None
    first: int | None = None
    mean: int | None = None
    person: bool | None = None
    message: bool | None = None
    asked: bool | None = None
    ordered: int | None = None
    paid: int | None = None
    score: int | None = None
    stage: str | None = None
    consulted: int | None = None
    """1 on the first line of a customer's day, as in the four that follow."""
    was_received: int | None = None
    was_asked: int | None = None
    was_paid_soon: int | None = None
    was_paid: int | None = None
    jingdong_prompt: str | None = None
    jingdong_messages: str | None = None
    kuaishou_soon: str | None = None
    feige_soon: str | None = None
    feige_unserved: str | None = None
    taobao_soon: str | None = None


CHAT_HEADS: Mapping[str, str] = {
    "started": "开始时间",
    "id": "编号",
    "agent": "客服",
    "stage": "环节",
    "first": "首次响应（秒）",
    "mean": "平均响应（秒）",
    "person": "到人工",
    "message": "留言",
    "asked": "询单",
    "ordered": "多久下单（分钟）",
    "paid": "多久付款（分钟）",
    "consulted": "咨询人数",
    "was_received": "接待人数",
    "was_asked": "询单人数",
    "was_paid_soon": "T+1付款人数",
    "was_paid": "付款人数",
    "jingdong_prompt": "京东应答",
    "jingdong_messages": "京东留言",
    "kuaishou_soon": "快手回复",
    "feige_soon": "飞鸽回复",
    "feige_unserved": "飞鸽不服务",
    "taobao_soon": "淘宝响应",
    "score": "评分",
    "customer": "客户",
    "file": "文件",
    "line": "行",
}
"""What people see of a session."""
CHAT_UNITS = {"first": SECOND, "mean": SECOND, "ordered": MINUTE, "paid": MINUTE, "score": 100}


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order; None for what nobody recorded."""

    file: int | None = None
    line: int | None = None
    id: str | None = None
    agent: str | None = None
    customer: str | None = None
    ordered: int | None = None
    day: int | None = None
    paid: int | None = None
    cents: int | None = None
    """What was paid."""
    returned: bool | None = None
    state: str | None = None
    buyer: int | None = None
    """1 on the first paid line of a customer."""
    again: int | None = None
    """The same, where the customer paid twice or more."""


ORDER_HEADS: Mapping[str, str] = {
    "ordered": "下单时间",
    "id": "编号",
    "agent": "客服",
    "state": "付没付款",
    "paid": "付款时间",
    "cents": "支付金额（元）",
    "returned": "退款",
    "buyer": "买家数",
    "again": "重复购买的人",
    "customer": "客户",
    "file": "文件",
    "line": "行",
}
"""What people see of an order."""
ORDER_UNITS = {"cents": 100}
