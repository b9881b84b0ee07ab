"""Workbooks cell by cell as they were when somebody last looked at them, under `tests/golden`."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest

from tests.books.dump import dump

GOLDEN = Path(__file__).parents[1] / "golden"


def hold(path: Path, name: str, request: pytest.FixtureRequest) -> None:
    """Fail where a workbook is not what is kept of it, unless the run is to write that anew."""
    kept = GOLDEN / f"{name}.json"
    text = json.dumps(dump(path), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text, "utf-8")
    found = [line for line in changed_lines(kept.read_text("utf-8"), text) if line[0] in "+-"]
    how = f"if the change is meant: pytest {request.node.path} --update-golden"
    assert not found, "\n".join([how, *found[:60]])


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that differ, `-` before and `+` after; nothing where the texts are the same."""
    if before == after:
        return []
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return list(found)[2:]
