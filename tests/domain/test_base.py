"""What every model has in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from xladdin.domain.base import Fault, Measure, Number, Ratio, Weight, validate_whole
from xladdin.domain.methods.bonus import Bonus
from xladdin.domain.positions import Duty


@pytest.mark.parametrize(
    ("kind", "given", "read"),
    [
        (Ratio, "95%", "0.95"),
        (Ratio, "１２０％", "1.2"),
        (Ratio, " 83.33% ", "0.8333"),
        (Ratio, "0.95", "0.95"),
        (Measure, "-5%", "-0.05"),
        (Measure, Decimal(24), "24"),
        (Weight, "20", "20"),
        (Number, 3, "3"),
    ],
)
def test_a_number(kind: Any, given: Any, read: str) -> None:
    assert TypeAdapter(kind).validate_python(given) == Decimal(read)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Ratio, "1001%"),
        (Ratio, "-1%"),
        (Ratio, "%"),
        (Ratio, "十%"),
        (Weight, "20%"),
        (Weight, 0),
        (Weight, Decimal("100.01")),
        (Number, "NaN"),
        (Number, True),
    ],
)
def test_what_is_no_such_number(kind: Any, given: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(given)


def test_a_fingerprint_changes_with_the_content() -> None:
    duty = Duty(rank=1, text="整理资料", share=Decimal(100))
    same = Duty(rank=1, text="整理资料", share=Decimal(100))
    other = Duty(rank=1, text="整理资料", share=Decimal(99))
    assert duty.fingerprint() == same.fingerprint()
    assert duty.fingerprint() != other.fingerprint()
    assert len(duty.fingerprint()) == 12


def test_field_faults_and_whole_faults_come_together() -> None:
    def find(_: dict[str, Any]) -> list[Fault]:
        return [Fault("whole", "整体不对", ("share",))]

    def handler(data: Any) -> Any:
        return TypeAdapter(int).validate_python(data["rank"])

    with pytest.raises(ValidationError) as caught:
        validate_whole({"rank": "x"}, handler, find, "样例")
    assert [(e["type"], e["loc"]) for e in caught.value.errors()] == [
        ("int_parsing", ()),
        ("whole", ("share",)),
    ]
    duty = Duty(rank=1, text="整理资料", share=Decimal(100))
    dumped = duty.model_dump()
    assert validate_whole(dumped, Duty.model_validate, lambda _: [], "样例") == duty


def test_a_model_that_was_built_already_passes() -> None:
    fields = {"id": "a", "kind": "bonus", "name": "加分", "cap": 10, "criteria": ""}
    extra = Bonus.model_validate({**fields, "source": {"way": "提报", "post": "组长"}})
    assert Bonus.model_validate(extra) is extra
