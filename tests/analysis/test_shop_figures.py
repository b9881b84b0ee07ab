"""A shop's figures out of three tables: each with days of its own, missing where nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from xladdin.analysis.engines import ALL
from xladdin.analysis.measuring_shop import shop_figures
from xladdin.analysis.metric import NOTHING
from xladdin.analysis.metrics import opinions, platforms, shop, workload
from xladdin.analysis.month_figures import UNKNOWN_AGENT
from xladdin.analysis.service_records import DAY, HOUR, MINUTE, SECOND, Source
from xladdin.analysis.shop_figures import SHOP_MAIN, ShopFigures, final_on
from xladdin.company.company import Company
from xladdin.domain.people import Employee, Period

from .engine_tables import duck

OCTOBER = Period("2026-10")
EPOCH = dt.date(1970, 1, 1)
COMPANY = Company(
    (Employee(id="QC1", name="陆雨桐", department="客服部", position="客服", nickname="小雨"),)
)
Row = dict[str, Any]


def on(day: str, **said: Any) -> Row:
    """A line of a day."""
    date = dt.date.fromisoformat(day)
    when = {
        "month": day[:7],
        "day": (date - EPOCH).days,
        "weekday": date.isoweekday(),
        "hour": 9,
        "file": 0,
        "line": 2,
    }
    return when | said


def chat(day: str, customer: str | None, **said: Any) -> Row:
    clock = said.pop("clock", 9 * HOUR)
    started = (dt.date.fromisoformat(day) - EPOCH).days * DAY + (clock or 0)
    told = {"customer": customer, "clock": clock, "started": started, "person": True}
    usual = {"message": False, "first": 20 * SECOND, "mean": 20 * SECOND, "asked": True}
    return on(day, **(told | usual | said))


def figures(
    requests: Sequence[Row] = (),
    chats: Sequence[Row] = (),
    orders: Sequence[Row] = (),
    have: Mapping[Source, Any] | None = None,
) -> ShopFigures:
    rows = {Source.REQUESTS: requests, Source.CHATS: chats, Source.ORDERS: orders}
    known = have or {source: ALL[source] for source, lines in rows.items() if lines}
    return shop_figures(duck(rows, known), COMPANY, OCTOBER)


def test_without_records_nothing_is_known_and_nothing_is_0() -> None:
    found = figures()
    assert (found.main, found.agents, found.scope, found.recorded_until) == ({}, (), {}, None)
    assert [one.lines for one in found.tables] == [0, 0, 0]
    assert all(found.reading(metric, OCTOBER) == NOTHING for metric in SHOP_MAIN)


def test_chats_alone_leave_requests_and_orders_missing() -> None:
    found = figures(chats=[chat("2026-10-01", "甲"), chat("2026-10-31", "乙", first=None)])
    assert found.reading(platforms.CHATS, OCTOBER).value == 2
    assert found.reading(shop.RECEIVED, OCTOBER).value == 1
    assert found.reading(workload.REQUESTS, OCTOBER) == NOTHING
    assert found.reading(shop.SALES, OCTOBER) == NOTHING


def test_a_month_between_others_in_which_nobody_wrote_is_0_and_not_missing() -> None:
    found = figures(chats=[chat("2026-08-01", "甲"), chat("2026-10-31", "乙")])
    counts = [found.reading(platforms.CHATS, month).value for month in found.months[-4:]]
    assert counts == [None, 1, 0, 1]


def test_each_table_has_days_of_its_own() -> None:
    found = figures(
        chats=[chat("2026-10-01", "甲"), chat("2026-10-31", "乙")],
        orders=[
            on("2026-10-01", customer="甲", paid=1, cents=1),
            on("2026-10-20", customer="乙", paid=1, cents=1),
        ],
    )
    assert found.part(OCTOBER, Source.CHATS) == ""
    assert found.part(OCTOBER, Source.ORDERS) == "10月1日至10月20日"
    assert found.part(OCTOBER) == ""


def test_records_reach_as_far_as_the_last_payment() -> None:
    late = chat("2026-10-31", "甲", paid=2 * DAY)
    assert figures(chats=[late]).recorded_until == dt.date(2026, 11, 2)
    assert figures(chats=[chat("2026-10-31", "甲")]).recorded_until == dt.date(2026, 10, 31)
    paid = (dt.date(2026, 11, 3) - EPOCH).days * DAY
    order = on("2026-10-30", customer="甲", paid=paid, cents=1)
    assert figures(orders=[order]).recorded_until == dt.date(2026, 11, 3)


@pytest.mark.parametrize(("days", "paid"), [(4, 1), (5, 0)])
def test_a_payment_counts_until_the_month_is_final(days: int, paid: int) -> None:
    late = chat("2026-10-31", "甲", clock=23 * HOUR, paid=days * DAY)
    found = figures(chats=[late])
    assert found.reading(shop.PAID, OCTOBER).value == paid
    until = found.recorded_until
    assert until is not None
    assert (until <= final_on(OCTOBER)) == bool(paid)


def test_people_of_three_tables_are_one_line_each() -> None:
    found = figures(
        requests=[on("2026-10-05", agent="QC1", score=500, open=False)],
        chats=[chat("2026-10-05", "甲", agent="QC1"), chat("2026-10-05", "乙", agent=None)],
        orders=[on("2026-10-05", agent="QC1", customer="甲", paid=1, cents=990)],
    )
    own, nobody = found.agents
    assert (own.name, nobody.name) == ("陆雨桐", UNKNOWN_AGENT)
    assert own.now[shop.RECEIVED.id].value == 1
    assert own.now[shop.SALES.id].value == Decimal("9.90")
    assert own.now[opinions.SCORE.id].value == 5
    assert nobody.now[platforms.CHATS.id].value == 1


def test_a_table_without_agents_does_not_hide_those_of_another() -> None:
    have = {
        Source.CHATS: ALL[Source.CHATS],
        Source.ORDERS: {"month", "day", "paid", "cents", "customer"},
    }
    found = figures(
        chats=[chat("2026-10-05", "甲", agent="小雨")],
        orders=[on("2026-10-05", customer="甲", paid=1, cents=990)],
        have=have,
    )
    (one,) = found.agents
    assert one.name == "陆雨桐"
    assert shop.SALES.id not in one.now or one.now[shop.SALES.id] == NOTHING


def test_what_platforms_leave_out_makes_up_the_rest_of_the_sessions() -> None:
    found = figures(
        chats=[
            chat("2026-10-05", "甲"),
            chat("2026-10-05", "甲", first=4 * MINUTE),
            chat("2026-10-05", "乙", clock=3 * HOUR),
            chat("2026-10-05", "丙", person=False, first=None),
            chat("2026-10-05", None),
            chat("2026-10-05", "丁", message=True, first=None),
            chat("2026-10-05", "戊", clock=None),
        ]
    )
    whole = found.reading(platforms.CHATS, OCTOBER).basis
    for metric in platforms.ALL:
        out = [found.left_out(one) for one in platforms.LEFT_OUT[metric.id].values()]
        counted = found.reading(metric, OCTOBER).basis
        rest = whole - counted - sum(one or 0 for one in out)
        assert rest == (1 if metric is platforms.KUAISHOU_SOON else 0), metric.id
