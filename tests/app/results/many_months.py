"""A ledger of many people and months, all of whose figures stand on the forms, and a changed scheme."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.app.kept import SCHEME
from xladdin.company.company import Company
from xladdin.company.month_results import months_until
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Returned, SchemeSnapshot, ScoreResult
from xladdin.ledger.store import Ledger
from xladdin.schemes.library import Library
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults
from xladdin.scoring.scorer import scorer_of

MONTHS: Sequence[Period] = months_until(Period("2026-12"))
NOW = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
RANGES = {
    "inquiry_conversion": (20, 90, 100),
    "sales_target": (60_000, 130_000, 1),
    "response_time": (15, 60, 1),
    "order_value": (90, 140, 1),
    "reply_quality": (0, 5, 1),
    "bad_review_rate": (0, 6, 100),
    "initiative": (4, 5, 1),
    "teamwork": (2, 3, 1),
    "learning": (4, 5, 1),
}
"""From, to, and by what that is divided."""


def people(count: int) -> tuple[Employee, ...]:
    return tuple(
        Employee(
            id=f"E{number:04d}",
            name=f"员工{number}",
            department=f"客服{number % 9 + 1}部",
            position="网销客服",
            scheme=SCHEME.name,
            bonus_base=Decimal(800 + number % 7 * 100),
        )
        for number in range(count)
    )


def answers(chance: random.Random) -> dict[str, Value]:
    """What one person's form says, most targets of their own."""
    found: dict[str, Value] = {
        keys.actual(id_): Decimal(chance.randint(low, high)) / parts
        for id_, (low, high, parts) in RANGES.items()
    }
    found[keys.target("sales_target")] = Decimal(chance.randint(80, 110) * 1000)
    found[keys.target("order_value")] = Decimal(120)
    return found


def changed() -> Scheme:
    """Weights of two indicators exchanged, a default target, the bounds of two grades."""
    raw: dict[str, Any] = SCHEME.model_dump()
    items = {item["id"]: item for section in raw["sections"] for item in section["indicators"]}
    one, other = items["sales_target"], items["response_time"]
    one["weight"], other["weight"] = other["weight"], one["weight"]
    items["bad_review_rate"]["target"] = Decimal("0.03")
    for grade in raw["grades"]:
        if grade["lower"] in (90, 80):
            grade["lower"] -= Decimal("1.5")
    return Scheme.model_validate(raw)


def write_ledger(master: Path, staff: Sequence[Employee], seed: int) -> dict[tuple[str, str], Any]:
    """Everybody's months into the ledger beside the master; the inputs of each by person and month."""
    chance, scorer, hash_ = random.Random(seed), scorer_of(SCHEME), SCHEME.fingerprint()
    inputs: dict[tuple[str, str], Any] = {}
    with Ledger(ledger_place(master), now=lambda: NOW) as ledger:
        ledger.append(SchemeSnapshot(hash_, SCHEME.id, SCHEME.name, SCHEME.model_dump_json()))
        for month in MONTHS:
            for one in staff:
                said = answers(chance)
                values = scorer.values({**input_defaults(SCHEME), **said})
                items = {key: value for key, value in values.items() if key not in said}
                about = (one.id, str(month), hash_)
                ledger.append(
                    Returned("monthly", *about, said, f"{one.id}.xlsx", f"{len(inputs):064x}", NOW)
                )
                ledger.append(ScoreResult("monthly", *about, items, *_whole(values)))
                inputs[one.id, str(month)] = {**input_defaults(SCHEME), **said}
    return inputs


def _whole(values: dict[str, Value]) -> tuple[Any, Any, Any]:
    return values[keys.TOTAL], values[keys.GRADE], values[keys.COEFFICIENT]


def company(staff: Sequence[Employee]) -> Company:
    """The master with the changed scheme: nothing else is known of the months."""
    return replace(Company(tuple(staff), Library((changed(),))), file="总表.xlsx")
