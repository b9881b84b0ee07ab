"""Examples out of hypothesis strategies as a plain list, the same in every run.

A workbook with thousands of rows is recalculated at once, so examples are collected first; the
failure names the row instead of shrinking it.
"""

from __future__ import annotations

import os
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

EXAMPLES = "XLADDIN_EXAMPLES"
"""Environment variable: how many examples to draw where a test says nothing else."""
USUAL = 300

few = settings(max_examples=40, deadline=None, derandomize=True)
"""For laws in Python alone, which hold or break with few examples."""

Drawn = TypeVar("Drawn")


def collect(strategy: SearchStrategy[Drawn], share: float = 1) -> list[Drawn]:
    """So many examples of a strategy; ``share`` is the part of the usual number."""
    found: list[Drawn] = []
    count = max(1, int(int(os.environ.get(EXAMPLES, USUAL)) * share))

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def gather(drawn: Drawn) -> None:
        found.append(drawn)

    gather()
    return found
