"""Kinds of files: cells of workbooks, columns with types, folders, and what is no file of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import openpyxl
import pytest

from xladdin.analysis.engines import table
from xladdin.analysis.record_intake.record_files import files_of
from xladdin.analysis.record_intake.record_reading import ServiceRecords, read_records
from xladdin.analysis.service_records import HOUR, MINUTE, SECOND, Source
from xladdin.company.company import Company

TODAY = dt.date(2026, 11, 27)
OPENED = dt.datetime(2026, 10, 31, 8, 5)
EPOCH = dt.datetime(1970, 1, 1)


def micros(moment: dt.datetime) -> int:
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def read(*paths: Path) -> ServiceRecords:
    records, problems = read_records(paths, Company(), today=TODAY)
    assert records is not None, problems
    return records


def told(records: ServiceRecords) -> dict[str, int]:
    """What was found out about the lines."""
    about = ("column_lacking", "columns_unused")
    return {one.code: one.count for one in records.quality if one.code not in about}


def columns(records: ServiceRecords, source: Source, *names: str) -> list[tuple[object, ...]]:
    with records:
        lines = table(source, records.engine.have(source)).order_by(["file", "line"])
        return records.engine.rows(lines.select(*names))


def book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(list(row))
    workbook.save(path)
    return path


def test_cells_of_a_workbook_are_what_they_show(tmp_path: Path) -> None:
    path = book(
        tmp_path / "工单.xlsx",
        [
            ["2026年10月工单", None, None, None, None, None],
            ["工单编号", "提出时间", "解决时间", "首次响应时长", "满意度评分", "是否投诉"],
            [1001, OPENED, OPENED + dt.timedelta(hours=3), dt.time(0, 3, 12), 5, True],
            [1002, OPENED, None, dt.timedelta(hours=30), 4.5, False],
            ["0003", dt.date(2026, 10, 30), "--", "2分", "?", "否"],
            ["合计", None, None, None, 9.5, None],
        ],
    )
    records = read(path)
    assert records.files[0].name == "工单.xlsx「Sheet」"
    assert told(records) == {"sum_row": 1, "only_day": 1}
    names = ("id", "opened", "hour", "solve", "reply", "score", "complaint", "line")
    opened = micros(OPENED)
    assert columns(records, Source.REQUESTS, *names) == [
        ("1001", opened, 8, 3 * HOUR, 192 * SECOND, 500, True, 3),
        ("1002", opened, 8, None, 30 * HOUR, 450, False, 4),
        ("0003", micros(dt.datetime(2026, 10, 30)), None, None, 2 * MINUTE, None, False, 5),
    ]


TYPED = """SELECT 1001.0::DOUBLE AS "工单编号", {opened} AS "提出时间", {opened} + INTERVAL 90 MINUTE AS "解决时间",
INTERVAL 3 MINUTE AS "首次响应时长", 5::TINYINT AS "满意度评分", true AS "是否投诉", 'a' AS "没人知道的列" """


@pytest.mark.parametrize(
    "opened",
    [
        "TIMESTAMP '2026-10-31 08:05:00'",
        "TIMESTAMPTZ '2026-10-31 00:05:00+00'",
        "CAST('2026-10-31 08:05:00' AS TIMESTAMP_NS)",
        "CAST('2026-10-31 08:05:00' AS TIMESTAMP_S)",
    ],
)
def test_columns_with_types_are_taken_as_such(opened: str, tmp_path: Path) -> None:
    path = tmp_path / "工单.parquet"
    duckdb.sql(TYPED.format(opened=opened)).write_parquet(str(path))
    records = read(path)
    assert told(records) == {}
    names = ("id", "opened", "solve", "reply", "score", "complaint", "line")
    assert columns(records, Source.REQUESTS, *names) == [
        ("1001", micros(OPENED), 90 * MINUTE, 3 * MINUTE, 500, True, 1)
    ]


def test_dates_and_texts_of_parquet_are_read_as_cells_are(tmp_path: Path) -> None:
    path = tmp_path / "工单.parquet"
    rows = "('A1', DATE '2026-10-31', '31/10/2026 09:05', 12), ('A2', NULL, '?', 7)"
    duckdb.sql(
        f'SELECT * FROM (VALUES {rows}) AS t("工单编号", "提出时间", "解决时间", "首次响应时长（秒）")'  # noqa: S608
    ).write_parquet(str(path))
    records = read(path)
    assert told(records) == {"day_order_dmy": 1, "no_time": 1, "only_day": 1, "half_known": 1}
    assert columns(records, Source.REQUESTS, "id", "month", "reply") == [
        ("A1", "2026-10", 12 * SECOND),
        ("A2", None, 7 * SECOND),
    ]


def test_a_folder_is_read_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    for name in ("2026-10.csv", "2026-9.csv", "~$2026-9.xlsx", "说明.docx", "b/2026-1.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in files_of([tmp_path])]
    assert found == ["2026-9.csv", "2026-10.csv", "b/2026-1.csv"]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_name_that_looks_like_a_pattern_is_one_file(kind: str, tmp_path: Path) -> None:
    (tmp_path / "工单1.csv").write_text("工单编号,提出时间\n9,2026-10-31 08:05:00\n", "utf-8")
    path = tmp_path / f"工单[1].{kind}"
    rows = duckdb.sql("SELECT 'A1' AS 工单编号, '2026-10-31 08:05:00' AS 提出时间")
    rows.write_csv(str(path)) if kind == "csv" else rows.write_parquet(str(path))
    records = read(path)
    assert records.files[0].name == path.name
    assert columns(records, Source.REQUESTS, "id") == [("A1",)]


def _cut(path: Path) -> None:
    duckdb.sql("SELECT 1 AS a").write_parquet(str(path))
    path.write_bytes(path.read_bytes()[:40])


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.csv": (lambda path: path.write_bytes(b""), "empty_file"),
    "cut.parquet": (_cut, "file_corrupt"),
    "cut.xlsx": (lambda path: path.write_bytes(b"PK\x03\x04 and no more"), "file_corrupt"),
    "noise.csv": (lambda path: path.write_bytes(bytes(range(256)) * 8), "file_not_table"),
    "gone.csv": (lambda path: None, "file_missing"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_stops_no_other(name: str, tmp_path: Path) -> None:
    make, code = BROKEN[name]
    make(tmp_path / name)
    good = tmp_path / "good.csv"
    good.write_text(
        "工单编号,提出时间,客服,问题类型,首次回复时间,解决时间,满意度\n1,2026-10-31 08:05:00,甲,产品,,,\n",
        "utf-8",
    )
    records, problems = read_records([tmp_path / name, good], Company(), today=TODAY)
    assert [problem.code for problem in problems] == [code]
    assert problems[0].place.file == name
    assert records is not None
    with records:
        assert records.counts[Source.REQUESTS] == 1


def test_nothing_to_read_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    records, problems = read_records([tmp_path / "gone.csv"], Company(), tmp_path)
    assert records is None
    assert [problem.code for problem in problems] == ["file_missing", "no_records"]
    assert list(tmp_path.iterdir()) == []


def test_the_tables_are_gone_with_the_records(tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text("工单编号,提出时间\n1,2026-10-31 08:05:00\n", "utf-8")
    room = tmp_path / "room"
    room.mkdir()
    records, _ = read_records([good], Company(), room, today=TODAY)
    assert records is not None
    records.close()
    assert list(room.iterdir()) == []
