"""How much came in, and how long it took: requests of customers, whatever way they came."""

from __future__ import annotations

from typing import Any

from ..metric import (
    MINUTES,
    PER_DAY,
    PERCENT,
    PIECES,
    SECONDS,
    Count,
    Direction,
    Mean,
    Metric,
    Percentile,
    PerDay,
    Scale,
    Share,
    Table,
)
from ..service_records import Source

MEDIAN, NINETY = "0.5", "0.9"

REQUESTS = Metric(
    "requests",
    "服务请求数量",
    "本期提出的服务请求，一个编号算一条；重复的行不算，同一编号有多行的取最后一行。",
    PIECES,
    Direction.NEITHER,
    Source.REQUESTS,
    Count(),
)
REQUESTS_A_DAY = Metric(
    "requests_a_day",
    "平均每天服务请求数量",
    "服务请求数量 ÷ 本期的服务天数；哪些天算服务日见“服务日”。",
    PER_DAY,
    Direction.NEITHER,
    Source.REQUESTS,
    PerDay(),
)
OPEN = Metric(
    "open",
    "未解决数",
    "本期提出、到数据截止时还没有解决时间的请求；不算进解决时间。",
    PIECES,
    Direction.LOWER,
    Source.REQUESTS,
    Count(lambda t: t.open),
)


def _time(key: str, name: str, meaning: str, scale: Scale) -> tuple[Metric, ...]:
    """Mean, median and P90 of a duration: a mean by itself hides the few who waited long."""

    def of(t: Table) -> Any:
        return t[key]

    kinds = (
        ("mean", "平均", "有这个时间的请求的合计 ÷ 条数", Mean(of)),
        ("median", "中位数", "一半的请求不超过它", Percentile(of, MEDIAN)),
        ("p90", "P90", "九成的请求不超过它", Percentile(of, NINETY)),
    )
    return tuple(
        Metric(
            f"{key}_{kind}",
            f"{name}（{label}）",
            f"{meaning}；{how}。没有、读不懂或者早于提出的时间不算，见数据质量。",
            scale,
            Direction.LOWER,
            Source.REQUESTS,
            figure,
        )
        for kind, label, how, figure in kinds
    )


REPLY = _time("reply", "客服响应时间", "从提出到人工第一次回复", SECONDS)
WAIT = _time("wait", "客户等待时间", "从提出到有人接入、接起或者受理", SECONDS)
SOLVE = _time("solve", "服务请求解决时间", "从提出到解决", MINUTES)


def within(key: str, name: str, target: int, target_in_words: str) -> Metric:
    """达标率: the share within a target of so many microseconds, out of those with a time."""
    return Metric(
        f"{key}_within",
        f"{name}达标率",
        f"{name}不超过{target_in_words}的请求 ÷ 有{name}的请求。",
        PERCENT,
        Direction.HIGHER,
        Source.REQUESTS,
        Share(lambda t: t[key] <= target, lambda t: t[key].notnull()),
    )


SOLVED = Metric(
    "solved",
    "解决率",
    "已经解决的请求 ÷ 本期提出的全部请求。",
    PERCENT,
    Direction.HIGHER,
    Source.REQUESTS,
    Share(lambda t: ~t.open, lambda t: t.open.notnull()),
)
SOLVED_AT_ONCE = Metric(
    "solved_at_once",
    "一次解决率",
    "客户只找过一次、没有重开就解决的请求 ÷ 已经解决并且知道客户找过几次的请求。",
    PERCENT,
    Direction.HIGHER,
    Source.REQUESTS,
    Share(
        lambda t: (t.contacts <= 1) & (t.reopened == 0),
        lambda t: ~t.open & t.contacts.notnull() & t.reopened.notnull(),
    ),
)
REOPENED = Metric(
    "reopened",
    "重开率",
    "解决后又重开过的请求 ÷ 知道有没有重开的请求。",
    PERCENT,
    Direction.LOWER,
    Source.REQUESTS,
    Share(lambda t: t.reopened > 0, lambda t: t.reopened.notnull()),
)

ALL = (REQUESTS, REQUESTS_A_DAY, OPEN, *REPLY, *WAIT, *SOLVE, SOLVED, SOLVED_AT_ONCE, REOPENED)
