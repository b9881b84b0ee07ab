"""What customers thought of it: stars, three classes, complaints, suggestions, and who bought again."""

from __future__ import annotations

from collections.abc import Sequence

from ..metric import (
    PERCENT,
    PIECES,
    STARS,
    Count,
    Direction,
    Mean,
    Metric,
    Share,
    Table,
)
from ..service_records import Source

SATISFIED, MIDDLING, DISSATISFIED = CLASSES = ("满意", "一般", "不满意")

SCORE = Metric(
    "score",
    "满意度评分",
    "1 到 5 星的评分合计 ÷ 评了分的条数；没有评分的不算。",
    STARS,
    Direction.HIGHER,
    Source.REQUESTS,
    Mean(lambda t: t.score),
)
ANSWERED = Metric(
    "answered",
    "参评率",
    "评了分或者选了满意程度的请求 ÷ 本期全部请求。",
    PERCENT,
    Direction.HIGHER,
    Source.REQUESTS,
    Share(lambda t: t.satisfaction.notnull()),
)


def _class_share(key: str, name: str, words: str, direction: Direction) -> Metric:
    return Metric(
        key,
        name,
        f"评价为“{words}”的请求 ÷ 有评价的请求；只有评分的，4、5 星算满意，3 星算一般，1、2 星算不满意。",
        PERCENT,
        direction,
        Source.REQUESTS,
        Share(lambda t: t.satisfaction == words, lambda t: t.satisfaction.notnull()),
    )


SATISFIED_SHARE = _class_share("satisfied", "满意率", SATISFIED, Direction.HIGHER)
MIDDLING_SHARE = _class_share("middling", "一般占比", MIDDLING, Direction.NEITHER)
DISSATISFIED_SHARE = _class_share("dissatisfied", "不满意率", DISSATISFIED, Direction.LOWER)

COMPLAINTS = Metric(
    "complaints",
    "投诉数",
    "本期的投诉，一个请求最多算一次。",
    PIECES,
    Direction.LOWER,
    Source.REQUESTS,
    Count(lambda t: t.complaint),
)
COMPLAINT_SHARE = Metric(
    "complaint_share",
    "投诉比例",
    "投诉数 ÷ 知道是不是投诉的请求。",
    PERCENT,
    Direction.LOWER,
    Source.REQUESTS,
    Share(lambda t: t.complaint, lambda t: t.complaint.notnull()),
)
SUGGESTIONS = Metric(
    "suggestions",
    "建议数",
    "本期的建议，一个请求最多算一次。",
    PIECES,
    Direction.NEITHER,
    Source.REQUESTS,
    Count(lambda t: t.suggestion),
)
WORDS = Metric(
    "words",
    "服务评价条数",
    "客户写了文字的评价。",
    PIECES,
    Direction.NEITHER,
    Source.REQUESTS,
    Count(lambda t: t.words.notnull()),
)


def _customers(orders: Table, by: Sequence[str]) -> Table:
    """A line per customer of a group, and how many orders each paid."""
    paid = orders.filter(orders.paid.notnull() & orders.customer.notnull())
    return paid.group_by([*by, "customer"]).aggregate(paid_orders=paid.count())


BOUGHT_AGAIN = Metric(
    "bought_again",
    "重复购买率",
    "本期付过两单或更多的客户 ÷ 本期付过款的客户；没有客户编号的订单不算。",
    PERCENT,
    Direction.HIGHER,
    Source.ORDERS,
    Share(lambda t: t.paid_orders >= 2),
    _customers,
)

ALL = (
    SCORE,
    ANSWERED,
    SATISFIED_SHARE,
    MIDDLING_SHARE,
    DISSATISFIED_SHARE,
    COMPLAINTS,
    COMPLAINT_SHARE,
    SUGGESTIONS,
    WORDS,
    BOUGHT_AGAIN,
)
