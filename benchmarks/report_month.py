"""What the tables of a monthly report cost: ours, SQL written by hand, and pandas, over the same file.

``python benchmarks/report_month.py compare`` makes a file of a million tickets, runs each way in turn, each
time in a process of its own, and prints CPU seconds, megabytes and ratios.  ``--kind csv|parquet``,
``--count N``, ``--rounds N``; ``--pandas PYTHON`` names an interpreter that has pandas and pyarrow, which are
none of our packages (by itself it is this one, if it has them).  ``python benchmarks/report_month.py
make|ours|... FILE [COUNT]`` runs one of the ways and prints a line of JSON: what it took, and its figures.

All ways give the same tables: mean, median and P90 of reply and solving time, mean score, share of
complaints and number of tickets, by month, agent × month, type × month, weekday × hour.

- ``ours``: the file of a stranger: its columns found by their heads, every cell checked, doubles and what
  cannot be counted and told.
- ``sql``: columns, types and order known beforehand, and nothing checked.
- ``checked``: SQL by hand that reads as carefully as a careful hand would: whatever cannot be read, doubles
  and impossible times are counted.
- ``pandas``, ``arrow``: columns known beforehand, nothing checked; with its own reader, and with pyarrow's.
- ``report``: not a table but the workbook, as ``xladdin report monthly`` writes it.
"""

# Each way imports its own packages and no others, since they are weighed too.
# ruff: noqa: PLC0415, S608

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
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
COLUMNS = {
    "工单编号": ("id", "VARCHAR"),
    "渠道": ("channel", "VARCHAR"),
    "问题类型": ("type", "VARCHAR"),
    "客服": ("agent", "VARCHAR"),
    "客户编号": ("customer", "VARCHAR"),
    "提出时间": ("opened", "TIMESTAMP"),
    "首次回复时间": ("replied", "TIMESTAMP"),
    "解决时间": ("solved", "TIMESTAMP"),
    "满意度评分": ("score", "INTEGER"),
    "是否投诉": ("complaint", "VARCHAR"),
    "重开次数": ("reopened", "INTEGER"),
}
"""Head -> name and type in SQL by hand."""
TIMES = ("提出时间", "首次回复时间", "解决时间")
GROUPS = (("month",), ("agent", "month"), ("type", "month"), ("weekday", "hour"))
MONTH = "2026-09"
"""Of the workbook."""
MEMORY = {"memory_limit": "380MB", "threads": 2}
"""What both DuckDBs have."""
Figures = Mapping[str, list[float]]
"""Month -> mean, median and P90 of the reply in microseconds."""


def make(path: str, count: int) -> Figures:
    """Write tickets by chance that is the same each time."""
    import duckdb

    kind = "parquet" if path.endswith(".parquet") else "csv"
    with duckdb.connect() as connection:
        connection.execute(CHANCE)
        connection.execute(
            f"COPY ({MAKE.format(count=count)}) TO '{path}' (FORMAT {kind}{', HEADER' if kind == 'csv' else ''})"
        )
    return {}


def ours(path: str) -> Figures:
    """Read and measured by the package."""
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
    if records is None or problems or records.quality:
        raise ValueError(f"nothing is wrong with this file, but: {problems}")
    with records:
        found, *_ = [measure(records.engine, metrics, by) for by in GROUPS]
    names = ("reply_mean", "reply_median", "reply_p90")
    return {
        month: [float(each[name].value or 0) * 1e6 for name in names]
        for (month,), each in found.items()
    }


def _read_as(path: str, types: Mapping[str, str]) -> str:
    """The file as a table of SQL, its columns named and typed; Parquet has its own types."""
    if path.endswith(".parquet"):
        columns = ", ".join(f'"{head}" AS {name}' for head, (name, _) in COLUMNS.items())
        return f"(SELECT {columns} FROM '{path}')"
    typed = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    return f"read_csv('{path}', header = true, columns = {{{typed}}})"


