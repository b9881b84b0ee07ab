"""Lines that somebody asks for are those that plain Python finds, and those that a figure is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.analysis.engines import Duck
from xladdin.analysis.line_conditions import METRICS, NAMES, Asked, conditions
from xladdin.analysis.measuring import measure
from xladdin.analysis.metric import Condition, Count, Each, Share
from xladdin.analysis.metrics import shop
from xladdin.analysis.reading_lines import count_lines, lines_of
from xladdin.analysis.service_records import Source
from xladdin.domain.people import Period

from .engine_tables import CHATS, ORDERS, REQUESTS, duck, numbered

OCTOBER = Period("2026-10")
PLAIN: Mapping[str, Callable[[Any], bool]] = {
    "类型=订单": lambda row: row["type"] == "订单",
    "类型=没有分类": lambda row: row["type"] is None,
    "客服=C002": lambda row: row["agent"] == "C002",
    "星期=三": lambda row: row["weekday"] == 3,
    "钟点=9点": lambda row: row["hour"] == 9,
    "评价=满意": lambda row: row["satisfaction"] == "满意",
    "评价=没有": lambda row: row["satisfaction"] is None,
    "投诉=是": lambda row: row["complaint"] is True,
    "建议=否": lambda row: row["suggestion"] is False,
    "未解决=是": lambda row: row["open"] is True,
}


def asked(*typed: str) -> Any:
    found, problems = conditions(OCTOBER, typed, lambda source, name: [])
    assert problems == []
    return found


def count(engine: Duck, of: Asked, more: Condition | None = None) -> int:
    def pick(table: Any) -> Any:
        lines = of.lines(table)
        return lines if more is None else lines.filter(more(lines))

    return count_lines(engine, pick, of.source)


@settings(max_examples=10, deadline=None)
@given(st.lists(REQUESTS, min_size=5, max_size=25), st.sets(st.sampled_from([*PLAIN]), max_size=3))
def test_lines_are_those_that_plain_python_finds(
    rows: list[dict[str, Any]], typed: set[str]
) -> None:
    rows = [row | {"file": 0, "line": n} for n, row in enumerate(rows)]
    engine = duck({Source.REQUESTS: rows})
    names: dict[str, list[str]] = {}
    for text in typed:
        names.setdefault(text.partition("=")[0], []).append(text)
    expected = [
        row["line"]
        for row in rows
        if row["month"] == "2026-10"
        and all(any(PLAIN[text](row) for text in texts) for texts in names.values())
    ]
    assert [line.line for line in lines_of(engine, asked(*typed).lines)] == expected


LINES = {
    Source.REQUESTS: st.lists(REQUESTS, min_size=10, max_size=25),
    Source.CHATS: st.lists(CHATS, min_size=10, max_size=25),
    Source.ORDERS: st.lists(ORDERS, min_size=10, max_size=25),
}


@settings(max_examples=1, deadline=None)
@given(st.fixed_dictionaries(LINES))
def test_every_figure_has_as_many_lines_or_people_as_it_says(
    rows: dict[Source, list[dict[str, Any]]],
) -> None:
    engine = duck({source: numbered(some) for source, some in rows.items()})
    figures = measure(
        engine,
        [*METRICS.values()],
        (),
        where=lambda t: t.month == "2026-10",
        service_days=lambda _: 1,
    )[()]
    for name, metric in METRICS.items():
        of, reading = asked(f"指标={name}"), figures[metric.id]
        assert of.source is metric.source
        if isinstance(metric.figure, Each):
            continue  # yuan of all lines over people of whom one line says what was paid
        found = count(engine, of, of.people)
        if isinstance(metric.figure, Count) and metric.figure.where is not None:
            assert found == (reading.above or 0), name
        else:
            assert found == reading.basis, name
        assert of.is_share == isinstance(metric.figure, Share)
        if of.is_share:
            above = count_lines(engine, of.counting, of.source)
            assert above == reading.above or of.people is not None, name
            if of.people is not None:
                people = count_lines(
                    engine, lambda t, of=of: of.counting(t).filter(of.people), of.source
                )
                assert people == reading.above, name


@settings(max_examples=1, deadline=None)
@given(st.lists(CHATS, min_size=10, max_size=25))
def test_an_agents_customers_are_counted_among_the_agents_own_sessions(
    rows: list[dict[str, Any]],
) -> None:
    engine = duck({Source.CHATS: numbered(rows)})
    figures = measure(engine, shop.FUNNEL, ("agent",), where=lambda t: t.month == "2026-10")
    for (agent,), readings in figures.items():
        for metric in shop.FUNNEL:
            of = asked(f"指标={metric.name}", f"客服={agent or '没有'}")
            value = readings[metric.id].value
            assert count(engine, of, of.people) == value, (agent, metric.id)


def test_conditions_are_said_in_words() -> None:
    found = asked("类型=订单", "类型＝支付", "星期=周一", "评价=没有", "指标=满意率")
    assert found.words.startswith(
        "2026年10月提出；问题类型是“订单” 或 “支付”；星期是“周一”；评价是没有写；算进“满意率”的（"
    )
    assert found.texts == (("问题类型", "type", ("订单", "支付")),)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("类型", "条件「类型」看不懂"),
        ("类型=", "名称可以是：类型、客服"),
        ("年龄=3", "条件「年龄=3」看不懂"),
        ("星期=八", "星期可以写：周一"),
        ("钟点=24", "0 至 23"),
        ("日期=10月5日", "2026-10-05"),
        ("投诉=有", "投诉可以写：是、否"),
        ("指标=满意", "没有指标「满意」"),
        ("数据=工单", "数据只能写一样，可以写：服务请求、会话、订单"),
        ("环节=付款", "环节可以写：付款（T+1）"),
        ("京东应答=好", "京东应答可以写：达到、没达到、时段以外"),
    ],
)
def test_what_is_no_condition_is_told(typed: str, told: str) -> None:
    found, (problem,) = conditions(OCTOBER, [typed], lambda source, name: [])
    assert found is None
    assert told in problem.message


def test_all_that_is_wrong_is_told_at_once() -> None:
    _, problems = conditions(
        OCTOBER, ["甲=1", "星期=八", "指标=满意率", "指标=解决率"], lambda source, name: []
    )
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["数据=会话", "指标=满意率"], "指标「满意率」算的是服务请求，不是会话"),
        (["指标=支付金额", "类型=订单"], "订单没有条件「类型」，可以写：客服、日期"),
        (["环节=没有付款", "类型=订单"], "服务请求没有条件「环节」"),
    ],
)
def test_what_one_table_does_not_know_is_told(typed: list[str], told: str) -> None:
    found, (problem,) = conditions(OCTOBER, typed, lambda source, name: [])
    assert found is None
    assert told in problem.message


def test_the_table_is_the_one_that_knows_what_is_asked() -> None:
    assert asked("环节=没有付款").source is Source.CHATS
    assert asked("退款=是").source is Source.ORDERS
    assert asked("指标=客单价", "客服=C001").source is Source.ORDERS
    assert asked("客服=C001").source is Source.REQUESTS
    assert asked("数据=会话", "客服=C001").words == "2026年10月开始；客服是“C001”"


def test_a_person_is_found_by_whatever_the_records_call_them() -> None:
    rows = [{"month": "2026-10", "agent": name} for name in ("QC1", "小雨", "QC2")]
    found, _ = conditions(OCTOBER, ["客服=陆雨桐"], lambda source, name: ["QC1", "小雨"])
    assert found is not None
    assert count_lines(duck({Source.REQUESTS: rows}), found.lines) == 2
    assert set(NAMES) >= {"类型", "客服"}
