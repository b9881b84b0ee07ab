"""What of a returned form goes into the master beside the actual: self-ratings, and targets."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.patch.masters import SMALL, write_master
from xladdin.app.generating.generate import generate
from xladdin.books import return_list
from xladdin.company.starting import example_company
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import read_master
from xladdin.schemes.library import Library

from .test_collect import ANSWERS, PEOPLE, PERIOD, Desk, codes

OWN = {"self.initiative": 4, "self.teamwork": 5}
PERSON = PEOPLE[0]
Lay = Callable[..., Desk]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Lays out a desk of one person who rates herself, with such rows in the master."""

    def laid(*rows: dict[str, Any]) -> Desk:
        (usual,) = SMALL["library"].schemes
        library = Library((usual.model_copy(update={"self_weight": Decimal(30)}),))
        few = {**SMALL, "library": library, "employees": example_company().employees[1:2]}
        own = [{"period": str(PERIOD), "employee": PERSON, **row} for row in rows]
        company, problems = read_master(write_master(tmp_path / "总表.xlsx", own, **few))
        assert [str(one) for one in problems if one.is_error] == []
        (tmp_path / "收到").mkdir()
        generate(company, PERIOD, tmp_path / "发出", ids=[PERSON])
        return Desk(tmp_path)

    return laid


def ratings(desk: Desk) -> dict[str, tuple[Any, Any]]:
    """The actual and the self-rating of each indicator, as the master says."""
    company, _ = read_master(desk.master)
    lines = company.actuals_of(company.people[PERSON], PERIOD)
    return {line.indicator: (line.actual, line.self_rating) for line in lines}


def cell(desk: Desk, row: int, head: str) -> Any:
    """A cell of the master's sheet of figures; ``row`` counts those with figures."""
    sheet = openpyxl.load_workbook(desk.master)[FIGURES.name]
    heads = [column.head for column in FIGURES.columns]
    top = next(at for at in range(1, 9) if sheet.cell(at, 1).value == heads[0])
    return sheet.cell(top + row, heads.index(head) + 1).value


def set_cell(desk: Desk, row: int, head: str, value: object) -> None:
    book = openpyxl.load_workbook(desk.master)
    sheet, heads = book[FIGURES.name], [column.head for column in FIGURES.columns]
    top = next(at for at in range(1, 9) if sheet.cell(at, 1).value == heads[0])
    sheet.cell(top + row, heads.index(head) + 1).value = value
    book.save(desk.master)


def test_self_ratings_come_into_their_column(lay: Lay) -> None:
    desk = lay()
    desk.fill(PERSON, {**ANSWERS, **OWN})
    done = desk.collect()
    assert ratings(desk)["initiative"] == (5, 4)
    assert ratings(desk)["teamwork"] == (Decimal("4.5"), 5)
    assert ratings(desk)["reply_quality"] == (1, None)
    new = {change.indicator: change.new for change in done.changes}
    assert new["工作主动性（自评）"] == "4"
    again = desk.collect()
    assert not again.written
    assert not again.settled[0].open


def test_a_self_rating_joins_an_actual_that_is_there(lay: Lay) -> None:
    desk = lay({"indicator": "工作主动性", "actual": 5})
    desk.fill(PERSON, {**ANSWERS, **OWN})
    desk.collect()
    assert ratings(desk)["initiative"] == (5, 4)


@pytest.mark.parametrize("mark", ["—", "/", "N/A"])
def test_a_dash_in_its_place_is_nothing(lay: Lay, mark: str) -> None:
    desk = lay({"indicator": "工作主动性", "actual": 5, "self_rating": mark})
    desk.fill(PERSON, {**ANSWERS, **OWN})
    desk.collect()
    assert cell(desk, 1, "自评") == 4


def test_what_nobody_can_read_in_its_place_is_left(lay: Lay) -> None:
    desk = lay({"indicator": "工作主动性", "actual": 5})
    desk.fill(PERSON, {**ANSWERS, **OWN})
    set_cell(desk, 1, "自评", "还行")
    assert len(desk.collect().settled[0].open) == 1  # the row has no figures then
    desk.decide("表上")
    done = desk.collect()
    assert cell(desk, 1, "自评") == "还行"
    assert any("没有写入 4" in problem.message for problem in done.problems)
    assert ratings(desk)["teamwork"] == (Decimal("4.5"), 5)


def test_another_self_rating_is_a_question(lay: Lay) -> None:
    desk = lay({"indicator": "工作主动性", "actual": 5, "self_rating": 3})
    desk.fill(PERSON, {**ANSWERS, **OWN})
    (question,) = desk.collect().settled[0].open
    assert question.what == "工作主动性（自评）"
    assert ratings(desk)["initiative"] == (5, 3)
    desk.decide("表上")
    assert {one.kind for one in desk.collect().changes if "主动性（" in one.indicator} == {
        "changed"
    }
    assert ratings(desk)["initiative"] == (5, 4)
    assert desk.listed()[0]["状态"] != return_list.UNDECIDED


def test_a_self_rating_alone_waits_for_the_superior(lay: Lay) -> None:
    desk = lay()
    desk.fill(PERSON, OWN)
    assert "self_rating_waits" in codes(desk.collect())
    assert ratings(desk) == {}


def test_a_master_without_the_column_says_so_and_takes_the_rest(lay: Lay) -> None:
    desk = lay({"indicator": "工作主动性"})
    set_cell(desk, 0, "自评", "我的列")
    desk.fill(PERSON, {**ANSWERS, **OWN})
    done = desk.collect()
    assert "column_missing" in codes(done)
    assert ratings(desk)["initiative"] == (5, None)


def test_a_target_is_filled_in_beside_an_actual_that_is_there(lay: Lay) -> None:
    desk = lay({"indicator": "销售目标达成", "actual": 90000, "state": "最终"})
    asked = {"target.sales_target": 100000}
    if "sales_target" not in ratings(desk):
        pytest.fail("the scheme has another indicator with a target now")
    desk.fill(PERSON, {**ANSWERS, **asked})
    desk.collect()
    assert cell(desk, 1, "目标值") == 100000
