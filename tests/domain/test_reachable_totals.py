"""How far totals go: against the score model itself, and what is told of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from tests.cases.reading import scheme_of
from tests.equality.forms import Filled, forms
from tests.scoring.drawing import few
from xladdin.domain.reachable_totals import highest_total, reach_notices
from xladdin.formula.evaluate import solve
from xladdin.schemes.library import Library
from xladdin.scoring import keys
from xladdin.scoring.model import score_model

CASES = yaml.safe_load((Path(__file__).parent / "data" / "reach.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_told_of_a_schemes_limits(case: dict[str, Any]) -> None:
    items = [
        {"id": f"i{n}", "weight": Decimal(weight), "method": method}
        for n, (weight, method) in enumerate(case["items"])
    ]
    spec = {
        "sections": [{"id": "all", "weight": 100, "indicators": items}],
        "adjustments": case.get("adjustments", []),
        "grades": [
            {"name": f"G{n}", "coefficient": 1, **grade} for n, grade in enumerate(case["grades"])
        ],
    }
    scheme = scheme_of(spec | ({"total": case["total"]} if "total" in case else {}))
    highest = case["highest"]
    assert highest_total(scheme) == (None if highest is None else Decimal(highest))
    assert [f"{told.code}: {told.message}" for told in reach_notices(scheme)] == case["told"]


@few
@given(forms())
def test_no_total_is_higher(form: Filled) -> None:
    total = solve(score_model(form.scheme), form.inputs)[keys.TOTAL]
    highest = highest_total(form.scheme)
    if isinstance(total, Decimal) and highest is not None and not form.scheme.weights_editable:
        assert total <= highest


def test_of_the_shipped_schemes_nothing_is_told() -> None:
    assert [told for each in Library.shipped().schemes for told in reach_notices(each)] == []
