"""The monthly report from the command line: tickets in, a workbook out, everything odd told."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.app.command import xladdin
from tests.master.finished import people_master
from tests.workbench.tools import program
from xladdin.analysis.spark_session import NoSparkError
from xladdin.app.demonstration.demo_records import sample
from xladdin.app.init import example_company, write
from xladdin.app.reporting import month_report

HEAD = (
    "工单编号",
    "渠道",
    "问题类型",
    "处理人",
    "提交时间",
    "首次回复时间",
    "解决时间",
    "状态",
    "满意度",
    "是否投诉",
)
TYPES, AGENTS = ("物流", "产品", "订单"), ("陆雨桐", "方嘉禾", "何思琪", "外来的人")


def tickets(path: Path, last_day: int = 31) -> Path:
    """September and October, two requests a day; one is solved before it was asked."""
    first, rows = dt.datetime(2026, 9, 1, 9), []
    days = 30 + last_day
    for n in range(2 * days):
        asked = first + dt.timedelta(days=n // 2, minutes=5 * n % 600)
        replied, solved = (
            asked + dt.timedelta(seconds=30 + n % 40),
            asked + dt.timedelta(minutes=20),
        )
        if n == 70:
            solved = asked - dt.timedelta(minutes=5)
        told = "满意" if n % 3 else "不满意"
        rows.append(
            (f"T{n}", "电话" if n % 4 else "邮件", TYPES[n % 3], AGENTS[n % 4], asked, replied, solved, "已解决", told, "否")
        )  # fmt: skip
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "总表.xlsx"
    path.write_bytes(people_master())
    return path


def report(master: Path, data: Path, out: Path, *more: str, period: str = "2026-10") -> Any:
    return xladdin(
        "report", "monthly", master, "--data", data, "--period", period, "--out", out, *more
    )


def texts(path: Path, sheet: str) -> str:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return "\n".join(str(cell) for row in rows for cell in row if cell != "")


def test_the_command_writes_a_report_for_its_owner_alone(master: Path, tmp_path: Path) -> None:
    data, out = tickets(tmp_path / "工单.csv"), tmp_path / "报告.xlsx"
    done = report(master, data, out)
    assert done.code == 0, done.err
    assert "2026年10月服务请求 62 条" in done.out
    assert out.stat().st_mode & 0o077 == 0
    assert "服务请求数量62条，比上月增加3.3%" in texts(out, "总体情况")
    assert "外来的人" in texts(out, "客服排名")
    quality = texts(out, "数据质量")
    assert "解决时间早于" in quality or "早于" in quality
    assert "工单.csv" in quality
    assert "外来的人" in quality
    first = out.read_bytes()
    assert report(master, data, out).code == 0
    assert out.read_bytes() == first


def test_what_stood_in_an_odd_line_tells_nobody_s_number(master: Path, tmp_path: Path) -> None:
    data, out = tickets(tmp_path / "工单.csv"), tmp_path / "报告.xlsx"
    with data.open(encoding="gb18030", newline="") as file:
        rows = list(csv.reader(file))
    rows[100][HEAD.index("解决时间")] = "打13812341234"
    with data.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    assert report(master, data, out).code == 0
    quality = texts(out, "数据质量")
    assert "打138****1234" in quality
    assert "13812341234" not in quality


def test_more_files_and_part_of_a_month(master: Path, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    tickets(folder / "工单.csv", last_day=20)
    out = tmp_path / "报告.xlsx"
    done = report(master, folder, out)
    assert done.code == 0, done.err
    assert "只有10月1日至10月20日的数据" in done.out
    assert "不与上月比较" in texts(out, "总体情况")


def test_a_month_without_records_is_told_and_nothing_is_written(
    master: Path, tmp_path: Path
) -> None:
    data, out = tickets(tmp_path / "工单.csv"), tmp_path / "报告.xlsx"
    done = report(master, data, out, period="2027-03")
    assert done.code == 1
    assert "没有2027年3月的服务请求" in done.err
    assert "2026-09-01 至 2026-10-31" in done.err
    assert not out.exists()


def test_what_is_no_report_of_ours_is_not_replaced(master: Path, tmp_path: Path) -> None:
    data, out = tickets(tmp_path / "工单.csv"), tmp_path / "报告.xlsx"
    out.write_bytes(b"something else")
    done = report(master, data, out)
    assert done.code == 1
    assert "不是生成的报告" in done.err
    assert out.read_bytes() == b"something else"
    assert report(master, data, out, "--overwrite").code == 0


def test_files_that_are_not_there_or_are_no_records(master: Path, tmp_path: Path) -> None:
    done = report(master, tmp_path / "没有.csv", tmp_path / "报告.xlsx")
    assert done.code == 1
    assert "没有.csv" in done.err
    assert report(master, tickets(tmp_path / "a.csv"), tmp_path / "报告.xls").code == 1


def test_spark_that_does_not_start_is_told(
    master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    @contextmanager
    def none(url: str, tables: Any, have: Any) -> Iterator[None]:
        asked.append((url, sorted(path.name for path in tables.values() if path.exists())))
        raise NoSparkError("没有装 Spark")
        yield

    monkeypatch.setattr(month_report, "spark", none)
    data = tickets(tmp_path / "工单.csv")
    done = report(master, data, tmp_path / "报告.xlsx", "--engine", "spark")
    assert (done.code, "没有装 Spark" in done.err) == (1, True)
    report(master, data, tmp_path / "报告.xlsx", "--engine", "spark://host:7077")
    files = ["chats.parquet", "orders.parquet", "requests.parquet"]
    assert asked == [("local[*]", files), ("spark://host:7077", files)]


@pytest.mark.proof
def test_spark_writes_the_very_same_report(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Two years of a shop: whatever works them out, the file is the same to the last byte."""
    program("java")
    master, data = tmp_path / "总表.xlsx", tmp_path / "数据"
    write(master, example_company())
    sample(data)
    made = [tmp_path / f"{engine}.xlsx" for engine in ("duckdb", "spark")]
    for path in made:
        assert report(master, data, path, "--engine", path.stem).code == 0
    assert made[0].read_bytes() == made[1].read_bytes()
    request.node.user_properties.append(("proof", "reports by DuckDB and Spark are the same file"))


def test_no_other_command_waits_for_the_engines() -> None:
    code = (
        "import sys, xladdin.cli.command_line; "
        "print(sorted({'ibis', 'duckdb', 'pyspark', 'chinese_calendar'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("kind", ["monthly", "shop"])
def test_where_no_line_has_a_time_that_can_be_read_that_is_told(
    kind: str, master: Path, tmp_path: Path
) -> None:
    data, out = tmp_path / "工单.csv", tmp_path / "报告.xlsx"
    data.write_text("提出时间,客服\n前天早上,陆雨桐\n昨天,方嘉禾\n", "utf-8")
    named = ("--data", data, "--period", "2026-10", "--out", out)
    done = xladdin("report", kind, master, *named)
    assert done.code == 1
    assert "提出时间读不懂，2 处（工单.csv 第2行：前天早上" in done.err
    assert "没有写报告" in done.err
