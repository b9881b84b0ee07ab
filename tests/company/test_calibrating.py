"""Calibration: who is counted together, what is missed by how many, and what a grade pays."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.books.random_cohorts import PERIOD, graded, random_board, shipped
from xladdin.company.calibrated import Calibrated
from xladdin.company.calibrating import (
    Board,
    bonus,
    calibrated,
    current_grade,
    is_ordered,
    original_grade,
    team_size,
    third,
)
from xladdin.company.company import Company
from xladdin.company.company_settings import ORDER_SETTING, TEAM_SETTING, Setting
from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.scoring import keys


def asking(share: str = "25%", asks: str = "<=") -> Scheme:
    raw: dict[str, Any] = shipped("online_shop_monthly").model_dump()
    raw["grades"][0]["guideline"] = {"asks": asks, "share": share}
    return Scheme.model_validate(raw)


def people(scheme: Scheme, **teams: list[int]) -> tuple[PersonResult, ...]:
    return tuple(
        graded(
            Employee(id=f"{team}{i}", name=team, department=team, position="客服"),
            scheme,
            Decimal(points),
        )
        for team, own in teams.items()
        for i, points in enumerate(own)
    )


def board(scheme: Scheme, size: int = 0, department: str = "", **teams: list[int]) -> Board:
    return Board(MonthResults("青禾", PERIOD, people(scheme, **teams)), department, size)


def test_departments_are_counted_alone_from_a_size_on_and_else_together() -> None:
    teams = {"甲": [95, 92, 80], "乙": [91, 70], "丙": [60]}
    scheme = asking()

    def groups(size: int, department: str = "") -> list[tuple[str, int]]:
        found = board(scheme, size, department, **teams).groups(scheme)
        return [(group.department, len(group.people)) for group in found]

    assert groups(0) == [("", 6)]
    assert groups(1) == [("丙", 1), ("乙", 2), ("甲", 3)]
    assert groups(3) == [("甲", 3), ("", 3)]
    assert groups(3, "丙") == [("", 3)]
    assert groups(3, "甲") == [("甲", 3)]


def test_what_is_missed_is_told_by_how_many_and_changes_with_the_grades() -> None:
    scheme = asking()
    (group,) = board(scheme, 甲=[95, 94, 93, 60]).groups(scheme)
    told = [verdict.told for verdict in group.verdicts({})]
    assert told == ["多 2 人", "", "", "", ""]
    told = [it.told for it in group.verdicts({"甲1": "良好", "甲2": "良好"})]
    assert told[0] == "符合"


def test_everybody_is_counted_once() -> None:
    """Whatever is changed, the counts of a group sum up to its people."""
    for seed in range(20):
        made = random_board(random.Random(seed), 6, size=seed % 5)
        grades = {it.employee.id: made.schemes[0].grades[-1].name for it in made.people[::2]}
        for scheme in made.schemes:
            groups = made.groups(scheme)
            assert sorted(it.employee.id for own in groups for it in own.people) == sorted(
                it.employee.id for it in made.of_scheme(scheme)
            )
            for group in groups:
                assert sum(it.count for it in group.verdicts(grades)) == len(group.people)


def test_a_decided_grade_keeps_the_one_of_the_score_beside_it() -> None:
    (one,) = people(asking(), 甲=[95])
    paid = replace(one, employee=one.employee.model_copy(update={"bonus_base": Decimal(1000)}))
    now = calibrated(paid, Calibrated("优秀", "一般", "王", "缺勤"))
    assert (original_grade(now), current_grade(now)) == ("优秀", "一般")
    assert now.values[keys.COEFFICIENT] == Decimal("0.8")
    assert (bonus(paid, "优秀"), bonus(paid, "一般")) == (1200, 800)


def test_without_a_total_there_is_no_grade_to_calibrate() -> None:
    done, open_ = people(asking(), 甲=[95, 80])
    nothing = replace(open_, values={})
    made = Board(MonthResults("青禾", PERIOD, (done, nothing)))
    assert (made.people, made.waiting) == ((done,), 1)


@pytest.mark.parametrize(
    ("count", "levels"),
    [(2, "高低"), (3, "高中低"), (4, "高中中低"), (5, "高中中中低"), (6, "高高中中低低")],
)
def test_steps_are_parted_in_three(count: int, levels: str) -> None:
    assert "".join(third(place, count) for place in range(count)) == levels


@pytest.mark.parametrize(
    ("said", "size"), [("", 0), ("5", 5), ("五", 0), ("0", 0), ("31", 0), ("-3", 0)]
)
def test_the_settings_say_how_it_is_done(said: str, size: int) -> None:
    company = Company(settings=(Setting(TEAM_SETTING, said), Setting(ORDER_SETTING, "是")))
    assert (team_size(company), is_ordered(company)) == (size, True)
    assert not is_ordered(Company())
