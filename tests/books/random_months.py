"""Months of random companies: schemes of any rules, guidelines and bonuses, people with figures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.equality.forms import Filled
from xladdin.company.month_results import Lean, LeftOut, MonthResults, PersonResult, months_until
from xladdin.company.team_budgets import TeamBudgets
from xladdin.domain.bonus_rules import BonusKind
from xladdin.domain.budget_rules import BudgetRule
from xladdin.domain.guidelines import Asks
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.scoring.model import missing_items
from xladdin.scoring.scorer import scorer_of

PERIOD = Period("2026-11")
DEPARTMENTS = ("客服一部", "客服二部", "a", "A*?~")
LARGEST = Decimal(1_000_000)


def random_month(chance: random.Random, forms: Sequence[Filled]) -> MonthResults:
    """One to three of the schemes, up to fourteen people."""
    chosen = chance.sample(range(len(forms)), chance.randint(1, 3))
    schemes = [_with_rules(chance, forms[i].scheme, i) for i in chosen]
    people = [
        _person(chance, number, scheme, forms[i].inputs)
        for number in range(chance.randint(1, 14))
        for scheme, i in [chance.choice(list(zip(schemes, chosen, strict=True)))]
    ]
    months = months_until(PERIOD)[:-1]
    history = {
        one.employee.id: {
            month: Decimal(chance.randint(0, 11000)) / 100
            for month in months
            if chance.random() < 0.6
        }
        for one in people
    }
    nobody = Employee(id="X1", name="无方案", department="客服一部", position="客服")
    leans = [
        Lean("王", "主管评", 3, 2, Decimal(chance.randint(-300, 300)) / 100, Decimal(1))
        for _ in range(chance.randint(0, 3))
    ]
    budget = chance.choice([None, Decimal(chance.randint(0, 20000))])
    made = MonthResults(
        "青禾", PERIOD, tuple(people), (LeftOut(nobody, "没有方案"),), history, tuple(leans), budget
    )
    return replace(made, teams=_teams(chance))


def _teams(chance: random.Random) -> TeamBudgets:
    """Budgets of some departments, small and large; in half of the months there are none."""
    if chance.random() < 0.5:
        return TeamBudgets()
    amounts = {
        name.casefold(): Decimal(chance.choice((0, 1, chance.randint(0, 2_000_000)))) / 100
        for name in DEPARTMENTS
        if chance.random() < 0.7
    }
    return TeamBudgets(amounts, BudgetRule(chance.random() < 0.5, chance.random() < 0.5))


def _with_rules(chance: random.Random, scheme: Scheme, number: int) -> Scheme:
    raw: dict[str, Any] = scheme.model_dump()
    kind = chance.choice(list(BonusKind))
    raw |= {"id": f"scheme_{number}", "name": f"方案{number}", "weights_editable": False}
    raw["bonus"] = chance.choice(
        [
            None,
            {
                "kind": kind,
                "base": chance.choice([None, Decimal(chance.randint(0, 900000)) / 100]),
                "share": Decimal(chance.randint(0, 150)) / 100,
                "threshold": chance.choice([None, Decimal(80)]),
                "steps": _steps(chance),
                "linear": chance.random() < 0.5,
            },
        ]
    )
    for grade in raw["grades"]:
        grade["pay"] = Decimal(chance.randint(0, 200000)) / 100
        ends = sorted(Decimal(chance.randint(0, 20)) / 20 for _ in range(2))
        asked = {"asks": chance.choice(list(Asks)), "share": ends[0], "most": ends[1]}
        grade["guideline"] = chance.choice([None, asked])
    return Scheme.model_validate(raw)


def _steps(chance: random.Random) -> list[dict[str, Any]]:
    """Two to six steps of pay, the last one without a bound."""
    bounds = sorted({Decimal(chance.randint(1, 10000)) / 100 for _ in range(5)}, reverse=True)
    steps: list[dict[str, Any]] = [
        {"lower": low, "sign": chance.choice([">=", ">"])}
        for low in bounds[: chance.randint(1, len(bounds))]
    ]
    return [{**step, "share": Decimal(chance.randint(0, 200)) / 100} for step in [*steps, {}]]


def _person(
    chance: random.Random, number: int, scheme: Scheme, given: dict[str, Value]
) -> PersonResult:
    inputs = {key: value for key, value in given.items() if not key.startswith("weight.")}
    for key, value in inputs.items():
        if isinstance(value, Decimal) and chance.random() < 0.15:
            inputs[key] = chance.choice([None, value + 1, value / 2, Decimal(0)])
    inputs |= {f"weight.{item.id}": item.weight / 100 for item in scheme.indicators}
    values = scorer_of(scheme).values(inputs)
    person = Employee(
        id=f"{number:03d}",
        name=f"员工{number}",
        department=chance.choice(DEPARTMENTS),
        position="客服",
        superior=chance.choice(["", "王", "李"]),
        bonus_base=chance.choice([None, Decimal(chance.randint(0, 500000)) / 100]),
    )
    return PersonResult(person, scheme, values, tuple(missing_items(scheme, values)))


def small(month: MonthResults) -> bool:
    """Whether no figure is so large that engines lose its last digits."""
    return all(
        abs(value) <= LARGEST
        for one in month.people
        for value in one.values.values()
        if isinstance(value, Decimal)
    )
