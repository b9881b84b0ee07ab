"""收数表 collected: into the master's blanks, asked about where the master differs, kept once."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.company.people import company as people
from tests.company.people import employee
from tests.returns.report_returns import Returning, loaded
from tests.workbench.office import Office
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.collecting.collected import Collected
from xladdin.app.init import write
from xladdin.app.months.asking_figures import FOLDER, ask_after
from xladdin.app.months.opening_month import open_month
from xladdin.books.data_request import CODED, FIGURE, figure_of
from xladdin.books.reports.report_identity import REQUEST
from xladdin.books.return_list import CHOICE, LACKING, LIST, OPEN, RECEIVED, UNDECIDED
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.ledger.records import PeriodState, ReturnedReport
from xladdin.ledger.store import Ledger
from xladdin.master.read_master import read_master

PERIOD = Period("2026-12")
EARLY, LATE = dt.datetime(2027, 1, 2, 9), dt.datetime(2027, 1, 6, 9)
LEADER, CHECKER = "售后组长", "质检专员"
FIRST = {"A1.first_reply_time": 28, "A2.first_reply_time": 31, "A1.attitude": 4}


class Desk:
    """A master whose month is open, and what was asked of those who deliver."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.master, self.back = folder, folder / "总表.xlsx", folder / "收到"
        self.back.mkdir()
        staff = [employee(f"A{i}", "售后客服", name=name) for i, name in ((1, "韩雪"), (2, "魏思"))]
        write(self.master, replace(people(*staff), file=""))
        self.asked = folder / FOLDER / PERIOD
        self.ask()

    def ask(self) -> Mapping[str, tuple[Path, int]]:
        opened = open_month(self.master, PERIOD, now=EARLY)
        return ask_after(opened, self.master, self.asked).written

    def fill(self, values: Mapping[str, Any], who: str = LEADER, name: str = "") -> Path:
        """Type into a sheet and send it back."""
        (path,) = self.asked.glob(f"*{who}.xlsx")
        work = Returning.of(path.read_bytes())
        for spelled, value in values.items():
            person, _, item = spelled.partition(".")
            work.cell(key(person, item)).value = value
        target = self.back / (name or path.name)
        target.write_bytes(work.saved())
        return target

    def collect(self, now: dt.datetime = LATE, **more: Any) -> Collected:
        return collect(self.master, [self.back], keeper=self.keeper, now=now, **more)

    @property
    def keeper(self) -> LedgerKeeper:
        return LedgerKeeper.of(self.master)

    @property
    def company(self) -> Company:
        return read_master(self.master)[0]

    def figures(self) -> dict[str, tuple[Decimal | None, str]]:
        """What the master has of the month, with its state."""
        return {
            f"{one.actual.employee}.{one.actual.indicator}": (one.actual.actual, one.state)
            for one in self.company.figures
            if one.actual.actual is not None
        }

    def rows(self, sheet: str) -> list[tuple[Any, ...]]:
        (path,) = self.folder.glob("收表清单_*.xlsx")
        return list(loaded(path.read_bytes())[sheet].iter_rows(values_only=True))

    def state(self, who: str) -> str:
        """How a deliverer's sheet stands in the list."""
        (found,) = [row for row in self.rows(LIST) if row[3] == f"2026年12月收数表（{who}）"]
        assert found[4] == who
        return str(found[5])

    def decide(self, choice: str) -> None:
        (path,) = self.folder.glob("收表清单_*.xlsx")
        book = openpyxl.load_workbook(path)
        sheet = book[OPEN]
        heads = [cell.value for cell in sheet[4]]
        for row in range(5, sheet.max_row + 1):
            if sheet.cell(row, len(heads)).value:
                sheet.cell(row, heads.index(CHOICE) + 1).value = choice
        book.save(path)


def key(person: str, item: str) -> str:
    found = f"{FIGURE}{CODED}{person.encode().hex()}.{item}"
    assert figure_of(found) == (person, item)
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def codes(done: Collected) -> list[str]:
    return [problem.code for problem in done.problems]


def test_figures_fill_the_blanks_and_are_kept_once(desk: Desk) -> None:
    desk.fill(FIRST)
    done = desk.collect()
    assert (done.failed, codes(done)) == (False, [])
    assert done.told[0] == "看了 1 个文件，收下 0 份表，收下 1 份收数表"
    assert desk.figures() == {
        "A1.first_reply_time": (28, "最终"),
        "A2.first_reply_time": (31, "最终"),
        "A1.attitude": (4, "最终"),
    }
    assert (desk.state(LEADER), desk.state(CHECKER)) == (RECEIVED, LACKING)
    before = desk.master.read_bytes()
    again = desk.collect()
    assert (again.written, again.kept_reports, desk.master.read_bytes()) == (False, 0, before)


def test_before_the_month_is_settled_what_is_measured_is_provisional(desk: Desk) -> None:
    desk.fill(FIRST)
    desk.collect(EARLY)
    states = {key: state for key, (_, state) in desk.figures().items()}
    assert states == {
        "A1.first_reply_time": "暂定",
        "A2.first_reply_time": "暂定",
        "A1.attitude": "最终",
    }


