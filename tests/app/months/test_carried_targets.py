"""What a new month's targets begin with, case by case."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.app.months.carried_targets import CarriedTargets, Origin
from xladdin.company.company import Company, Figure
from xladdin.company.target_growth import Base, Growth
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.schemes import Scheme

CASES = yaml.safe_load(Path(__file__).with_name("carried_targets.yaml").read_text(encoding="utf-8"))
PERSON = Employee(id="A1", name="甲", department="客服部", position="客服")
SOURCE = {"way": "手工统计", "post": "组长"}
PERCENT = {"kind": "percent", "cap": "1.2"}


def item(id_: str, name: str, unit: str, method: Any = PERCENT, **more: Any) -> dict[str, Any]:
    """An indicator that weighs a quarter."""
    known = {"id": id_, "name": name, "unit": unit, "weight": 25, "source": SOURCE}
    return {**known, "method": method, **more}


SCHEME = Scheme.model_validate(
    {
        "kind": "kpi_scheme",
        "id": "own",
        "name": "月度",
        "title": "月度表",
        "sections": [
            {
                "id": "main",
                "name": "指标",
                "weight": 100,
                "indicators": [
                    item("sales", "销售额", "yuan"),
                    item("rate", "转化率", "percent", target="0.6"),
                    item("calls", "回访", "times", target=100),
                    item("unaimed", "投诉", "times", {"kind": "deduct", "per_event": 2}),
                ],
            }
        ],
        "grades": [{"name": "合格", "coefficient": 1}],
    }
)


def number(text: str | int | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case)[:90])
def test_where_a_target_is_from(case: Any) -> None:
    indicator = SCHEME.indicator(case["item"])
    assert indicator is not None
    lines = [
        Actual(
            period=Period(month),
            employee="A1",
            indicator=indicator.id,
            target=number(target),
            actual=number(actual),
        )
        for month, (target, actual) in case.get("before", {}).items()
    ]
    growths = {}
    if noted := case.get("noted"):
        growths["own", indicator.id] = Growth(Decimal(noted[0]), Base(noted[1]))
    company = Company((PERSON,), figures=tuple(map(Figure, lines)), growths=growths)
    asked = {name: Decimal(rate) for name, rate in case.get("asked", {}).items()}
    found = CarriedTargets(company, Period("2026-12"), asked).of(PERSON, SCHEME, indicator)
    value, origin = case["is"]
    assert (found.value, found.origin) == (number(value), Origin[origin])
    assert found.baseless is ("baseless" in case)


def test_of_another_person_nothing_is_carried_over() -> None:
    line = Actual(period=Period("2026-11"), employee="A1", indicator="sales", target=Decimal(1000))
    other = PERSON.model_copy(update={"id": "A2"})
    company = Company((PERSON, other), figures=(Figure(line),))
    indicator = SCHEME.indicator("sales")
    assert indicator is not None
    targets = CarriedTargets(company, Period("2026-12"))
    assert targets.of(PERSON, SCHEME, indicator).value == 1000
    assert targets.of(other, SCHEME, indicator).origin is Origin.NONE
