"""Months of a shop: one as it might be, a calm one, and ones made by chance with much missing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from decimal import Decimal

from xladdin.analysis.metric import Count, Different, Metric, PerDay, Reading, Share, Sum
from xladdin.analysis.metrics import platforms, shop
from xladdin.analysis.month_figures import AgentFigures, Readings
from xladdin.analysis.service_records import Source
from xladdin.analysis.shop_figures import OF_SHOP_AGENTS, SHOP_MAIN, ShopFigures, TableRead
from xladdin.company.month_results import months_until
from xladdin.domain.people import Period

OCTOBER = Period("2026-10")
MONTHS = months_until(OCTOBER, 13)
NAMES = ("陆雨桐", "方嘉禾", "何思琪", "宋知遥")
FINAL_DAY = dt.date(2026, 11, 4)
WHOLE = (dt.date(2025, 10, 1), dt.date(2026, 10, 31))
CALM: Mapping[str, object] = {
    "requests": 100, "reply_mean": 40, "reply_median": 30, "reply_p90": 90, "wait_mean": 25,
    "wait_median": 20, "wait_p90": 60, "solve_mean": 20, "solve_median": 15, "solve_p90": 60,
    "score": "4.2", "complaints": 5, "words": 5, "chats": 210, "consulted": 200, "received": 190,
    "asked": 120, "paid": 60, "first_reply": 20, "mean_reply": 30, "sales": 9000, "paid_orders": 60,
    "buyers": 50, "each_buyer": 180,
}  # fmt: skip
SHARES: Mapping[str, tuple[int, int]] = {
    "reply_within": (85, 100), "wait_within": (90, 100), "solve_within": (90, 100), "answered": (50, 100),
    "satisfied": (43, 50), "middling": (5, 50), "dissatisfied": (2, 50), "complaint_share": (5, 100),
    "bought_again": (10, 50), "received_share": (190, 200), "asked_share": (120, 190),
    "converted_soon": (55, 120), "converted": (60, 120), "replied": (200, 210),
    "jingdong_prompt": (170, 200), "jingdong_messages": (10, 210), "kuaishou_soon": (170, 180),
    "feige_soon": (165, 190), "feige_unserved": (5, 190), "taobao_soon": (190, 205), "returned": (3, 60),
}  # fmt: skip
LEFT_OUT = {
    "jingdong_out": 8, "jingdong_message": 2, "kuaishou_out": 5, "kuaishou_robot": 15,
    "kuaishou_nobody": 0, "feige_out": 5, "feige_robot": 15, "taobao_out": 5,
}  # fmt: skip


def calm_readings() -> Readings:
    """The same every month."""
    found = {}
    for metric in SHOP_MAIN:
        if isinstance(metric.figure, PerDay):
            continue
        if isinstance(metric.figure, Share):
            above, out_of = SHARES[metric.id]
            share = metric.scale.shown(Decimal(above) / out_of)
            found[metric.id] = Reading(share, out_of, above)
        else:
            value = Decimal(str(CALM[metric.id]))
            counted = isinstance(metric.figure, Count | Different)
            found[metric.id] = Reading(value, int(value) if counted else 100)
    return found


def calm_agent() -> Readings:
    """One of three who do alike."""
    figures = {
        "requests": 33, "chats": 70, "consulted": 66, "received": 60, "asked": 40, "paid": 20,
        "converted": "0.5", "replied": "0.95", "first_reply": 20, "mean_reply": 30, "score": "4.2",
        "paid_orders": 20, "sales": 3000,
    }  # fmt: skip
    return {metric.id: Reading(Decimal(str(figures[metric.id])), 40) for metric in OF_SHOP_AGENTS}


def calm(until: dt.date = FINAL_DAY) -> ShopFigures:
    """Thirteen months alike, three agents alike, records until a day."""
    return ShopFigures(
        company="青禾",
        period=OCTOBER,
        main={month: calm_readings() for month in MONTHS},
        agents=tuple(AgentFigures(name, None, calm_agent()) for name in ("张", "王", "李")),
        days=dict.fromkeys(MONTHS, 30),
        first=WHOLE[0],
        last=WHOLE[1],
        spans=dict.fromkeys(Source, WHOLE),
        words=(("耐心", 14), ("回复快", 9)),
        scope={key: Reading(Decimal(n), 210, n) for key, n in LEFT_OUT.items()},
        recorded_until=until,
        tables=tuple(TableRead(label, 1000, *WHOLE) for label in ("服务请求", "会话", "订单")),
    )


# By chance.


def _reading(chance: random.Random, metric: Metric, most: int) -> Reading:
    if chance.random() < 0.15:
        return Reading(None, 0)
    basis = chance.choice((1, 2, 29, 30, chance.randint(1, most)))
    if isinstance(metric.figure, Count | Different):
        value = chance.choice((0, 1, chance.randint(0, most)))
        return Reading(Decimal(value), max(basis, value), value)
    if isinstance(metric.figure, Share):
        above = chance.randint(0, basis)
        return Reading(metric.scale.shown(Decimal(above) / basis), basis, above)
    if isinstance(metric.figure, Sum):
        return Reading(metric.scale.shown(Decimal(chance.randint(0, 10**7))), basis)
    low, high = (100, 500) if metric.scale.name == "分" else (0, 90 * metric.scale.per)
    return Reading(metric.scale.shown(Decimal(chance.randint(low, high))), basis)


def _readings(chance: random.Random, metrics: tuple[Metric, ...], most: int) -> Readings:
    found = {metric.id: _reading(chance, metric, most) for metric in metrics}
    if chance.random() < 0.7:
        # As they are measured: every step is of those of the step before.
        left = most
        for step in shop.FUNNEL:
            left = chance.randint(0, left)
            found[step.id] = Reading(Decimal(left), left, left)
    return found


def random_figures(chance: random.Random) -> ShopFigures:
    """A month of which anything may be missing, or be small, or 0, or not fit together."""
    most = chance.choice((3, 50, 2000))
    known = MONTHS[chance.choice((0, 0, 5, 11, 12, 13)) :]
    last = OCTOBER.last_day if chance.random() < 0.7 else dt.date(2026, 10, chance.randint(1, 30))
    first = dt.date(2025, 9, 1) if len(known) == 13 else (known[0].first_day if known else None)
    agents = tuple(
        AgentFigures(
            chance.choice((*NAMES, "没有写客服")), None, _readings(chance, OF_SHOP_AGENTS, most)
        )
        for _ in range(chance.choice((0, 1, 2, 3, 8)))
    )
    return ShopFigures(
        company=chance.choice(("", "青禾")),
        period=OCTOBER,
        main={month: _readings(chance, SHOP_MAIN, most) for month in known},
        agents=agents,
        days=dict.fromkeys(known, 30),
        first=first,
        last=last if known else None,
        spans={Source.CHATS: (first, last)} if first and chance.random() < 0.5 else {},
        words=(("物流", 3),) if chance.random() < 0.5 else (),
        targets={
            "converted": Decimal("0.5"),
            "reply_mean": Decimal(40),
            "feige_soon": Decimal("0.9"),
        }
        if chance.random() < 0.5
        else {},
        scope={one.id: _reading(chance, one, most) for one in platforms.SCOPE},
        recorded_until=chance.choice((None, dt.date(2026, 11, 3), FINAL_DAY)),
        from_chats=chance.random() < 0.3,
    )
