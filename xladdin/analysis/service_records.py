"""The tables that metrics are worked out from, after intake has made sense of what came in.

Times are whole microseconds since 1970 on the company's own clock, durations whole microseconds: whole
numbers are divided, compared and added up alike by every engine, timestamps with zones and fractions are
not.  What was missing, unreadable or impossible (answered before asked) is null; the sheet 数据质量 says
what and where.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

TEXT, WHOLE, TRUTH = "string", "int64", "boolean"

WHEN: Mapping[str, str] = {
    "month": TEXT,  # 2026-10
    "day": WHOLE,  # days since 1970-01-01
    "weekday": WHOLE,  # 1 for Monday to 7
    "hour": WHOLE,  # 0 to 23
}
"""When something happened, beside its time: a month is no arithmetic, and all four are grouped by."""

ORIGIN: Mapping[str, str] = {"file": WHOLE, "line": WHOLE}
"""Where a line came from: which of the files handed in (from 0), and the line that its reader counts."""

REQUESTS: Mapping[str, str] = {
    "id": TEXT,
    "channel": TEXT,  # 在线, 电话, 邮件, 工单
    "type": TEXT,  # 产品, 订单, 支付, 售后
    "agent": TEXT,
    "customer": TEXT,
    "opened": WHOLE,
    **WHEN,
    "wait": WHOLE,  # from asking until somebody took it on
    "reply": WHOLE,  # from asking to the first answer by a person
    "solve": WHOLE,  # from asking until it was solved; null while it is open
    "open": TRUTH,
    "reopened": WHOLE,  # how often
    "contacts": WHOLE,  # how often the customer had to turn to somebody
    "score": WHOLE,  # hundredths of a star, 100 to 500
    "satisfaction": TEXT,  # 满意, 一般, 不满意
    "complaint": TRUTH,
    "suggestion": TRUTH,
    "words": TEXT,  # the customer's
    **ORIGIN,
}
"""服务请求: one line per request of a customer, whatever way it came."""

CHATS: Mapping[str, str] = {
    "id": TEXT,
    "agent": TEXT,
    "customer": TEXT,
    "started": WHOLE,
    **WHEN,
    "clock": WHOLE,  # microseconds since midnight at which it started
    "first": WHOLE,  # from the customer's first message to the first answer by a person
    "mean": WHOLE,  # mean of all answers
    "person": TRUTH,  # whether a person was asked for or answered
    "message": TRUTH,  # 留言: left while nobody was there
    "asked": TRUTH,  # 询单: about buying something
    "ordered": WHOLE,  # from the start until the customer ordered, null if not
    "paid": WHOLE,  # from the start until the customer paid
    "score": WHOLE,
    **ORIGIN,
}
"""会话: one line per conversation in a shop's chat."""

ORDERS: Mapping[str, str] = {
    "id": TEXT,
    "customer": TEXT,
    "agent": TEXT,
    "ordered": WHOLE,
    **WHEN,
    "paid": WHOLE,  # when, null if not
    "cents": WHOLE,  # what was paid
    "returned": TRUTH,
    **ORIGIN,
}
"""订单: one line per order."""


class Source(StrEnum):
    """The tables by their names in an engine."""

    REQUESTS = "requests"
    CHATS = "chats"
    ORDERS = "orders"


COLUMNS: Mapping[Source, Mapping[str, str]] = {
    Source.REQUESTS: REQUESTS,
    Source.CHATS: CHATS,
    Source.ORDERS: ORDERS,
}
TABLE_LABELS = {Source.REQUESTS: "服务请求", Source.CHATS: "会话", Source.ORDERS: "订单"}
