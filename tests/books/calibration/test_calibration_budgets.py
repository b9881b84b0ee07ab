"""Departments' budgets in the 校准表: who sees which, and what a changed grade does to it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.books.random_cohorts import cohort_with_boxes
from xladdin.books.calibration import calibration_budgets
from xladdin.books.calibration import calibration_keys as ck
from xladdin.books.calibration.calibration_book import book, values
from xladdin.company.calibrating import Board
from xladdin.company.team_budgets import TeamBudgets
from xladdin.formula.evaluate import Value
from xladdin.layout.place import results


def board(department: str = "", **amounts: int) -> Board:
    """Eight people of two departments, of which some have a budget; the company has 12,000 元."""
    found = cohort_with_boxes()
    budgets = TeamBudgets({name: Decimal(amount) for name, amount in amounts.items()})
    return replace(found, department=department, results=replace(found.results, teams=budgets))


def cells(of: Board) -> dict[str, Value]:
    found = results(book(of), values(of))
    return {key: found[key] for key in found if key.startswith(("cal.team.", "cal.left"))}


def texts(of: Board) -> set[str]:
    return {
        str(getattr(cell.content, "value", "")) for sheet in book(of).sheets for cell in sheet.cells
    }


def test_a_department_sees_its_own_budget_and_no_other() -> None:
    of = board("客服一部", 客服一部=4_900, 客服二部=6_543)
    found = cells(of)
    assert found[ck.team_due(1)] == Decimal(5_600)
    assert found[ck.team_left(1)] == found["cal.left"] == Decimal(-700)
    assert found[ck.team_factor(1)] == Decimal("0.875")
    assert not {"6543", "12000", "客服二部"} & texts(of)


def test_the_companys_workbook_has_a_row_for_each_that_has_one() -> None:
    of = board(客服二部=6_543)
    assert [team.name for team in calibration_budgets.teams(of)] == ["客服二部"]
    assert calibration_budgets.TITLE in texts(of)


@pytest.mark.parametrize("department", ["", "客服二部"])
def test_without_a_budget_nothing_is_said_of_budgets(department: str) -> None:
    of = board(department, 客服一部=7_000) if department else board()
    assert calibration_budgets.TITLE not in texts(of)
    assert (cells(of)["cal.left"] is None) is bool(department)


def test_departments_that_differ_in_case_alone_share_a_budget() -> None:
    of = board(客服一部=7_000)
    people = list(of.results.people)
    for at, name in ((0, "VIP组"), (2, "vip组 ")):
        people[at] = replace(
            people[at], employee=people[at].employee.model_copy(update={"department": name})
        )
    budgets = TeamBudgets({"vip组": Decimal(3_000)})
    of = replace(of, results=replace(of.results, people=tuple(people), teams=budgets))
    (team,) = calibration_budgets.teams(of)
    assert len(team.parts) == 2
    due = sum(
        Decimal(2_000) * Decimal(str(it.values["coefficient"])) for it in (people[0], people[2])
    )
    assert cells(of)[ck.team_due(1)] == due
