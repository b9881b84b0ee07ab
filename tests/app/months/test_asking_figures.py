"""收数表 are written: a file for each deliverer, none for whoever has delivered, none over what was filled in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.app.command import xladdin
from tests.company.people import company as people
from tests.company.people import employee
from xladdin.app.init import write
from xladdin.app.months.asking_figures import (
    FOLDER,
    ask_for_figures,
    request_path,
    request_paths,
    requests_of,
)
from xladdin.company.company import Company, Figure
from xladdin.company.company_settings import DELIVERER, Setting
from xladdin.domain.people import Actual, Period

PERIOD = Period("2026-12")
LEADERS = {"售后组长": "直接上级", "质检专员": "周检"}


@pytest.fixture
def company() -> Company:
    """Two teams of one scheme; each has its leader."""
    staff = [
        employee("L1", "客服主管", name="马班长"),
        employee("L2", "客服主管", name="牛班长"),
        employee("A1", "售后客服", name="甲", superior="马班长"),
        employee("A2", "售后客服", name="乙", superior="马班长"),
        employee("B1", "售后客服", name="丙", superior="牛班长"),
    ]
    said = [Setting(f"{DELIVERER}{post}", who) for post, who in LEADERS.items()]
    return replace(people(*staff), settings=tuple(said))


def filled(company: Company, *items: str) -> Company:
    """Everybody's figures of these indicators are known."""
    lines = [
        Actual(period=PERIOD, employee=one.id, indicator=item, actual=Decimal(1))
        for one in company.employees
        for item in items
    ]
    return replace(company, figures=tuple(map(Figure, lines)))


def test_a_leader_gets_one_sheet_for_all_people_and_indicators(company: Company) -> None:
    found = {one.deliverer: one for one in requests_of(company, PERIOD)}
    assert set(found) == {"马班长", "牛班长", "周检", "培训专员"}
    assert {one.employee.id for one in found["马班长"].figures} == {"A1", "A2"}
    assert {one.employee.id for one in found["周检"].figures} == {"A1", "A2", "B1"}
    assert {one.item.source.post for one in found["马班长"].figures} == {"售后组长"}


def test_the_target_of_the_month_counts_before_the_schemes_own(company: Company) -> None:
    line = Actual(period=PERIOD, employee="A1", indicator="resolution_rate", target=Decimal("0.9"))
    known = replace(company, figures=(Figure(line),))
    (found,) = [one for one in requests_of(known, PERIOD) if one.deliverer == "马班长"]
    targets = {
        one.employee.id: one.target for one in found.figures if one.item.id == "resolution_rate"
    }
    assert targets == {"A1": Decimal("0.9"), "A2": Decimal("0.95")}


def test_whoever_has_delivered_gets_none(company: Company, tmp_path: Path) -> None:
    done = ask_for_figures(filled(company, "training_pass"), PERIOD, tmp_path)
    assert done.complete == ["培训专员"]
    assert set(done.written) == {"马班长", "牛班长", "周检"}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"收数表_2026-12_{who}.xlsx" for who in done.written
    )
    assert any("已经报齐：培训专员" in line for line in done.told)


def test_one_that_was_filled_in_stays_unless_told_otherwise(
    company: Company, tmp_path: Path
) -> None:
    ask_for_figures(company, PERIOD, tmp_path)
    path = request_path(tmp_path, PERIOD, "周检")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D9"] = 3
    book.save(path)
    before = path.read_bytes()
    done = ask_for_figures(company, PERIOD, tmp_path)
    assert (done.kept, [one.code for one in done.problems]) == (["周检"], ["request_kept"])
    assert path.read_bytes() == before
    assert set(done.written) == {"马班长", "牛班长", "培训专员"}
    done = ask_for_figures(company, PERIOD, tmp_path, overwrite=True)
    assert (done.kept, path.read_bytes() != before) == ([], True)


def test_asking_again_changes_nothing(company: Company, tmp_path: Path) -> None:
    ask_for_figures(company, PERIOD, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    ask_for_figures(company, PERIOD, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_names_that_no_file_may_have(company: Company, tmp_path: Path) -> None:
    odd = replace(company, settings=(Setting(f"{DELIVERER}质检专员", "质检/一组:周"),))
    done = ask_for_figures(odd, PERIOD, tmp_path)
    path, _ = done.written["质检/一组:周"]
    assert path.parent == tmp_path
    assert path.exists()


def test_those_that_lie_where_they_are_written_are_expected(
    company: Company, tmp_path: Path
) -> None:
    assert request_paths(company, tmp_path, PERIOD) == {}
    ask_for_figures(company, PERIOD, tmp_path / FOLDER / PERIOD)
    found = request_paths(filled(company, "training_pass"), tmp_path, PERIOD)
    assert set(found) == {"马班长", "牛班长", "周检"}
    assert all(path.exists() for path in found.values())


def test_the_command_opens_and_asks(company: Company, tmp_path: Path) -> None:
    master = tmp_path / "总表.xlsx"
    write(master, company)
    done = xladdin("month", master, "--period", "2026-12", "--ask", tmp_path / "收数")
    assert done.code == 0
    assert "收数表 4 份" in done.out
    assert len(list((tmp_path / "收数").iterdir())) == 4
    again = xladdin("month", master, "--period", "2026-12", "--ask", tmp_path / "收数", "--json")
    assert '"added": 0' in again.out
    assert again.out.count('"deliverer"') == 4
