"""A small company for tests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xladdin.company.company import Company, Figure
from xladdin.domain.people import Actual, Employee, Period
from xladdin.schemes.library import Library

PERIOD = Period("2026-11")


def employee(id_: str, position: str = "网销客服", **more: str) -> Employee:
    fields = {"name": f"员工{id_}", "department": "客服部", "position": position, **more}
    return Employee.model_validate({"id": id_, **fields})


def company(*people: Employee, actuals: Sequence[Actual] = ()) -> Company:
    return Company(people, Library.shipped(), figures=tuple(map(Figure, actuals)), file="名册.csv")


def actual(id_: str, indicator: str, value: str, period: Period = PERIOD) -> Actual:
    return Actual(period=period, employee=id_, indicator=indicator, actual=Decimal(value))
