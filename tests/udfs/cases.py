"""The cases of the worksheet functions, with the values that Excel hands over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True)
class Called:
    """A function, its arguments, and what the cell or range shows."""

    function: str
    name: str
    given: tuple[Any, ...]
    answer: Any

    def __str__(self) -> str:
        return f"{self.function}: {self.name}"


def called_cases() -> list[Called]:
    """Every case of functions.yaml."""
    text = (CASES / "functions.yaml").read_text("utf-8")
    return [
        Called(group["function"], case["name"], tuple(map(_sent, case["given"])), case["answer"])
        for group in yaml.safe_load(text)
        for case in group["cases"]
    ]


def _sent(value: Any) -> Any:
    """Excel has no whole numbers: only error values come as such."""
    if isinstance(value, list):
        return [_sent(part) for part in value]
    if isinstance(value, int) and not isinstance(value, bool) and value > -(2**31) // 2:
        return float(value)
    return value