def _tables(connection: Any, relation: str) -> Figures:
    """The figures, from columns that are clean."""
    connection.execute(
        "CREATE TABLE t AS SELECT *, strftime(opened, '%Y-%m') AS month, isodow(opened) AS weekday, hour(opened) AS hour, "
        f"epoch_us(replied) - epoch_us(opened) AS reply, epoch_us(solved) - epoch_us(opened) AS solve FROM {relation}"
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


def sql(path: str) -> Figures:
    """By hand, over columns known to be clean."""
    import duckdb

    return _tables(duckdb.connect(config=MEMORY), _read_as(path, dict(COLUMNS.values())))


def checked(path: str) -> Figures:
    """By hand, with the checks that a careful hand makes of such a file."""
    import duckdb

    connection = duckdb.connect(config=MEMORY)
    texts = {name: "VARCHAR" for name, _ in COLUMNS.values()}
    typed = {name: kind for name, kind in COLUMNS.values() if kind != "VARCHAR"}
    read = ", ".join(
        f"TRY_CAST({name} AS {typed[name]}) AS {name}, "
        f"{name} IS NOT NULL AND TRY_CAST({name} AS {typed[name]}) IS NULL AS {name}_odd"
        if name in typed
        else f"nullif(trim({name}), '') AS {name}"
        for name, _ in COLUMNS.values()
    )
    connection.execute(f"CREATE TABLE lines AS SELECT {read} FROM {_read_as(path, texts)}")
    odd = ", ".join(f"count(*) FILTER ({name}_odd)" for name in typed)
    counts = connection.execute(
        f"SELECT count(*) - count(DISTINCT id), count(*) - count(opened), {odd}, count(*) FILTER (replied < opened), "
        "count(*) FILTER (solved < opened), count(*) FILTER (solved < replied), "
        "count(*) FILTER (score NOT BETWEEN 1 AND 5) FROM lines"
    ).fetchall()
    for name in ("channel", "type", "agent", "complaint"):
        connection.execute(f"SELECT DISTINCT {name} FROM lines").fetchall()
    if any(counts[0]):
        raise ValueError(f"nothing is wrong with this file, but: {counts}")
    return _tables(connection, "lines")


def with_pandas(path: str, engine: str = "c") -> Figures:
    """By pandas; ``engine``: its reader of CSV."""
    import pandas as pd  # type: ignore[import-not-found, unused-ignore]

    if path.endswith(".parquet"):
        lines = pd.read_parquet(path)
    else:
        lines = pd.read_csv(path, parse_dates=list(TIMES), engine=engine)
    lines.columns = [name for name, _ in COLUMNS.values()]
    lines["month"] = lines.opened.dt.strftime("%Y-%m")
    lines["weekday"], lines["hour"] = lines.opened.dt.weekday + 1, lines.opened.dt.hour
    lines["reply"] = (lines.replied - lines.opened).dt.total_seconds() * 1e6
    lines["solve"] = (lines.solved - lines.opened).dt.total_seconds() * 1e6
    lines["complaint"] = lines.complaint == "是"
    found = []
    for by in GROUPS:
        grouped = lines.groupby(list(by))
        spans = grouped[["reply", "solve"]]
        found.append(
            (
                grouped[["reply", "solve", "score", "complaint"]].mean(),
                spans.median(),
                spans.quantile(0.9),
                grouped.size(),
            )
        )
    mean, median, ninth = (each.reply for each in found[0][:3])
    return {month: [mean[month], median[month], ninth[month]] for month in mean.index}


def report(path: str) -> Figures:
    """The whole workbook."""
    from xladdin.app.reporting.month_report import month_report
    from xladdin.company.company import Company
    from xladdin.domain.people import Period

    with tempfile.TemporaryDirectory() as folder:
        month_report(Company(), [Path(path)], Period(MONTH), Path(folder) / "report.xlsx")
    return {}


WAYS: Mapping[str, Callable[[str], Figures]] = {
    "ours": ours,
    "sql": sql,
    "checked": checked,
    "pandas": with_pandas,
    "arrow": lambda path: with_pandas(path, "pyarrow"),
    "report": report,
}
OF_PANDAS = ("pandas", "arrow")


def one(way: str, path: str, count: int) -> dict[str, Any]:
    """What one way takes, in this process, and what it gives."""
    figures = make(path, count) if way == "make" else WAYS[way](path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": used.ru_maxrss // 1024,
        "bytes": Path(path).stat().st_size,
        "figures": figures,
    }


def run(way: str, path: Path, count: int = 0, python: str = sys.executable) -> dict[str, Any]:
    """The same in a process of its own; raises CalledProcessError, whose ``stderr`` says why."""
    command = [python, __file__, way, str(path), "--count", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compare(kind: str, count: int, rounds: int, ways: Sequence[str], pandas: str) -> None:
    """Each way in turn, several times; the middle of each, since other programs run beside it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"tickets.{kind}"
        size = run("make", path, count)["bytes"]
        print(f"{count:,} tickets, {kind}, {size / 1e6:.0f} MB; CPU of the whole process")
        runs: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way in ways:
                python = pandas if way in OF_PANDAS else sys.executable
                runs[way].append(run(way, path, python=python))
    cpu = {way: statistics.median(each["cpu"] for each in some) for way, some in runs.items()}
    for way, some in runs.items():
        most = max(each["megabytes"] for each in some)
        ratio = (
            f"  ours: {cpu['ours'] / cpu[way]:.2f} of it" if way != "ours" and "ours" in cpu else ""
        )
        print(f"{way:8} {cpu[way]:6.2f} s {most:5} MB{ratio}")


def main() -> None:
    """What is typed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("way", choices=["compare", "make", *WAYS])
    parser.add_argument("file", nargs="?", default="")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--kind", choices=["csv", "parquet"], default="csv")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ways", nargs="+", choices=[*WAYS])
    parser.add_argument("--pandas", default=sys.executable if find_spec("pandas") else "")
    given = parser.parse_args()
    if given.way != "compare":
        print(json.dumps(one(given.way, given.file, given.count)))
        return
    ways = given.ways or [way for way in WAYS if given.pandas or way not in OF_PANDAS]
    compare(given.kind, given.count, given.rounds, ways, given.pandas)


if __name__ == "__main__":
    main()
