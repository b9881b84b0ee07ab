"""Every metric comes to what plain Python comes to over the same rows, group by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.analysis.engines import Duck, table
from xladdin.analysis.measuring import measure
from xladdin.analysis.metric import Direction, Metric
from xladdin.analysis.metrics import opinions, platforms, shop, workload
from xladdin.analysis.service_records import SECOND, Source

from .engine_tables import ROWS, duck
from .plain_figures import FIGURES, share

WITHIN = workload.within("reply", "客服响应时间", 30 * SECOND, "30秒")
DECLARED = (
    *workload.ALL,
    *opinions.ALL,
    *platforms.ALL,
    platforms.CHATS,
    *platforms.SCOPE,
    *shop.ALL,
    WITHIN,
)
COMPARED = [metric for metric in DECLARED if metric is not workload.REQUESTS_A_DAY]


def plain(metric: Metric, rows: Sequence[Mapping[str, Any]]) -> Fraction | None:
    """What plain Python comes to, not rounded."""
    if metric is WITHIN:
        replies = [row["reply"] for row in rows]
        return share(None if reply is None else reply <= 30 * SECOND for reply in replies)
    return FIGURES[metric.id](rows)


def near(metric: Metric, shown: Decimal | None, exact: Fraction | None) -> bool:
    """Whether a figure as shown is the exact one, rounded: a microsecond is an engine's to round."""
    if shown is None or exact is None:
        return shown is exact
    places = metric.scale.places + (2 if metric.scale.percent else 0)
    off = abs(Fraction(shown) - exact / metric.scale.per)
    return off <= Fraction(1, 2) / 10**places + Fraction(1, metric.scale.per) * (places > 0)


@pytest.mark.parametrize("by", [(), ("month",), ("month", "agent")], ids=" ".join)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_figure_is_that_of_plain_python(by: tuple[str, ...], data: st.DataObject) -> None:
    rows = {source: data.draw(some) for source, some in ROWS.items()}
    found = measure(duck(rows), COMPARED, by)
    for metric in COMPARED:
        groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
        for row in rows[metric.source]:
            groups[tuple(row[name] for name in by)].append(row)
        for group, some in groups.items():
            shown = found[group][metric.id].value if group in found else None
            expected = plain(metric, some)
            if metric.lines is not None and not expected:
                # Of a group whose lines all fall away nothing is known: no customer is named in it.
                assert not shown, metric.name
                continue
            assert near(metric, shown, expected), metric.name


def test_requests_a_day_are_out_of_the_days_that_somebody_named() -> None:
    rows = {Source.REQUESTS: [{"month": "2026-10"}] * 31}
    by_the_day = measure(duck(rows), [workload.REQUESTS_A_DAY], service_days=lambda group: 20)
    assert by_the_day[()]["requests_a_day"].value == Decimal("1.6")
    assert measure(duck(rows), [workload.REQUESTS_A_DAY])[()]["requests_a_day"].value is None


@pytest.mark.parametrize("metric", DECLARED, ids=lambda metric: metric.id)
def test_a_metric_says_in_one_sentence_what_it_is(metric: Metric) -> None:
    assert metric.definition.endswith("。")
    assert len(metric.definition) > len(metric.name)
    assert metric.direction in Direction


def test_no_two_metrics_are_mistaken_for_each_other() -> None:
    assert len({metric.id for metric in DECLARED}) == len(DECLARED)
    assert len({metric.name for metric in DECLARED}) == len(DECLARED)


def test_a_figure_that_needs_more_memory_than_reading_gets_it() -> None:
    connection = duckdb.connect(config={"memory_limit": "6MB", "temp_directory": ""})
    connection.execute(
        "CREATE TABLE requests AS SELECT hash(i)::VARCHAR AS id FROM range(90000) t(i)"
    )
    engine = Duck(connection, {Source.REQUESTS: ["id"]})
    ids = table(Source.REQUESTS, ["id"]).id
    assert engine.rows(ids.as_table().aggregate(n=ids.nunique())) == [(90000,)]
    with pytest.raises(duckdb.Error):
        duckdb.connect(config={"memory_limit": "6MB", "temp_directory": ""}).execute(
            "SELECT count(DISTINCT hash(i)::VARCHAR) FROM range(90000) t(i)"
        )
