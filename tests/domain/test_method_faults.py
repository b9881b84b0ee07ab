"""Settings of a method that contradict each other are refused; settings that do not are not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from xladdin.domain.methods import METHODS


def numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [numbers(item) for item in value]
    return Decimal(str(value)) if isinstance(value, int | float) else value


def steps(*pairs: tuple[float, float], **more: Any) -> dict[str, Any]:
    listed = [{"bound": bound, "share": share} for bound, share in pairs]
    return {"kind": "steps", "steps": listed, **more}


def line(low: tuple[float, float], high: tuple[float, float], **more: Any) -> dict[str, Any]:
    ends = {
        name: {"at": at, "share": share} for name, (at, share) in (("low", low), ("high", high))
    }
    return {"kind": "linear", **ends, **more}


CASES: dict[str, tuple[dict[str, Any], bool, list[str]]] = {
    "percent": ({"kind": "percent", "cap": 1.2, "floor": 0.6}, False, []),
    "percent, lower, uncapped": ({"kind": "percent"}, True, ["cap_required"]),
    "floor above cap": ({"kind": "percent", "cap": 1, "floor": 1.1}, False, ["floor_above_cap"]),
    "falling steps": (steps((65, 1), (60, 0.9)), False, []),
    "rising steps": (steps((60, 1), (65, 0.9)), False, ["step_order"]),
    "rising steps where lower is better": (steps((15, 1), (20, 0.9)), True, []),
    "rising completion steps": (
        steps((0.6, 1), (1, 0.9), basis="completion"),
        True,
        ["step_order"],
    ),
    "the same bound twice": (steps((60, 1), (60, 0.9)), False, ["step_order"]),
    "a worse step earns more": (steps((65, 0.8), (60, 0.9)), False, ["share_order"]),
    "two steps earn the same": (steps((65, 0.9), (60, 0.9)), False, []),
    "less than the last step": (steps((65, 1), (60, 0.9), below=0.5), False, []),
    "more than the last step": (steps((65, 1), (60, 0.4), below=0.5), False, ["below_too_high"]),
    "line": (line((0.6, 0.4), (1, 1), below=0.4), False, []),
    "line with more below it": (line((0.6, 0.4), (1, 1), below=0.5), False, ["below_too_high"]),
    "falling completion line": (line((1, 0.4), (0.6, 1)), False, ["line_falls"]),
    "falling line on the actual": (line((60, 0), (30, 1), basis="actual"), True, []),
    "half-written": ({"kind": "steps", "steps": [{"bound": "x"}, 3, {}]}, False, []),
    "other methods": ({"kind": "veto"}, False, []),
}


@pytest.mark.parametrize("name", CASES)
def test_faults(name: str) -> None:
    method, lower, expected = CASES[name]
    found = METHODS[method["kind"]].faults(numbers(method), lower, ())
    assert [fault.code for fault in found] == expected
