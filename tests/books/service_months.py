"""Months of a team's service: one as it might be, and ones made by chance with much missing."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.analysis.engine_tables import duck
from xladdin.analysis.measuring_month import month_figures
from xladdin.analysis.metric import Count, Metric, Reading, Share
from xladdin.analysis.month_figures import (
    CHANNELS,
    MAIN,
    OF_AGENTS,
    OF_HOURS,
    OF_TYPES,
    AgentFigures,
    Group,
    MonthFigures,
    Readings,
    Team,
)
from xladdin.analysis.service_records import MINUTE, SECOND, Source
from xladdin.company.company import Company
from xladdin.company.company_settings import Setting
from xladdin.company.month_results import months_until
from xladdin.domain.people import Employee, Period

OCTOBER = Period("2026-10")
TYPES = ("物流", "产品", "订单", "售后", "支付", "其他")
WORDS = ("物流太慢", "发货慢", "态度很好", "回复快", "尺寸不对", "客服耐心", "包装破损", "希望加急")
HOUR_WEIGHTS = (1, 0, 0, 0, 0, 1, 2, 4, 8, 16, 18, 14, 9, 11, 15, 14, 12, 9, 8, 12, 20, 16, 8, 3)
NAMES = ("陆雨桐", "方嘉禾", "何思琪", "宋知遥", "林晚晴", "周沐阳", "许星河", "叶知秋")


def company() -> Company:
    """Eight agents; one came this month, one left."""
    people = [
        Employee(
            id=f"QC{i:03d}",
            name=name,
            department="网络销售部",
            position="网销客服",
            joined=dt.date(2026, 10, 12) if i == 8 else dt.date(2025, 3, 1),
            left=dt.date(2026, 10, 20) if i == 7 else None,
        )
        for i, name in enumerate(NAMES, start=1)
    ]
    return Company(tuple(people), settings=(Setting("公司名称", "晴川数码旗舰店"),))


def _request(chance: random.Random, period: Period, i: int) -> dict[str, Any]:
    last = calendar.monthrange(period.year, period.month)[1]
    day = dt.date(period.year, period.month, 1 + i % last)
    kind = chance.choices(range(6), (32, 25, 18, 14, 6, 5))[0]
    hour = chance.choices(range(24), HOUR_WEIGHTS)[0]
    agent = chance.randrange(8)
    slow = 1.6 if hour in (20, 21) else 1.0
    reply = int(chance.lognormvariate(3.6, 0.6) * slow * (1 + 0.12 * agent) * SECOND)
    open_ = chance.random() < 0.08
    rated = chance.random() < 0.5
    return {
        "id": f"{period}-{i}",
        "channel": chance.choices(CHANNELS, (60, 25, 5, 10))[0],
        "type": TYPES[kind],
        "agent": NAMES[agent],
        "month": str(period),
        "day": (day - dt.date(1970, 1, 1)).days,
        "weekday": day.isoweekday(),
        "hour": hour,
        "wait": int(reply * 0.6),
        "reply": reply,
        "solve": None if open_ else int(chance.lognormvariate(3, 0.9) * (1 + kind / 3) * MINUTE),
        "open": open_,
        "reopened": int(chance.random() < 0.06),
        "contacts": 1 if chance.random() < 0.8 else 2,
        "score": chance.choice((300, 400, 500, 500, 500)) if rated else None,
        "satisfaction": chance.choices(("满意", "一般", "不满意"), (86, 9, 5))[0]
        if rated
        else None,
        "complaint": chance.random() < 0.012,
        "suggestion": chance.random() < 0.01,
        "words": chance.choice(WORDS) if chance.random() < 0.1 else None,
        "file": 0,
        "line": i + 2,
    }


def plausible_rows(each: int = 250, months: int = 13) -> list[Mapping[str, Any]]:
    """Requests of so many months, growing slowly."""
    chance, rows = random.Random(7), []
    for n, period in enumerate(months_until(OCTOBER, months)):
        count = each + 6 * n + chance.randrange(each // 5)
        rows += [_request(chance, period, i) for i in range(count)]
    return rows


def plausible(rows: Sequence[Mapping[str, Any]] | None = None) -> MonthFigures:
    """The report's figures of a month as it might be, with targets."""
    engine = duck({Source.REQUESTS: plausible_rows() if rows is None else rows})
    targets = {
        "reply_mean": Decimal(60),
        "satisfied": Decimal("0.85"),
        "solved": Decimal("0.9"),
        "complaints": Decimal(3),
    }
    return replace(month_figures(engine, company(), OCTOBER), targets=targets)


