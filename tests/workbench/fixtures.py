"""Fixtures for every test: register with `pytest_plugins = ["tests.workbench.fixtures"]`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .office import Office


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for each test process, started by the first test that asks for it."""
    with Office() as started:
        yield started


@pytest.fixture(autouse=True)
def _living_office(request: pytest.FixtureRequest) -> None:
    """A test in which LibreOffice ends takes no other with it."""
    if "office" in request.fixturenames:
        request.getfixturevalue("office").ensure_running()
