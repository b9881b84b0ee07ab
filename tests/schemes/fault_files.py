"""The broken files under tests/faults/schemes and what is to be said about each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from xladdin.problems import Problem

FOLDER = Path(__file__).parents[1] / "faults/schemes"
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (FOLDER / "expected.yaml").read_text("utf-8")
)


def as_expected(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as expected.yaml writes them."""
    return [_entry(problem) for problem in problems]


def _entry(problem: Problem) -> dict[str, Any]:
    field = {"field": problem.place.field} if problem.place.field else {}
    line = problem.place.line
    return {"code": problem.code, "line": line, **field, "message": problem.message}
