"""Lines that somebody asks for are those that plain Python finds, and those that a figure is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.analysis.line_conditions import METRICS, NAMES, conditions
from xladdin.analysis.measuring import measure
from xladdin.analysis.metric import Count, PerDay, Share
from xladdin.analysis.reading_lines import count_lines, lines_of
from xladdin.analysis.service_records import Source
from xladdin.domain.people import Period

from .engine_tables import REQUESTS, duck

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
    found, problems = conditions(OCTOBER, typed, lambda name: [])
    assert problems == []
    return found


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
    assert [line.line for line in lines_of(engine, asked(*typed).where)] == expected


@settings(max_examples=5, deadline=None)
@given(st.lists(REQUESTS, min_size=10, max_size=25))
def test_every_figure_has_as_many_lines_as_it_says(rows: list[dict[str, Any]]) -> None:
    engine = duck({Source.REQUESTS: rows})
    figures = measure(
        engine,
        [*METRICS.values()],
        (),
        where=lambda t: t.month == "2026-10",
        service_days=lambda _: 1,
    )[()]
    for name, metric in METRICS.items():
        of, reading = asked(f"指标={name}"), figures[metric.id]
        count = count_lines(engine, of.where)
        if isinstance(metric.figure, Count) and metric.figure.where is not None:
            assert count == (reading.above or 0), name
        else:
            assert count == reading.basis, name
        if isinstance(metric.figure, Share):
            assert (
                count_lines(engine, lambda t, of=of: of.where(t) & of.counting(t)) == reading.above
            )
        elif not isinstance(metric.figure, PerDay):
            assert of.counting(None) is None


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
    ],
)
def test_what_is_no_condition_is_told(typed: str, told: str) -> None:
    found, (problem,) = conditions(OCTOBER, [typed], lambda name: [])
    assert found is None
    assert told in problem.message


def test_all_that_is_wrong_is_told_at_once() -> None:
    _, problems = conditions(
        OCTOBER, ["甲=1", "星期=八", "指标=满意率", "指标=解决率"], lambda name: []
    )
    assert len(problems) == 3


def test_a_person_is_found_by_whatever_the_records_call_them() -> None:
    rows = [{"month": "2026-10", "agent": name} for name in ("QC1", "小雨", "QC2")]
    found, _ = conditions(OCTOBER, ["客服=陆雨桐"], lambda name: ["QC1", "小雨"])
    assert found is not None
    assert count_lines(duck({Source.REQUESTS: rows}), found.where) == 2
    assert set(NAMES) >= {"类型", "客服"}
