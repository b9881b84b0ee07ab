"""Every form, cell by cell, is what it was when somebody last looked at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books.blueprints import blueprints
from tests.books.golden import GOLDEN, hold


@pytest.mark.parametrize("name", blueprints())
def test_a_form_is_as_it_was(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    hold(blueprints()[name].save(tmp_path), name, request)


def test_nothing_is_kept_for_a_form_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(blueprints())


@pytest.mark.parametrize("name", blueprints())
def test_the_same_form_is_the_same_file(name: str, tmp_path: Path) -> None:
    first = blueprints()[name].save(tmp_path).read_bytes()
    assert blueprints()[name].save(tmp_path).read_bytes() == first
