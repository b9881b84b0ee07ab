"""Figures that may still change are said to be so wherever they are shown, and no longer than they may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.app.command import xladdin
from tests.company.people import company as people
from tests.company.people import employee
from xladdin.app.checking_master import overdue
from xladdin.app.collecting.collect import collect
from xladdin.app.generating.generate import generate
from xladdin.app.init import write
from xladdin.app.results.ledger_upkeep import change_period
from xladdin.app.results.month_scores import month_results
from xladdin.books.appraisal import head
from xladdin.books.summary import feedback_slip, summary_ranking
from xladdin.company.appealing import Issue
from xladdin.company.company import Company, Figure
from xladdin.company.figure_states import FINAL, PROVISIONAL
from xladdin.domain.people import Actual, Period
from xladdin.layout.place import defined_name
from xladdin.ledger.records import PeriodState
from xladdin.master.read_master import read_master

PERIOD = Period("2026-11")
ITEMS = ("first_reply_time", "satisfaction")


def company(states: Mapping[str, str]) -> Company:
    """People of one scheme, whose figures are in these states."""
    staff = [employee(id_, "售后客服") for id_ in states]
    figures = [
        Figure(Actual(period=PERIOD, employee=id_, indicator=item, actual=Decimal("0.5")), state)
        for id_, state in states.items()
        for item in ITEMS
    ]
    return replace(people(*staff), figures=tuple(figures))


BOTH = {"A1": PROVISIONAL, "A2": FINAL}


def test_the_forms_head_says_it_and_no_other(tmp_path: Path) -> None:
    generate(company(BOTH), PERIOD, tmp_path)
    told = {}
    for path in tmp_path.rglob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        ((sheet, place),) = book.defined_names[defined_name(head.TIME)].destinations
        told[path.name.split("_")[1]] = book[sheet][place].value
    assert told == {"A1": "2026年11月（数据暂定）", "A2": "2026-11-01 至 2026-11-30"}


def test_a_month_of_which_somebody_was_there_in_part_says_both() -> None:
    person = employee("A1").model_copy(update={"joined": dt.date(2026, 11, 10)})
    said = head.values(person, PERIOD, "表", provisional=True)[head.TIME]
    assert said == "2026年11月，在岗 2026-11-10 起（数据暂定）"


def test_a_form_comes_back_after_its_figures_are_final_and_nothing_is_told(tmp_path: Path) -> None:
    master, out = tmp_path / "总表.xlsx", tmp_path / "发出"
    generate(company({"A1": PROVISIONAL}), PERIOD, out)
    (path,) = out.rglob("*.xlsx")
    book = openpyxl.load_workbook(path)
    ((sheet, place),) = book.defined_names["xl_actual__attitude"].destinations
    book[sheet][place].value = 4
    book.save(path)
    write(master, company({"A1": FINAL}))
    done = collect(master, [path], period=PERIOD)
    assert "given_text_changed" not in [one.code for one in done.problems]


def test_the_summary_and_the_slip_say_it() -> None:
    results, _ = month_results(company(BOTH), PERIOD)
    found = {one.employee.id: one for one in results.people}
    assert (found["A1"].unsettled, found["A2"].unsettled) == ("数据暂定 2 项", "")
    assert results.unsettled.startswith("1 人有暂定的数据")
    table = summary_ranking.sheet(results).table
    assert table is not None
    remarks = {str(row["id"]): row["remark"] for row in table.rows}
    assert remarks == {"A1": "数据暂定 2 项", "A2": None}
    slips = {
        id_: feedback_slip.values(
            one, PERIOD, Issue(dt.date(2026, 12, 1), dt.date(2026, 12, 10)), {}
        )
        for id_, one in found.items()
    }
    assert "（数据暂定）" in str(slips["A1"][head.TIME])
    assert "（数据暂定）" not in str(slips["A2"][head.TIME])


@pytest.mark.parametrize(("day", "told"), [("2026-12-03", 0), ("2026-12-04", 1), ("2027-02-01", 1)])
def test_the_check_reminds_once_they_should_be_final(day: str, told: int) -> None:
    found = overdue(company(BOTH), "总表.xlsx", dt.date.fromisoformat(day))
    assert len(found) == told
    assert all("2026年11月有 2 条数据还是暂定，12月4日起应是最终" in one.message for one in found)
    assert not any(one.is_error for one in found)


def test_closing_a_month_warns(tmp_path: Path) -> None:
    master = tmp_path / "总表.xlsx"
    write(master, company(BOTH))
    done = change_period(master, PERIOD, PeriodState.CLOSED, url=None, by="赵")
    assert [one.code for one in done.problems] == ["closed_provisional"]
    assert "2 条数据是暂定的" in done.problems[0].message
    reopened = change_period(master, PERIOD, PeriodState.REOPENED, url=None, by="赵", why="定稿")
    assert reopened.problems == []
    assert xladdin("period", "close", master, "--period", "2026-11").code == 0


def test_a_master_keeps_the_states(tmp_path: Path) -> None:
    master = tmp_path / "总表.xlsx"
    write(master, company(BOTH))
    found, _ = read_master(master)
    assert list(found.provisional_of(found.people["A1"], PERIOD)) == list(ITEMS)
    assert list(found.provisional_of(found.people["A2"], PERIOD)) == []
