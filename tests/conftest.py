"""Fixtures and options that every test may ask for."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.workbench.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the dumps under tests/golden/ anew; look at the difference before committing",
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests have recorded as a proof."""
    figures = [
        str(value)
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "proof"
    ]
    if figures:
        terminalreporter.section("proof")
        for line in sorted(set(figures)):
            terminalreporter.write_line(line)
