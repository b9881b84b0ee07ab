"""The spreadsheet, and a master workbook that is open in it."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    for name in ("tests.calc.fixtures", "tests.ribbon.desks"):
        config.pluginmanager.import_plugin(name)
