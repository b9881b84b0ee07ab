"""A shop's way from a question to a payment: 咨询, 接待, 询单, 付款, and what is lost between.

People, not sessions: a customer counts once a day, however often he wrote (source: convention of the
shop tools).  Each step is made of those of the step before, so that neighbours reconcile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..metric import (
    PEOPLE,
    PERCENT,
    PIECES,
    SECONDS,
    YUAN,
    Count,
    Different,
    Direction,
    Each,
    Mean,
    Metric,
    Share,
    Sum,
    Table,
)
from ..service_records import DAY, Source

SOONEST_DAYS, FINAL_DAYS = 1, 4
"""T+1 and T+4: paid until the end of the first, or the fourth, day after that of the question."""


def reached(chats: Table) -> dict[str, Any]:
    """How far each session came: a customer came as far as any of his sessions of a day."""
    received = chats["first"].notnull()
    asked = received & chats.asked.fill_null(False)

    def paid_within(days: int) -> Any:
        return asked & (chats.clock + chats.paid < (days + 1) * DAY).fill_null(False)

    steps = {"received": received, "asked": asked}
    if {"paid", "clock"} <= set(chats.columns):
        steps["paid_soon"] = paid_within(SOONEST_DAYS)
        steps["paid"] = paid_within(FINAL_DAYS)
    return steps


def _customers(chats: Table, by: Sequence[str]) -> Table:
    """A line per customer and day, and how far he came."""
    chats = chats.filter(chats.customer.notnull())
    steps = {name: truth.cast("int64").max() == 1 for name, truth in reached(chats).items()}
    return chats.group_by(list(dict.fromkeys([*by, "day", "customer"]))).aggregate(**steps)


def _step(key: str, name: str, definition: str, figure: Count) -> Metric:
    told = f"{definition}一个客户一天算一次，没有客户编号的会话不算。"
    return Metric(key, name, told, PEOPLE, Direction.HIGHER, Source.CHATS, figure, _customers)


CONSULTED = _step("consulted", "咨询人数", "来问过的客户；", Count())
RECEIVED = _step(
    "received", "接待人数", "咨询的客户里，得到人工回复的；", Count(lambda t: t.received)
)
ASKED = _step("asked", "询单人数", "接待的客户里，问过要买的东西的；", Count(lambda t: t.asked))
PAID = _step(
    "paid", "付款人数", "询单的客户里，当天到第4天（T+4）付了款的；", Count(lambda t: t.paid)
)
FUNNEL = (CONSULTED, RECEIVED, ASKED, PAID)


def _passed(key: str, name: str, before: str, after: str, figure: Share) -> Metric:
    told = f"{after} ÷ {before}；一个客户一天算一次。"
    return Metric(key, name, told, PERCENT, Direction.HIGHER, Source.CHATS, figure, _customers)


RECEIVED_SHARE = _passed(
    "received_share", "接待率", "咨询人数", "接待人数", Share(lambda t: t.received)
)
ASKED_SHARE = _passed(
    "asked_share", "询单率", "接待人数", "询单人数", Share(lambda t: t.asked, lambda t: t.received)
)


def _conversion(key: str, when: str, definition: str, figure: Share) -> Metric:
    return Metric(
        key,
        f"询单转化率（{when}）",
        f"{definition} ÷ 询单人数。",
        PERCENT,
        Direction.HIGHER,
        Source.CHATS,
        figure,
        _customers,
    )


CONVERTED_SOON = _conversion(
    "converted_soon",
    "T+1",
    "询单的客户里，当天和第二天付了款的",
    Share(lambda t: t.paid_soon, lambda t: t.asked),
)
CONVERTED = _conversion(
    "converted",
    "T+4",
    "询单的客户里，当天到第4天付了款的；一个月要到月底后第4天才是最终的",
    Share(lambda t: t.paid, lambda t: t.asked),
)
REPLIED = Metric(
    "replied",
    "回复率",
    "有人工回复的会话 ÷ 全部会话。",
    PERCENT,
    Direction.HIGHER,
    Source.CHATS,
    Share(lambda t: t["first"].notnull()),
)
FIRST_REPLY = Metric(
    "first_reply",
    "首次响应时长",
    "从客户第一句话到人工第一次回复，合计 ÷ 有回复的会话。",
    SECONDS,
    Direction.LOWER,
    Source.CHATS,
    Mean(lambda t: t["first"]),
)
MEAN_REPLY = Metric(
    "mean_reply",
    "平均响应时长",
    "各会话平均每次回复的时间，合计 ÷ 有这个时间的会话；导出没有每个会话的回复次数，所以每个会话一样重。",
    SECONDS,
    Direction.LOWER,
    Source.CHATS,
    Mean(lambda t: t["mean"]),
)
SALES = Metric(
    "sales",
    "支付金额",
    "本期下单并且付了款的订单金额合计，退款不扣。",
    YUAN,
    Direction.HIGHER,
    Source.ORDERS,
    Sum(lambda t: t.paid.notnull().ifelse(t.cents, None)),
)
PAID_ORDERS = Metric(
    "paid_orders",
    "付款订单数",
    "本期下单并且付了款的订单。",
    PIECES,
    Direction.HIGHER,
    Source.ORDERS,
    Count(lambda t: t.paid.notnull()),
)
BUYERS = Metric(
    "buyers",
    "支付买家数",
    "付了款的不同客户。",
    PEOPLE,
    Direction.HIGHER,
    Source.ORDERS,
    Different(lambda t: t.paid.notnull().ifelse(t.customer, None)),
)
EACH_BUYER = Metric(
    "each_buyer",
    "客单价",
    "支付金额 ÷ 支付买家数；没有客户编号的订单都不算。",
    YUAN,
    Direction.HIGHER,
    Source.ORDERS,
    Each(
        lambda t: (t.paid.notnull() & t.customer.notnull()).ifelse(t.cents, None),
        lambda t: (t.paid.notnull() & t.cents.notnull()).ifelse(t.customer, None),
    ),
)
RETURNED = Metric(
    "returned",
    "退款率",
    "退款的订单 ÷ 付了款并且知道有没有退款的订单。",
    PERCENT,
    Direction.LOWER,
    Source.ORDERS,
    Share(lambda t: t.returned, lambda t: t.paid.notnull() & t.returned.notnull()),
)

ALL = (
    *FUNNEL,
    RECEIVED_SHARE,
    ASKED_SHARE,
    CONVERTED_SOON,
    CONVERTED,
    REPLIED,
    FIRST_REPLY,
    MEAN_REPLY,
    SALES,
    PAID_ORDERS,
    BUYERS,
    EACH_BUYER,
    RETURNED,
)
