"""Every form, cell by cell, is what it was when somebody last looked at it."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest

from tests.books.blueprints import blueprints
from tests.books.dump import dump

GOLDEN = Path(__file__).parents[1] / "golden"
HOW = "if the change is meant: pytest tests/books/test_golden.py --update-golden"


@pytest.mark.parametrize("name", blueprints())
def test_a_form_is_as_it_was(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.json"
    found = dump(blueprints()[name].save(tmp_path))
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        path.write_text(text, "utf-8")
    kept = path.read_text("utf-8")
    differing = [line for line in changed_lines(kept, text) if line[0] in "+-"]
    assert not differing, "\n".join([HOW, *differing[:60]])


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that differ, `-` before and `+` after; nothing where the texts are the same."""
    if before == after:
        return []
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return list(found)[2:]


def test_nothing_is_kept_for_a_form_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(blueprints())


@pytest.mark.parametrize("name", blueprints())
def test_the_same_form_is_the_same_file(name: str, tmp_path: Path) -> None:
    first = blueprints()[name].save(tmp_path).read_bytes()
    assert blueprints()[name].save(tmp_path).read_bytes() == first
