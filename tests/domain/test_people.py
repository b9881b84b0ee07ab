"""Periods, employees, days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from xladdin.domain.people import Actual, Employee, EmployeeId, Period, day_number

DATA = Path(__file__).parent / "data"
PERIODS = yaml.safe_load((DATA / "periods.yaml").read_text("utf-8"))
IDS = yaml.safe_load((DATA / "employee_ids.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "read", "label", "last"), PERIODS)
def test_a_period(text: str, read: str | None, label: str | None, last: str | None) -> None:
    if read is None:
        with pytest.raises(PydanticCustomError, match=r"不是月份|看不出是1月还是10月"):
            Period.parse(text)
        return
    period = Period.parse(text)
    assert (period, period.label) == (read, label)
    assert period.last_day.isoformat() == last
    assert f"{period.year}-{period.month:02d}" == period


def test_a_period_inside_a_model() -> None:
    actual = Actual.model_validate({"period": "2026年3月", "employee": "KF01", "indicator": "x"})
    assert isinstance(actual.period, Period)
    assert actual.period == "2026-03"
    with pytest.raises(ValidationError, match="不是月份"):
        Actual.model_validate({"period": "春", "employee": "KF01", "indicator": "x"})


@pytest.mark.parametrize("text", IDS["accepted"])
def test_an_employee_id(text: str) -> None:
    assert TypeAdapter(EmployeeId).validate_python(text) == text


@pytest.mark.parametrize("text", IDS["refused"])
def test_a_text_that_is_no_employee_id(text: str) -> None:
    with pytest.raises(ValidationError, match="工号"):
        TypeAdapter(EmployeeId).validate_python(text)


def test_an_employee_cannot_be_changed() -> None:
    employee = Employee(id="KF01", name="王芳", department="客服部", position="网销客服")
    with pytest.raises(ValidationError):
        employee.name = "李娜"  # type: ignore[misc]


def test_day_numbers_are_those_of_spreadsheets() -> None:
    assert day_number(dt.date(2026, 11, 1)) == 46327
    assert day_number(dt.date(1900, 3, 1)) == 61
