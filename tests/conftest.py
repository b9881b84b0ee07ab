"""Fixtures and options that every test may ask for."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.workbench.fixtures", "tests.proof.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the dumps under tests/golden/ anew; look at the difference before committing",
    )
