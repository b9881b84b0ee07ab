"""Rows of service records made by chance, and DuckDB tables that hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

import duckdb
from hypothesis import strategies as st

from xladdin.analysis.engines import ALL, Duck, Have
from xladdin.analysis.service_records import COLUMNS, DAY, HOUR, MINUTE, Source

AT_ONCE = 500
TYPES = {"string": "VARCHAR", "int64": "BIGINT", "boolean": "BOOLEAN"}

MONTHS = st.sampled_from(("2026-09", "2026-10"))
PEOPLE = st.sampled_from(("C001", "C002", "C003")) | st.none()
DURATIONS = st.none() | st.integers(0, 3) | st.integers(0, 40 * DAY)
TRUTHS = st.none() | st.booleans()

REQUESTS = st.fixed_dictionaries(
    {
        "month": MONTHS,
        "agent": PEOPLE,
        "type": st.sampled_from(("产品", "订单")) | st.none(),
        "weekday": st.integers(1, 7),
        "hour": st.integers(0, 23),
        "wait": DURATIONS,
        "reply": DURATIONS,
        "solve": DURATIONS,
        "open": TRUTHS,
        "reopened": st.none() | st.integers(0, 3),
        "contacts": st.none() | st.integers(0, 3),
        "score": st.none() | st.integers(100, 500),
        "satisfaction": st.none() | st.sampled_from(("满意", "一般", "不满意")),
        "complaint": TRUTHS,
        "suggestion": TRUTHS,
        "words": st.none() | st.just("很好"),
    }
)
CHATS = st.fixed_dictionaries(
    {
        "month": MONTHS,
        "agent": PEOPLE,
        "customer": st.none() | st.sampled_from("甲乙丙"),
        "day": st.integers(1, 3),
        "clock": st.sampled_from([hour * HOUR + off for hour in (0, 8, 9, 23) for off in (0, 1)]),
        "first": st.none() | st.integers(0, 4 * MINUTE),
        "mean": st.none() | st.integers(0, 4 * MINUTE),
        "person": TRUTHS,
        "message": st.booleans(),
        "asked": TRUTHS,
        "paid": st.none() | st.integers(0, 6 * DAY),
    }
)
ORDERS = st.fixed_dictionaries(
    {
        "month": MONTHS,
        "agent": PEOPLE,
        "customer": st.none() | st.sampled_from("甲乙丙丁"),
        "paid": st.none() | st.integers(0, 10**15),
        "cents": st.none() | st.integers(0, 10**9),
        "returned": TRUTHS,
    }
)
ROWS = {
    Source.REQUESTS: st.lists(REQUESTS, max_size=25),
    Source.CHATS: st.lists(CHATS, max_size=25),
    Source.ORDERS: st.lists(ORDERS, max_size=25),
}


def numbered(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a file, the first below its head."""
    return [{**row, "file": 0, "line": number + 2} for number, row in enumerate(rows)]


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for source, columns in COLUMNS.items():
        named = ", ".join(f'"{name}" {TYPES[kind]}' for name, kind in columns.items())
        connection.execute(f"CREATE TABLE {source} ({named})")
    return connection


def connection_with(
    rows: Mapping[Source, Sequence[Mapping[str, Any]]],
) -> duckdb.DuckDBPyConnection:
    """A connection whose tables hold these rows and no others."""
    connection = _connection()
    for source, columns in COLUMNS.items():
        connection.execute(f"TRUNCATE {source}")
        values = [tuple(row.get(name) for name in columns) for row in rows.get(source, ())]
        for first in range(0, len(values), AT_ONCE):
            some = values[first : first + AT_ONCE]
            mark = f"({', '.join('?' * len(columns))})"
            connection.execute(
                f"INSERT INTO {source} VALUES {', '.join([mark] * len(some))}",  # noqa: S608
                list(chain.from_iterable(some)),
            )
    return connection


def duck(rows: Mapping[Source, Sequence[Mapping[str, Any]]], have: Have = ALL) -> Duck:
    """An engine that holds these rows and no others, and says that it knows these columns."""
    return Duck(connection_with(rows), have)
