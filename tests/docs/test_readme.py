"""README: short, linked, and its figures are those of the documents."""

from __future__ import annotations

import re

import pytest

from tests.docs.links import dead
from tests.workbench.small_pictures import MOST_BYTES
from tests.workbench.tools import ROOT

README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md"))]
PERFORMANCE = (ROOT / "docs" / "performance.md").read_text("utf-8")


def test_it_is_read_in_a_minute() -> None:
    assert len(README.encode()) <= 6_300


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_link_leads_nowhere(path: object) -> None:
    assert list(dead(path)) == []  # type: ignore[arg-type]


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


def test_every_target_of_make_is_one() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for path in DOCUMENTS:
        told = set(re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE))
        assert told <= targets, path.name


def test_pictures_are_small() -> None:
    for path in (ROOT / "docs" / "images").glob("*.png"):
        assert path.stat().st_size <= MOST_BYTES, path.name
