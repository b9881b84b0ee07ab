"""Reports that came back: kept once, asked about where two differ, listed cell by cell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.app.report_desk import OCTOBER, ReportDesk
from tests.returns.report_returns import read, returned, sent
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.collecting.collect_reports import month_of_reports
from xladdin.books.return_list import CHOICE, FAULTY, OPEN, RECEIVED, REPORTS, UNDECIDED, UNFILLED
from xladdin.domain.people import Period
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.records import PeriodState
from xladdin.ledger.store import Ledger


@pytest.fixture
def desk(tmp_path: Path) -> ReportDesk:
    return ReportDesk(tmp_path)


def line(desk: ReportDesk) -> tuple[str, str]:
    """State and problem of the report in the list."""
    rows = desk.list_rows("收表清单")
    (found,) = [row for row in rows if row[3] == "2026年10月客服月度分析报告"]
    return found[5], found[9] or ""


def decide(desk: ReportDesk, choice: str) -> None:
    """Choose in 待定, as a clerk does."""
    (path,) = desk.folder.glob("收表清单_*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book[OPEN]
    heads = [cell.value for cell in sheet[4]]
    sheet.cell(5, heads.index(CHOICE) + 1).value = choice
    book.save(path)


def codes(done: Any) -> set[str]:
    return {problem.code for problem in done.problems}


def test_a_report_is_kept_once_and_listed_cell_by_cell(desk: ReportDesk) -> None:
    path = desk.fill({"act.spare1.measure": "提前排班", "team.size": 24, "next.solved": 0.95})
    done = desk.collect()
    assert (done.kept_reports, done.failed) == (1, False)
    assert "收下 1 份报告" in done.told[0]
    (record,) = desk.kept()
    assert set(record.inputs) == {"act.spare1.measure", "team.size", "next.solved"}
    assert record.labels["team.size"] == "总体情况·月末人数·团队"
    assert Archive(desk.folder).find(record.file_sha256) is not None
    state, told = line(desk)
    assert state == RECEIVED
    assert "改了 1 格，填了 2 格，还空着" in told
    rows = [row[2:8] for row in desk.list_rows(REPORTS)]
    place = next(row for row in rows if row[2] == "月末人数·团队")
    assert (place[0], place[3], place[4], place[5]) == ("总体情况", "改了", "23", "24")
    assert any(row[3] == "没有填" and row[0] == "月度数据" for row in rows)
    # Again, and once more under another name: nothing.
    before = (desk.folder / "收表清单_2026-11.xlsx").read_bytes()
    assert desk.collect().kept_reports == 0
    assert (desk.folder / "收表清单_2026-11.xlsx").read_bytes() == before
    shutil.copy2(path, path.with_name("副本.xlsx"))
    assert desk.collect().kept_reports == 0
    assert len(desk.kept()) == 1


def test_a_line_of_the_list_holds_when_the_file_is_not_handed_in_again(desk: ReportDesk) -> None:
    path = desk.fill({"team.size": 24})
    desk.collect()
    path.unlink()
    desk.collect()
    assert line(desk)[0] == RECEIVED


def test_a_report_saved_without_anything_filled_in_is_told(desk: ReportDesk) -> None:
    desk.fill({})
    assert desk.collect().kept_reports == 0
    assert line(desk)[0] == UNFILLED


def test_a_report_that_went_out_and_nobody_touched_is_left(desk: ReportDesk) -> None:
    shutil.copy2(desk.folder / "报告.xlsx", desk.back)
    done = desk.collect()
    assert (done.reports, done.reads[0].untouched) == ([], True)


def test_two_versions_in_one_go_are_a_question(desk: ReportDesk) -> None:
    desk.fill({"team.size": 24}, name="甲.xlsx", hour=9)
    desk.fill({"team.size": 25}, name="乙.xlsx", hour=10)
    done = desk.collect()
    assert "copies_differ" in codes(done)
    assert (done.kept_reports, line(desk)[0]) == (0, UNDECIDED)
    told = [(row[1], row[7]) for row in desk.list_rows(REPORTS) if row[4] == "月末人数·团队"]
    assert sorted(told) == [("乙.xlsx", "25"), ("甲.xlsx", "24")]
    decide(desk, "第 2 份")
    assert desk.collect().kept_reports == 1
    assert [str(one.inputs["team.size"]) for one in desk.kept()] == ["24"]
    assert desk.collect().kept_reports == 0


def test_a_later_version_with_less_in_it_is_a_question(desk: ReportDesk) -> None:
    first = desk.fill({"team.size": 24, "next.solved": 0.95}, name="甲.xlsx", hour=9)
    desk.collect()
    first.unlink()
    desk.fill({"team.size": 24, "act.spare1.measure": "提前排班"}, name="乙.xlsx")
    done = desk.collect()
    assert "form_doubtful" in codes(done)
    assert any("解决率（%）·下月目标" in problem.message for problem in done.problems)
    assert len(desk.kept()) == 1
    decide(desk, "先前的")
    assert (desk.collect().kept_reports, len(desk.kept())) == (0, 1)
    decide(desk, "这次的")
    assert (desk.collect().kept_reports, len(desk.kept())) == (1, 2)


def test_a_later_version_with_more_in_it_counts_and_is_told(desk: ReportDesk) -> None:
    first = desk.fill({"team.size": 24}, name="甲.xlsx", hour=9)
    desk.collect()
    first.unlink()
    desk.fill({"team.size": 24, "next.solved": 0.95}, name="乙.xlsx")
    done = desk.collect()
    assert done.kept_reports == 1
    assert "form_replaced" in codes(done)


def test_a_month_that_is_closed_takes_its_report_all_the_same(desk: ReportDesk) -> None:
    with Ledger(LedgerKeeper.of(desk.master).place) as ledger:
        ledger.change_period(str(OCTOBER), PeriodState.CLOSED)
    desk.fill({"team.size": 24})
    assert desk.collect().kept_reports == 1


def test_what_cannot_be_read_keeps_nothing_else_from_being_kept(desk: ReportDesk) -> None:
    path = desk.fill({"team.size": "二十来个吧", "next.solved": 0.95})
    moved = desk.folder / "收好"
    done = desk.collect(move_to=moved)
    assert set(desk.kept()[0].inputs) == {"next.solved"}
    state, told = line(desk)
    assert state == FAULTY
    assert "1 处没有收到" in told
    # So that somebody looks at it.
    assert (done.moved, path.exists()) == (0, True)
    desk.fill({"team.size": 24, "next.solved": 0.95})
    assert (desk.collect(move_to=moved).moved, path.exists()) == (1, False)


def test_reports_of_any_month_come_in_beside_the_forms_of_one(desk: ReportDesk) -> None:
    desk.fill({"team.size": 24})
    done = desk.collect()
    assert done.period == Period("2026-11")
    assert done.as_json()["reports"][0]["period"] == "2026-10"
    assert "other_month" not in codes(done)


def test_where_only_reports_came_the_list_is_that_of_the_last_of_their_months() -> None:
    reads = [read(sent("monthly")), read(sent("debrief"))]
    assert month_of_reports(reads) is None  # nobody has touched them
    reads += [read(returned("monthly", {"team.size": 8}))]
    assert month_of_reports(reads) == OCTOBER


def test_without_a_ledger_a_report_is_only_listed(desk: ReportDesk) -> None:

    desk.fill({"team.size": 24})
    done = collect(desk.master, [desk.back], period=Period("2026-11"))
    assert (done.kept_reports, len(done.reports)) == (0, 1)
    assert line(desk)[0] == RECEIVED