@pytest.mark.parametrize(("choice", "value"), [("表上", 30), ("总表", 28)])
def test_what_differs_from_the_master_is_asked(desk: Desk, choice: str, value: int) -> None:
    shutil.copytree(desk.asked, desk.folder / "先发的")
    desk.fill(FIRST)
    desk.collect()
    shutil.rmtree(desk.asked)
    shutil.copytree(desk.folder / "先发的", desk.asked)
    desk.fill({"A1.first_reply_time": 30, "A2.attitude": 3})
    done = desk.collect()
    assert codes(done) == ["undecided"]
    assert "韩雪「首次响应时间」」总表里是 28秒，表上是 30秒" in done.problems[0].message
    assert desk.state(LEADER) == UNDECIDED
    # What nobody doubts is written at once.
    assert desk.figures()["A2.attitude"] == (3, "最终")
    assert desk.figures()["A1.first_reply_time"] == (28, "最终")
    desk.decide(choice)
    done = desk.collect()
    assert "undecided" not in codes(done)
    assert desk.figures()["A1.first_reply_time"] == (value, "最终")
    assert desk.state(LEADER) == RECEIVED


def test_a_second_sheet_asks_for_the_rest_and_both_are_kept(desk: Desk) -> None:
    first = desk.fill(FIRST)
    desk.collect()
    first.unlink()
    written = desk.ask()
    assert written[LEADER][1] == 14 - len(FIRST)
    desk.fill({"A2.attitude": 3}, name="再交.xlsx")
    done = desk.collect()
    assert "undecided" not in codes(done)
    with Ledger(desk.keeper.place, write=False) as ledger:
        kept = [one.record for one in ledger.read(ReturnedReport, superseded=False)]
    (record,) = kept
    assert (record.kind, record.subject, len(record.inputs)) == (REQUEST, LEADER, len(FIRST) + 1)


def test_points_between_the_bands_are_refused_with_their_place(desk: Desk) -> None:
    desk.fill({"A1.attitude": 3.5, "A1.first_reply_time": 20})
    done = desk.collect()
    (told,) = [one for one in done.problems if one.code == "not_allowed"]
    assert "韩雪" in told.message
    assert told.place.sheet == "收数表"
    assert set(desk.figures()) == {"A1.first_reply_time"}


def test_a_closed_month_takes_nothing_more(desk: Desk) -> None:
    with Ledger(desk.keeper.place) as ledger:
        ledger.change_period(PERIOD, PeriodState.CLOSED, by="赵")
    desk.fill(FIRST)
    done = desk.collect()
    assert codes(done) == ["period_closed"]
    assert desk.figures() == {}


def test_a_sheet_of_another_month_is_left(desk: Desk) -> None:
    desk.fill(FIRST)
    done = desk.collect(period=Period("2026-11"))
    assert codes(done) == ["other_month"]
    assert desk.figures() == {}


def test_two_that_differ_are_a_question(desk: Desk) -> None:
    desk.fill({"A1.first_reply_time": 28}, name="甲.xlsx")
    desk.fill({"A1.first_reply_time": 29}, name="乙.xlsx")
    assert codes(desk.collect()) == ["copies_differ"]
    assert desk.figures() == {}


def test_whoever_is_gone_from_the_roster_is_told(desk: Desk) -> None:
    desk.fill(FIRST)
    book = openpyxl.load_workbook(desk.master)
    sheet = book["员工名册"]
    row = next(
        r
        for r in range(1, 20)
        if sheet.cell(r, 3).value == "A2" or sheet.cell(r, 1).value == "魏思"
    )
    for cell in sheet[row]:
        if not str(cell.value).startswith("="):
            cell.value = None
    book.save(desk.master)
    done = desk.collect()
    assert "item_gone" in codes(done)
    assert set(desk.figures()) >= {"A1.first_reply_time", "A1.attitude"}


@pytest.mark.xdist_group("office")
def test_a_batch_that_libreoffice_filled_and_saved(desk: Desk, office: Office) -> None:
    wanted: dict[str, Decimal] = {}
    for path in sorted(desk.asked.iterdir()):
        work = Returning.of(path.read_bytes())
        cells = {one: work.cell(one) for one in keys(work)}
        with office.open(path) as document:
            for number, (one, cell) in enumerate(cells.items()):
                value = Decimal("0.9") if "%" in cell.number_format else Decimal(number % 2 * 4)
                document.set("收数表", cell.coordinate, float(value))
                person, item = figure_of(one) or ("", "")
                wanted[f"{person}.{item}"] = value
            document.recalculate()
            done = work.cell("told.progress")
            assert document.get("收数表", done.coordinate) == len(cells)
            document.save_as(desk.back / path.name)
    done = desk.collect()
    assert (done.failed, [str(one) for one in done.problems]) == (False, [])
    assert {one: value for one, (value, _) in desk.figures().items()} == wanted
    assert len(wanted) == 20


def keys(work: Returning) -> list[str]:
    from xladdin.layout.place import key_of  # noqa: PLC0415

    found = (key_of(name) for name in work.book.defined_names)
    return [one for one in found if one and figure_of(one)]
