"""A million tickets: ours, SQL written by hand over clean columns, and pandas, each in a process of its own.

``python -m tests.analysis.record_intake.many_tickets make|ours|sql|pandas FILE [COUNT]`` prints one line of JSON:
seconds of CPU and megabytes of the whole process, and the figures by month.  The file's name tells its
kind; ``pandas`` needs that package, which is none of ours.
"""

# Each way imports its own packages and no others, since they are weighed too.
# ruff: noqa: PLC0415, S608

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

MAKE = """
SELECT 'T' || lpad(i::VARCHAR, 9, '0') AS "工单编号",
  ['在线', '电话', '邮件', '工单'][1 + i % 4] AS "渠道",
  ['产品', '订单', '支付', '售后', '物流'][1 + h(i, 5)] AS "问题类型",
  'QC' || lpad((1 + h(i + 1, 30))::VARCHAR, 3, '0') AS "客服", 'C' || h(i + 2, 300000) AS "客户编号",
  o AS "提出时间", o + to_seconds(h(i + 3, 30) * h(i + 4, 30)) AS "首次回复时间",
  o + to_seconds(900 + h(i + 5, 500) * h(i + 6, 500)) AS "解决时间",
  (1 + h(i + 7, 5))::INTEGER AS "满意度评分",
  CASE WHEN h(i + 8, 33) = 0 THEN '是' ELSE '否' END AS "是否投诉",
  (h(i + 9, 20) = 0)::INTEGER AS "重开次数"
FROM (
  SELECT i, TIMESTAMP '2024-10-01' + to_seconds(h(i + 10, 86400 * 760)) AS o FROM range({count}) AS t(i)
)
"""
CHANCE = "CREATE MACRO h(i, n) AS (hash(i) % n)::BIGINT"
HEADS = (
    "工单编号",
    "渠道",
    "问题类型",
    "客服",
    "客户编号",
    "提出时间",
    "首次回复时间",
    "解决时间",
    "满意度评分",
    "是否投诉",
    "重开次数",
)
NAMES = (
    "id",
    "channel",
    "type",
    "agent",
    "customer",
    "opened",
    "replied",
    "solved",
    "score",
    "complaint",
    "reopened",
)
TYPES = ("VARCHAR",) * 5 + ("TIMESTAMP",) * 3 + ("INTEGER", "VARCHAR", "INTEGER")
GROUPS = (("month",), ("agent", "month"), ("type", "month"), ("weekday", "hour"))
Figures = Mapping[str, list[float]]
"""Month -> mean, median and P90 of the reply in microseconds."""


def make(path: str, count: int) -> Figures:
    import duckdb

    kind = "parquet" if path.endswith(".parquet") else "csv"
    with duckdb.connect() as connection:
        connection.execute(CHANCE)
        connection.execute(
            f"COPY ({MAKE.format(count=count)}) TO '{path}' (FORMAT {kind}{', HEADER' if kind == 'csv' else ''})"
        )
    return {}


def ours(path: str) -> Figures:
    from xladdin.analysis.measuring import measure
    from xladdin.analysis.metrics import opinions, workload
    from xladdin.analysis.record_intake.record_reading import read_records
    from xladdin.company.company import Company

    metrics = (
        workload.REQUESTS,
        *workload.REPLY,
        *workload.SOLVE,
        opinions.SCORE,
        opinions.COMPLAINT_SHARE,
    )
    records, problems = read_records([path], Company())
    assert records is not None, problems
    with records:
        assert not problems, problems
        assert not records.quality, records.quality
        found, *_ = [measure(records.engine, metrics, by) for by in GROUPS]
    names = ("reply_mean", "reply_median", "reply_p90")
    return {
        month: [float(each[name].value or 0) * 1e6 for name in names]
        for (month,), each in found.items()
    }


def sql(path: str) -> Figures:
    import duckdb

    if path.endswith(".parquet"):
        columns = ", ".join(f'"{head}" AS {name}' for head, name in zip(HEADS, NAMES, strict=True))
        read = f"(SELECT {columns} FROM '{path}')"
    else:
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in zip(NAMES, TYPES, strict=True))
        read = f"read_csv('{path}', header = true, columns = {{{types}}})"
    connection = duckdb.connect(config={"memory_limit": "380MB", "threads": 2})
    connection.execute(
        "CREATE TABLE t AS SELECT *, strftime(opened, '%Y-%m') AS month, isodow(opened) AS weekday, hour(opened) AS hour, "
        f"epoch_us(replied) - epoch_us(opened) AS reply, epoch_us(solved) - epoch_us(opened) AS solve FROM {read}"
    )
    found = []
    for by in GROUPS:
        names = ", ".join(by)
        found.append(
            connection.execute(
                f"SELECT {names}, avg(reply), median(reply), quantile_cont(reply, 0.9), avg(solve), median(solve), "
                "quantile_cont(solve, 0.9), avg(score), avg(CASE WHEN complaint = '是' THEN 1 ELSE 0 END), count(*) "
                f"FROM t GROUP BY {names}"
            ).fetchall()
        )
    return {row[0]: list(row[1:4]) for row in found[0]}


def with_pandas(path: str) -> Figures:
    import pandas  # type: ignore[import-not-found, unused-ignore]

    if path.endswith(".parquet"):
        lines = pandas.read_parquet(path)
    else:
        lines = pandas.read_csv(path, parse_dates=list(HEADS[5:8]))
    lines.columns = NAMES
    lines["month"] = lines.opened.dt.strftime("%Y-%m")
    lines["weekday"], lines["hour"] = lines.opened.dt.weekday + 1, lines.opened.dt.hour
    lines["reply"] = (lines.replied - lines.opened).dt.total_seconds() * 1e6
    lines["solve"] = (lines.solved - lines.opened).dt.total_seconds() * 1e6
    lines["complaint"] = lines.complaint == "是"
    found = []
    for by in GROUPS:
        grouped = lines.groupby(list(by))
        parts = [
            grouped[name].agg(["mean", "median", lambda some: some.quantile(0.9)])
            for name in ("reply", "solve")
        ]
        found.append((parts, grouped[["score", "complaint"]].mean(), grouped.size()))
    return {
        month: list(row)
        for month, row in zip(found[0][0][0].index, found[0][0][0].values.tolist(), strict=True)
    }


WAYS: Mapping[str, Callable[[str], Figures]] = {"ours": ours, "sql": sql, "pandas": with_pandas}


def main(way: str, path: str, count: str = "1000000") -> dict[str, Any]:
    figures = make(path, int(count)) if way == "make" else WAYS[way](path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": used.ru_maxrss // 1024,
        "bytes": Path(path).stat().st_size,
        "figures": figures,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
