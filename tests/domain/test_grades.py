"""Holes, overlaps and order of grades."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.domain.grades import Grade, grade_faults

CASES = yaml.safe_load((Path(__file__).parent / "data/grades.yaml").read_text("utf-8"))


def exact(value: Any) -> Any:
    """The same data with Decimals, as every reader hands it in."""
    match value:
        case dict():
            return {key: exact(item) for key, item in value.items()}
        case list():
            return [exact(item) for item in value]
        case int() | float():
            return Decimal(str(value))
        case _:
            return value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_grades(case: dict[str, Any]) -> None:
    found = grade_faults(exact(case["grades"]), Decimal(0), Decimal(case["highest"]))
    assert [[fault.code, list(fault.loc), fault.message] for fault in found] == case["faults"]


@pytest.mark.parametrize(
    ("lower", "sign", "bound"), [("90", ">=", "≥90"), ("95.5", ">", "＞95.5"), (None, ">=", "其余")]
)
def test_a_bound_in_words(lower: str | None, sign: str, bound: str) -> None:
    fields = {"name": "A", "coefficient": 1, "sign": sign, "lower": lower}
    assert Grade.model_validate(fields).bound == bound
