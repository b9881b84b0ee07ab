"""README: short, and its figures are those of the documents."""

from __future__ import annotations

import re

from tests.workbench.small_pictures import MOST_BYTES
from tests.workbench.tools import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PERFORMANCE = (ROOT / "docs" / "performance.md").read_text("utf-8")


def test_it_is_read_in_a_minute() -> None:
    assert len(README.encode()) <= 6_300


def test_what_it_costs_is_what_was_measured() -> None:
    table = README.partition("## What it costs")[2].partition("## ")[0]
    figures = re.findall(r"\d+(?:\.\d+)? (?:ms|s|MB)\b", table)
    assert len(figures) >= 6
    missing = [told for told in figures if not _measured(told)]
    assert missing == []


def _measured(told: str) -> bool:
    """Units stand in heads of some tables there."""
    figure, unit = told.split(" ")
    return told in PERFORMANCE or (unit == "ms" and f" {figure} |" in PERFORMANCE)


def test_pictures_are_small() -> None:
    for path in (ROOT / "docs" / "images").glob("*.png"):
        assert path.stat().st_size <= MOST_BYTES, path.name
