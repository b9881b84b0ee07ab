"""What is counted of each session and order is what the metrics count of all."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.analysis.engines import Duck, sql, table
from xladdin.analysis.measuring import measure
from xladdin.analysis.metric import NOTHING
from xladdin.analysis.metrics import opinions, platforms, shop
from xladdin.analysis.reading_lines import lines_of, month_lines
from xladdin.analysis.record_lines import OF_SHOP, View
from xladdin.analysis.service_records import COLUMNS, Source
from xladdin.analysis.shop_line_steps import outcomes, platform_words, with_steps
from xladdin.analysis.shop_lines import STAGES, ChatLine, OrderLine
from xladdin.domain.people import Period

from .engine_tables import CHATS, ORDERS, duck, numbered

OCTOBER = Period("2026-10")


def october(table_: Any) -> Any:
    return table_.month == "2026-10"


def sessions(engine: Duck) -> list[Any]:
    pick = lambda lines: with_steps(Source.CHATS, lines.filter(october(lines)))  # noqa: E731
    return [*lines_of(engine, pick, source=Source.CHATS)]


@settings(max_examples=3, deadline=None)
@given(st.lists(CHATS, min_size=10, max_size=25))
def test_every_session_has_one_stage_and_one_place_with_each_platform(
    rows: list[dict[str, Any]],
) -> None:
    engine = duck({Source.CHATS: numbered(rows)})
    lines = sessions(engine)
    assert {line.stage for line in lines} <= {*STAGES}
    every = measure(engine, (*platforms.ALL, *platforms.SCOPE), where=october)[()]
    for metric in platforms.ALL:
        words = [getattr(line, metric.id) for line in lines]
        assert {*words} <= {*platform_words(metric), None}
        for why, one in platforms.LEFT_OUT[metric.id].items():
            assert words.count(why) == (every[one.id].above or 0)
        good, bad = outcomes(metric)
        assert words.count(good) == (every[metric.id].above or 0)
        assert words.count(good) + words.count(bad) == every[metric.id].basis


def added(lines: list[Any], name: str) -> int:
    return sum(getattr(line, name) or 0 for line in lines)


@settings(max_examples=3, deadline=None)
@given(st.lists(CHATS, min_size=10, max_size=25), st.sampled_from((2, 7, 5000)))
def test_marks_add_up_to_the_funnel_of_all_and_of_everybody(
    rows: list[dict[str, Any]], most: int
) -> None:
    engine = duck({Source.CHATS: numbered(rows)})
    listed = month_lines(engine, OCTOBER, most, OF_SHOP)
    steps = dict(
        zip(shop.FUNNEL, ("consulted", "was_received", "was_asked", "was_paid"), strict=True)
    )
    every = measure(engine, [*shop.FUNNEL, platforms.CHATS], where=october)[()]
    groups = listed.of(View.STAGE)
    assert sum(group.count for group in groups) == every["chats"].basis
    if most == 5000:
        lines = [line for group in groups for line in group.lines]
        for metric, name in steps.items():
            assert added(lines, name) == (every[metric.id].value or 0), metric.id
        by_agent = measure(engine, shop.FUNNEL, ("agent",), where=october)
        for group in listed.of(View.CHATTER):
            for metric, name in steps.items():
                # Of whom nobody knows a customer, nothing is counted.
                known = by_agent.get((group.key,), {}).get(metric.id, NOTHING)
                value = known.value or 0
                assert added([*group.lines], name) == value, (group.key, metric.id)
    for group in groups:
        assert group.lines
        assert all(isinstance(line, ChatLine) for line in group.lines)
        assert len(group.lines) == group.count or len(group.lines) < group.count


@settings(max_examples=3, deadline=None)
@given(st.lists(ORDERS, min_size=10, max_size=25))
def test_orders_add_up_to_what_was_paid_and_by_how_many(rows: list[dict[str, Any]]) -> None:
    engine = duck({Source.ORDERS: numbered(rows)})
    metrics = (shop.SALES, shop.PAID_ORDERS, shop.BUYERS, opinions.BOUGHT_AGAIN)
    figures = measure(engine, metrics, where=october)[()]
    lines = lines_of(
        engine,
        lambda t: with_steps(Source.ORDERS, t.filter(october(t))),
        source=Source.ORDERS,
    )
    assert all(isinstance(line, OrderLine) for line in lines)
    paid = [line for line in lines if line.paid is not None]
    assert len(paid) == (figures["paid_orders"].above or 0)
    assert added(paid, "cents") == (figures["sales"].value or 0) * 100
    assert added(lines, "buyer") == figures["buyers"].value
    assert added(lines, "again") == (figures["bought_again"].above or 0)


def test_what_was_not_handed_in_is_not_worked_out() -> None:
    for source, lost, gone in (
        (Source.CHATS, "asked", "stage"),
        (Source.CHATS, "clock", "kuaishou_soon"),
        (Source.CHATS, "paid", "was_paid"),
        (Source.ORDERS, "paid", "state"),
        (Source.ORDERS, "customer", "buyer"),
    ):
        whole = with_steps(source, table(source, COLUMNS[source]))
        assert gone in whole.columns
        less = with_steps(source, table(source, set(COLUMNS[source]) - {lost}))
        assert gone not in less.columns
        assert sql(less, "databricks")
