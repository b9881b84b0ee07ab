"""Spark comes to what DuckDB comes to: the same expressions over the same rows, group by group."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.proof.fixtures import Proofs
from tests.workbench.tools import program
from xladdin.analysis import spark_session
from xladdin.analysis.engines import Duck, Engine
from xladdin.analysis.measuring import measure
from xladdin.analysis.metrics import opinions, platforms, shop, workload
from xladdin.analysis.reading_lines import month_lines
from xladdin.analysis.record_lines import View
from xladdin.analysis.service_records import DAY, HOUR, MINUTE, SECOND, Source
from xladdin.analysis.spark_session import LOCAL, NoSparkError, settings, spark
from xladdin.domain.people import Period

from .engine_tables import connection_with

WITHIN = workload.within("reply", "客服响应时间", 30 * SECOND, "30秒")
METRICS = (
    *workload.ALL,
    *opinions.ALL,
    *platforms.ALL,
    *platforms.SCOPE,
    *shop.ALL,
    WITHIN,
)
GROUPINGS = ((), ("month",), ("month", "agent"))
MANY_GROUPS = (*GROUPINGS, ("weekday", "hour"), ("agent", "day"))
FEW, MANY = 90, 60_000


def some(chance: random.Random, value: Any) -> Any:
    """A value that is missing now and then."""
    return None if chance.random() < 0.15 else value


def shared(chance: random.Random, number: int) -> dict[str, Any]:
    return {
        "id": f"Q{number}",
        "agent": some(chance, f"C{chance.randrange(5)}"),
        "customer": some(chance, f"客{chance.randrange(40)}"),
        "month": f"2026-{chance.randrange(1, 13):02}",
        "day": chance.randrange(20_000, 20_040),
        "weekday": chance.randrange(1, 8),
        "hour": chance.randrange(24),
    }


def request(chance: random.Random, number: int) -> dict[str, Any]:
    """Times to the microsecond, so that no mean is a round number."""
    return shared(chance, number) | {
        "wait": some(chance, chance.randrange(10 * MINUTE)),
        "reply": some(chance, chance.randrange(HOUR)),
        "solve": some(chance, chance.randrange(40 * DAY)),
        "open": some(chance, chance.random() < 0.2),
        "reopened": some(chance, chance.randrange(3)),
        "contacts": some(chance, chance.randrange(4)),
        "score": some(chance, chance.randrange(100, 501)),
        "satisfaction": some(chance, chance.choice(opinions.CLASSES)),
        "complaint": some(chance, chance.random() < 0.1),
        "suggestion": some(chance, chance.random() < 0.1),
        "words": some(chance, "很好"),
    }


def chat(chance: random.Random, number: int) -> dict[str, Any]:
    return shared(chance, number) | {
        "clock": chance.choice((8 * HOUR, 9 * HOUR, 23 * HOUR)) - chance.randrange(2),
        "first": some(chance, chance.randrange(4 * MINUTE)),
        "mean": some(chance, chance.randrange(4 * MINUTE)),
        "person": chance.random() < 0.8,
        "message": chance.random() < 0.1,
        "asked": some(chance, chance.random() < 0.6),
        "paid": some(chance, chance.randrange(6 * DAY)),
    }


def order(chance: random.Random, number: int) -> dict[str, Any]:
    return shared(chance, number) | {
        "paid": some(chance, chance.randrange(10**15)),
        "cents": some(chance, chance.randrange(10**7)),
        "returned": some(chance, chance.random() < 0.1),
    }


MADE = {Source.REQUESTS: request, Source.CHATS: chat, Source.ORDERS: order}


@contextmanager
def both(folder: Path, number: int, seed: int) -> Iterator[tuple[Engine, Engine]]:
    """Both engines over the same rows: those of Spark came out of DuckDB as Parquet."""
    program("java")
    chance = random.Random(seed)
    connection = connection_with(
        {source: [one(chance, at) for at in range(number)] for source, one in MADE.items()}
    )
    files = {source: folder / f"{source}.parquet" for source in MADE}
    for source, path in files.items():
        connection.execute(f"COPY {source} TO '{path}' (FORMAT parquet)")
    with spark("local[1]", files) as other:
        yield Duck(connection), other


def test_spark_comes_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Half the time goes into compiling well what runs once.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    with both(tmp_path, FEW, seed=1) as (duck, other):
        assert measure(other, METRICS, ("month",)) == measure(duck, METRICS, ("month",))


@pytest.mark.proof
def test_spark_comes_to_the_same_over_many(tmp_path: Path, proofs: Proofs) -> None:
    tried = survived = 0
    with both(tmp_path, MANY, seed=2) as (duck, other):
        for by in MANY_GROUPS:
            metrics = [m for m in METRICS if m.source is Source.REQUESTS or m.lines is None]
            expected, found = measure(duck, metrics, by), measure(other, metrics, by)
            for group in expected.keys() | found.keys():
                tried += len(metrics)
                survived += sum(
                    expected[group][each.id] == found[group][each.id] for each in metrics
                )
        march = Period("2026-03")
        views = tuple(View)
        listed = month_lines(duck, march, 300, views)
        assert any(
            len(one.lines) < one.count for one in listed.of(View.TYPE) + listed.of(View.AGENT)
        )
        assert month_lines(other, march, 300, views) == listed
    proofs.record("spark", tried=tried, survived=survived)
    assert survived == tried


def test_a_session_opens_no_door_of_this_machine() -> None:
    for url in (LOCAL, "local[1]"):
        assert settings(url)["spark.driver.bindAddress"] == "127.0.0.1"
        assert settings(url)["spark.ui.enabled"] == "false"
    assert "spark.driver.bindAddress" not in settings("spark://cluster:7077")


def test_what_is_missing_is_said_with_what_to_do() -> None:
    with (
        mock.patch.dict(sys.modules, {"pyspark.sql": None}),
        pytest.raises(NoSparkError, match=r"pip install xladdin\[spark\]"),
        spark(LOCAL, {}),
    ):
        pass
    with (
        mock.patch.object(spark_session.shutil, "which", return_value=None),
        pytest.raises(NoSparkError, match="Java 17"),
        spark(LOCAL, {}),
    ):
        pass
