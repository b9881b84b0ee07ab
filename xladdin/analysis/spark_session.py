"""Spark for reports whose data outgrow one machine; of the extra ``xladdin[spark]``, with Java 17 beside it.

It reads the tables that intake has normalised, as Parquet: what is right for one engine is for the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .engines import ALL, Have, Spark
from .service_records import Source

LOCAL = "local[*]"
"""Where no cluster is named: this machine's cores."""


class NoSparkError(Exception):
    """Spark cannot be started here; says in Chinese what is missing and what to do."""


def settings(url: str) -> dict[str, str]:
    """How a session is set up: by itself it opens no page, and on this machine no door to others."""
    found = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # Grouped figures are few: one piece to bring together, not two hundred.
        "spark.sql.shuffle.partitions": "1" if url.startswith("local") else "200",
    }
    if url.startswith("local"):
        found["spark.driver.bindAddress"] = found["spark.driver.host"] = "127.0.0.1"
    return found


@contextmanager
def spark(url: str, tables: Mapping[Source, Path], have: Have = ALL) -> Iterator[Spark]:
    """Spark over Parquet files, one table each; ``url`` is a master's (``spark://…``) or ``local[*]``.

    Raises NoSparkError where the package or Java is missing, or the master does not answer.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise NoSparkError(
            "没有装 Spark：请先运行 pip install xladdin[spark]，或者不写 --engine（用 DuckDB，不用装）"
        ) from None
    if shutil.which("java") is None:
        raise NoSparkError(
            "没有找到 Java：Spark 要用 Java 17，请先装好（Debian：apt-get install openjdk-17-jre-headless）"
        )
    builder = SparkSession.builder.master(url).appName("xladdin")
    for key, value in settings(url).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as broken:
        raise NoSparkError(f"Spark 没有启动（{url}）：{str(broken).splitlines()[0]}") from broken
    try:
        session.sparkContext.setLogLevel("ERROR")
        for source, path in tables.items():
            session.read.parquet(str(path)).createOrReplaceTempView(str(source))
        yield Spark(session.sql, have)
    finally:
        session.stop()
