"""Random cohorts for calibration: grades before and after, guidelines of every kind, bonuses, a budget."""

from __future__ import annotations

import random
from decimal import Decimal
from functools import cache
from typing import Any

from xladdin.company.calibrated import Calibrated
from xladdin.company.calibrating import Board, calibrated
from xladdin.company.month_results import CompetencyResult, MonthResults, PersonResult
from xladdin.company.team_budgets import TeamBudgets
from xladdin.domain.bonus_rules import BonusKind
from xladdin.domain.budget_rules import BudgetRule
from xladdin.domain.guidelines import Asks
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.schemes.library import Library
from xladdin.scoring import keys

PERIOD = Period("2026-11")


@cache
def shipped(id_: str) -> Scheme:
    scheme = Library.shipped().scheme(id_)
    assert scheme is not None
    return scheme


def with_guidelines(chance: random.Random, scheme: Scheme, number: int) -> Scheme:
    """The scheme with guidelines and a bonus of random kinds."""
    raw: dict[str, Any] = scheme.model_dump()
    raw |= {"id": f"scheme_{number}", "name": f"方案{number}", "weights_editable": False}
    kind = chance.choice([BonusKind.COEFFICIENT, BonusKind.LADDER, BonusKind.SHARE])
    raw["bonus"] = {"kind": kind, "share": Decimal(1), "base": chance.choice([None, 2000])}
    for grade in raw["grades"]:
        grade["pay"] = Decimal(chance.randint(0, 200000)) / 100
        ends = sorted(Decimal(chance.randint(0, 20)) / 20 for _ in range(2))
        asks = chance.choice(list(Asks))
        asked = {"asks": asks, "share": ends[0], "most": ends[1], "binding": chance.random() < 0.5}
        grade["guideline"] = chance.choice([None, asked, asked])
    return Scheme.model_validate(raw)


def graded(person: Employee, scheme: Scheme, points: Decimal) -> PersonResult:
    """Somebody with this total and the grade that it gives."""
    found = next(
        it
        for it in scheme.grades
        if it.lower is None or points > it.lower or (points == it.lower and it.sign == ">=")
    )
    values: dict[str, Value] = {keys.TOTAL: points, keys.GRADE: found.name}
    return PersonResult(person, scheme, {**values, keys.COEFFICIENT: found.coefficient})


def random_person(chance: random.Random, number: int, team: str, scheme: Scheme) -> PersonResult:
    person = Employee(
        id=f"{number:05d}",
        name=f"员工{number}",
        department=team,
        position="客服",
        bonus_base=chance.choice([None, Decimal(chance.randint(0, 500000)) / 100]),
    )
    found = graded(person, scheme, Decimal(chance.randint(4000, 10000)) / 100)
    if chance.random() < 0.3:
        before = str(found.values[keys.GRADE])
        after = chance.choice([grade.name for grade in scheme.grades])
        found = calibrated(found, Calibrated(before, after, "王经理", "带新人"))
    return found


def random_board(chance: random.Random, teams: int, *, size: int = 1, schemes: int = 1) -> Board:
    """Departments of up to twelve people, each a cohort of its own where ``size`` is 1."""
    ids = chance.sample(["online_shop_monthly", "sales_service", "after_sales_monthly"], schemes)
    known = [with_guidelines(chance, shipped(id_), n) for n, id_ in enumerate(ids)]
    people: list[PersonResult] = []
    for team in range(teams):
        for _ in range(chance.randint(1, 12)):
            people.append(random_person(chance, len(people), f"{team}部", chance.choice(known)))
    budget = chance.choice([None, Decimal(chance.randint(0, 900000)) / 100])
    own = TeamBudgets(
        {f"{team}部": Decimal(chance.randint(0, 900000)) / 100 for team in range(0, teams, 2)},
        BudgetRule(chance.random() < 0.5, chance.random() < 0.5),
    )
    budgets = own if chance.random() < 0.5 else TeamBudgets()
    months = MonthResults("青禾", PERIOD, tuple(people), budget=budget, teams=budgets)
    return Board(months, "", size, chance.random() < 0.5)


def cohort_with_boxes() -> Board:
    """Two departments by one scheme whose guidelines bind in part, a changed grade, and competency."""
    raw: dict[str, Any] = shipped("online_shop_monthly").model_dump()
    raw["grades"][0]["guideline"] = {"asks": Asks.AT_MOST, "share": "20%", "binding": True}
    raw["grades"][1]["guideline"] = {"asks": Asks.BETWEEN, "share": "20%", "most": "40%"}
    scheme = Scheme.model_validate(raw)
    able = Library.shipped().competency("customer_service")
    assert able is not None
    people, rated = [], []
    for number, points in enumerate((96, 91, 88, 84, 79, 72, 65, 50)):
        team = "客服一部" if number % 2 else "客服二部"
        person = Employee(
            id=f"QC{number:03d}",
            name=f"员工{number}",
            department=team,
            position="客服",
            bonus_base=Decimal(2000),
        )
        people.append(graded(person, scheme, Decimal(points)))
        level = able.levels[number % len(able.levels)]
        if number != 6:
            rated.append(CompetencyResult(person, able, level.points, level.name))
    decided = Calibrated("优秀", "良好", "王经理", "投诉处理慢", at="2026-12-02")
    people[1] = calibrated(people[1], decided)
    months = MonthResults("青禾", PERIOD, tuple(people), budget=Decimal(12_000), rated=tuple(rated))
    return Board(months)
