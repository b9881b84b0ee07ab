"""收数表 given to an import: into blanks, never over what differs; other files go the usual way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.app.collecting.test_collect_requests import EARLY, FIRST, LEADER, PERIOD, Desk
from xladdin.app.imports.importing import Imported, import_exports
from xladdin.domain.people import Period

LATE = dt.date(2027, 1, 6)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def run(desk: Desk, *paths: Path, today: dt.date = LATE, period: Period = PERIOD) -> Imported:
    return import_exports(desk.master, paths, period, today=today)


def codes(done: Imported) -> list[str]:
    return [problem.code for problem in done.problems]


def test_blanks_are_filled_and_a_second_time_nothing_changes(desk: Desk) -> None:
    path = desk.fill(FIRST)
    done = run(desk, path)
    assert (codes(done), done.counts["filled"]) == ([], len(FIRST))
    assert done.told[0].endswith("收数表（售后组长），3 个数")
    assert {one: value for one, (value, _) in desk.figures().items()} == FIRST
    before = desk.master.read_bytes()
    assert run(desk, path).written is False
    assert desk.master.read_bytes() == before


def test_what_differs_stays_and_is_told(desk: Desk) -> None:
    run(desk, desk.fill(FIRST))
    done = run(desk, desk.fill({**FIRST, "A1.first_reply_time": 30, "A2.attitude": 3}))
    assert codes(done) == ["value_differs"]
    assert "总表里是 28秒，收数表上是 30秒，没有写入" in done.problems[0].message
    assert desk.figures()["A1.first_reply_time"][0] == 28
    assert desk.figures()["A2.attitude"] == (3, "最终")


def test_one_of_another_month_is_left(desk: Desk) -> None:
    done = run(desk, desk.fill(FIRST), period=Period("2026-11"))
    assert "other_month" in codes(done)
    assert desk.figures() == {}


def test_exports_beside_it_are_read_as_ever_and_settle_what_was_provisional(desk: Desk) -> None:
    early = run(desk, desk.fill(FIRST), today=EARLY.date())
    assert early.state == "暂定"
    assert desk.figures()["A1.first_reply_time"] == (28, "暂定")
    export = desk.folder / "接待.csv"
    export.write_text("工号,首次响应时间（秒）\nA1,28\nA2,33\n", encoding="utf-8")
    request = desk.fill({"A2.attitude": 3}, LEADER, "再交.xlsx")
    done = run(desk, export, request)
    assert "value_changed" in codes(done)
    assert "暂定转为最终 2 条，其中 1 条的数变了" in done.told[-1]
    assert desk.figures() == {
        "A1.first_reply_time": (28, "最终"),
        "A2.first_reply_time": (33, "最终"),
        "A1.attitude": (4, "最终"),
        "A2.attitude": (3, "最终"),
    }
