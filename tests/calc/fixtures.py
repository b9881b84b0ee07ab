"""Fixtures for tests of code that speaks to Excel through xlwings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlwings as xw

from .engine import running
from .office import CalcOffice


@pytest.fixture(scope="session")
def calc_office() -> Iterator[CalcOffice]:
    """One LibreOffice for each test process, started by the first test that asks for it."""
    with CalcOffice() as started:
        yield started


@pytest.fixture
def calc(calc_office: CalcOffice) -> Iterator[xw.App]:
    """An `xw.App` without books, messages or questions of earlier tests.

    `calc.impl` has what a test looks at: `messages`, `questions`; and what it fills: `answers`.
    """
    calc_office.ensure_running()
    with running(calc_office) as app:
        yield app
