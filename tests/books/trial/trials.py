"""Simulations: random ones of any rules, and one of a shipped scheme in which everything stands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.books.random_months import random_month, small
from tests.equality.forms import Filled
from xladdin.app.results.simulating import simulated
from xladdin.company.company import Company
from xladdin.company.month_results import LeftOut, MonthResults, PersonResult, months_until
from xladdin.company.simulation import Simulation
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.schemes.library import Library
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults
from xladdin.scoring.scorer import scorer_of

MONTHS = months_until(Period("2026-11"))
BOUNDS = {Decimal(90): Decimal("91.5"), Decimal(80): Decimal("81.9"), Decimal(70): Decimal("61.5")}
"""From which score on a grade is given: before, and now."""
GONE = Employee(id="X9", name="离职者", department="客服部", position="客服")


def changed(scheme: Scheme, chance: random.Random) -> Scheme:
    """The same scheme with weights exchanged and bounds of grades moved."""
    raw: dict[str, Any] = scheme.model_dump()
    for section in raw["sections"]:
        items = section["indicators"]
        if len(items) > 1 and not any(item.get("within") for item in items):
            one, other = chance.sample(items, 2)
            one["weight"], other["weight"] = other["weight"], one["weight"]
    for grade in raw["grades"]:
        if grade["lower"] is not None:
            grade["lower"] = Decimal(grade["lower"]) - chance.choice([0, Decimal("0.5")])
        grade["coefficient"] = Decimal(grade["coefficient"]) + chance.choice([0, Decimal("0.1")])
    return Scheme.model_validate(raw)


def random_simulation(seed: int, drawn: Sequence[Filled]) -> Simulation | None:
    """A company's three months under schemes that were changed; None where figures are too large."""
    chance = random.Random(seed)
    month = random_month(chance, drawn)
    if not small(month):
        return None
    months = [
        replace(month, period=period, people=month.people[: chance.randint(0, len(month.people))])
        for period in MONTHS[-3:]
    ]
    people = [one.employee for one in month.people]
    schemes = tuple(changed(scheme, chance) for scheme in month.schemes)
    company = Company(tuple(people), Library(schemes))
    found = replace(simulated(months, company), company="青禾", months=tuple(MONTHS[-3:]))
    return found if all(small(_after(found, period)) for period in found.months) else None


def _after(found: Simulation, period: Period) -> MonthResults:
    people = tuple(one.after for one in found.tried if one.period == period)
    return MonthResults("", period, people)


def _scheme() -> tuple[Scheme, Scheme]:
    """As shipped; and with another default target, a renamed indicator, other bounds."""
    scheme = Library.shipped().scheme("online_shop_monthly")
    assert scheme is not None
    raw: dict[str, Any] = scheme.model_dump()
    items = {item["id"]: item for section in raw["sections"] for item in section["indicators"]}
    items["sales_target"]["name"] = "销售额达成"
    items["sales_target"]["weight"] += 2
    items["response_time"]["weight"] -= 2
    default = next(item for item in items.values() if item["target"] is not None)
    default["target"] *= Decimal("1.1")
    for grade in raw["grades"]:
        grade["lower"] = BOUNDS.get(grade["lower"], grade["lower"])
    return scheme, Scheme.model_validate(raw)


def shown() -> Simulation:
    """Six people in three months, some of whose grades fall or rise; one who is gone, one month empty."""
    scheme, other = _scheme()
    months = []
    for period in MONTHS[-3:]:
        at = int(period[-2:])
        people = [_person(scheme, number, at) for number in range(1, 7)]
        left = (LeftOut(GONE, "台账里没有收到这个月的考核表"),)
        months.append(MonthResults("青禾", period, tuple(people), left))
    staff = tuple(one.employee for one in months[0].people)
    found = simulated(months, Company(staff, Library((other,))))
    return replace(
        found,
        company="青禾",
        months=MONTHS[-4:],
        empty=MONTHS[-4:-3],
        origin="改前的得分取自台账 绩效台账.db，改后按总表现在的方案重算。",
    )


def _person(scheme: Scheme, number: int, at: int) -> PersonResult:
    given: dict[str, Value] = {
        "inquiry_conversion": Decimal(40 + 3 * number) / 100,
        "sales_target": Decimal(70_000 + 6_000 * number + 900 * at),
        "response_time": Decimal(38 - number - at % 3),
        "order_value": Decimal(100 + 3 * number),
        "reply_quality": Decimal(number % 3),
        "bad_review_rate": Decimal(number % 4) / 200,
        "initiative": Decimal(5 if number > 2 else 2),
        "teamwork": Decimal(4),
        "learning": Decimal(3 + number % 3),
    }
    inputs: dict[str, Value] = {**input_defaults(scheme)}
    inputs |= {keys.actual(item): value for item, value in given.items()}
    inputs[keys.target("sales_target")] = Decimal(100_000)
    inputs[keys.target("order_value")] = Decimal(120)
    person = Employee(
        id=f"QC{number:03d}",
        name=f"员工{number}",
        department="客服一部" if number % 2 else "客服二部",
        position="客服",
        bonus_base=Decimal(1000) if number < 6 else None,
    )
    return PersonResult(person, scheme, scorer_of(scheme).values(inputs))
