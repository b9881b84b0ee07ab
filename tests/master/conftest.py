"""Finished master workbooks, written once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.company.starting import example_company, shipped_company
from xladdin.master.writing_rows import rows_of

from .rows import saved, small

KINDS = ("empty", "small", "shipped", "example")


@pytest.fixture(scope="session")
def masters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Nothing at all, a few rows, what is shipped, and the example company."""
    folder = tmp_path_factory.mktemp("masters")
    contents = {
        "empty": {},
        "small": small(),
        "shipped": rows_of(shipped_company()),
        "example": rows_of(example_company()),
    }
    return {kind: saved(folder / f"{kind}.xlsx", rows) for kind, rows in contents.items()}


@pytest.fixture(params=KINDS)
def path(request: pytest.FixtureRequest, masters: dict[str, Path]) -> Path:
    """Each of them in turn."""
    return masters[request.param]
