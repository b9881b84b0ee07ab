"""校准表 among what comes back: expected, listed and filed away like any other form."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from tests.app.results.calibration_filling import filled
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_calibrations import BY, FOLDER
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.collecting.collected import Collected
from xladdin.app.init import write
from xladdin.app.results.calibration_returns import take_read
from xladdin.app.results.calibration_sheets import sheet_path, write_calibration
from xladdin.app.results.month_scores import month_results
from xladdin.books.calibration.calibration_book import TITLE
from xladdin.books.return_list import FAULTS, FAULTY, LACKING, LIST, RECEIVED
from xladdin.company.calibrating import Board, current_grade
from xladdin.company.company_settings import FOLDER_SETTING
from xladdin.company.starting import example_company
from xladdin.domain.people import Period
from xladdin.master.read_master import read_master

MONTH = Period("2026-10")


class Calibrating:
    """A master, its 校准表 where the button writes them, and a folder of what came back."""

    def __init__(self, folder: Path) -> None:
        self.master, self.back, self.away = folder / "总表.xlsx", folder / "收到", folder / "已收"
        self.back.mkdir()
        write(self.master, example_company())
        company, _ = read_master(self.master)
        results, _ = month_results(company, MONTH)
        self.sheets = folder / (company.setting(FOLDER_SETTING) or ".") / FOLDER / MONTH
        write_calibration(company, results, self.sheets)
        self.board = Board.of(company, results)
        self.teams = sorted({one.employee.department for one in self.board.people})

    def other(self, team: str) -> dict[str, tuple[str, str]]:
        """Another grade for one of a department."""
        one = next(it for it in self.board.people if team in ("", it.employee.department))
        grade = next(it.name for it in one.scheme.grades if it.name != current_grade(one))
        return {one.employee.id: (grade, "有投诉")}

    def hand_in(self, team: str, grades: Mapping[str, tuple[str, str]]) -> Path:
        source = sheet_path(self.sheets, MONTH, team)
        path = self.back / source.name
        path.write_bytes(filled(source.read_bytes(), grades))
        return path

    def collect(self) -> Collected:
        taking = partial(take_read, self.master)
        return collect(
            self.master,
            [self.back],
            period=MONTH,
            keeper=LedgerKeeper.of(self.master),
            calibrate=lambda reads, month: taking(reads, period=month),
            move_to=self.away,
        )

    def lines(self, done: Collected) -> dict[str, tuple[str, str, str]]:
        """Department -> state, by whom, and problem, of the lines of 校准表."""
        assert done.list_path is not None
        rows = list(openpyxl.load_workbook(done.list_path)[LIST].iter_rows(values_only=True))
        heads = next(row for row in rows if "状态" in row)
        found = [dict(zip(heads, row, strict=True)) for row in rows if TITLE in row]
        return {
            str(it["部门"] or ""): (str(it["状态"]), str(it["谁填"]), str(it["问题"] or ""))
            for it in found
        }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Calibrating:
    return Calibrating(tmp_path_factory.mktemp("calibrating"))


@pytest.fixture
def desk(made: Calibrating, tmp_path: Path) -> Calibrating:
    shutil.copytree(made.master.parent, tmp_path, dirs_exist_ok=True)
    own = object.__new__(Calibrating)
    own.__dict__ |= made.__dict__
    for name in ("master", "back", "away", "sheets"):
        old = getattr(made, name)
        setattr(own, name, tmp_path / old.relative_to(made.master.parent))
    return own


def test_what_was_written_is_expected_and_what_came_is_filed_away(desk: Calibrating) -> None:
    team, *others = desk.teams
    path = desk.hand_in(team, desk.other(team))
    done = desk.collect()
    assert [str(it) for it in done.problems if it.is_error] == []
    lines = desk.lines(done)
    assert lines[team] == (RECEIVED, "王经理", "")
    assert {name: lines[name][:2] for name in others} == dict.fromkeys(others, (LACKING, BY))
    assert done.moved == 1
    assert not path.exists()
    assert (desk.away / path.name).exists()
    again = desk.collect()
    assert desk.lines(again)[team][0] == RECEIVED


def test_one_that_is_refused_stays_and_the_list_says_why(desk: Calibrating) -> None:
    team = desk.teams[0]
    ((person, (grade, _)),) = desk.other(team).items()
    path = desk.hand_in(team, {person: (grade, "")})
    done = desk.collect()
    state, _, problem = desk.lines(done)[team]
    assert state == FAULTY
    assert "没有写理由" in problem
    assert done.list_path is not None
    listed = openpyxl.load_workbook(done.list_path)[FAULTS]
    assert any("没有写理由" in str(cell) for row in listed.values for cell in row)
    assert path.exists()
    assert done.moved == 0


def test_where_that_of_the_company_came_nobody_waits_for_the_departments(
    desk: Calibrating,
) -> None:
    desk.hand_in("", desk.other(""))
    lines = desk.lines(desk.collect())
    assert {name: line[0] for name, line in lines.items()} == {"": RECEIVED}
    assert {name: line[0] for name, line in desk.lines(desk.collect()).items()} == {"": RECEIVED}