# By chance.


def _reading(chance: random.Random, metric: Metric, most: int) -> Reading:
    if chance.random() < 0.15:
        return Reading(None, 0)
    basis = chance.choice((1, 2, 29, 30, chance.randint(1, most)))
    if isinstance(metric.figure, Count):
        value = chance.choice((0, 1, chance.randint(0, most)))
        return Reading(Decimal(value), max(basis, value), value)
    if isinstance(metric.figure, Share):
        above = chance.randint(0, basis)
        return Reading(metric.scale.shown(Decimal(above) / basis), basis, above)
    low, high = (100, 500) if metric.scale.name == "分" else (0, 90 * metric.scale.per)
    return Reading(metric.scale.shown(Decimal(chance.randint(low, high))), basis)


def _readings(chance: random.Random, metrics: Sequence[Metric], most: int) -> dict[str, Reading]:
    return {metric.id: _reading(chance, metric, most) for metric in metrics}


def _counted(chance: random.Random, metrics: Sequence[Metric], most: int) -> Readings:
    count = chance.choice((0, 1, chance.randint(0, most)))
    return _readings(chance, metrics, most) | {"requests": Reading(Decimal(count), count)}


def random_figures(chance: random.Random) -> MonthFigures:
    """A month of which anything may be missing, or be small, or 0."""
    most = chance.choice((3, 50, 2000))
    months = months_until(OCTOBER, 13)
    known = months[chance.choice((0, 0, 5, 11, 12, 13)) :]
    last = OCTOBER.last_day if chance.random() < 0.7 else dt.date(2026, 10, chance.randint(1, 30))
    first = dt.date(2025, 9, 1) if len(known) == 13 else (known[0].first_day if known else None)
    people = [
        AgentFigures(
            chance.choice((*NAMES, f"客服{i}")),
            None,
            _counted(chance, OF_AGENTS, most),
            {way: chance.randint(0, 50) for way in CHANNELS} if chance.random() < 0.8 else {},
        )
        for i in range(chance.choice((0, 1, 2, 3, 8)))
    ]
    size = chance.choice((None, 0, 1, 8))
    hours = {
        (day, hour): _counted(chance, OF_HOURS, most)
        for day in range(1, 8)
        for hour in range(24)
        if chance.random() < 0.4
    }
    return MonthFigures(
        chance.choice(("", "青禾")),
        OCTOBER,
        {month: _counted(chance, MAIN, most) for month in known},
        tuple(
            Group(f"类{i}", _counted(chance, OF_TYPES, most), _counted(chance, OF_TYPES, most))
            for i in range(chance.choice((0, 1, 2, 6, 9, 23)))
        ),
        {way: tuple(chance.choice((None, 0, 7)) for _ in range(3)) for way in CHANNELS},  # type: ignore[misc]
        tuple(people),
        Team(size, size, None, ("新人",) if size else (), ()),
        hours if chance.random() < 0.8 else {},
        {hour: _counted(chance, OF_HOURS, most) for hour in range(24) if chance.random() < 0.7},
        (("物流", 3),) if chance.random() < 0.5 else (),
        {"satisfied": Decimal("0.85"), "reply_mean": Decimal(40)} if chance.random() < 0.5 else {},
        dict.fromkeys(known, 30),
        first,
        last if known else None,
    )
