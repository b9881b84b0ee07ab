"""The fixture ``proofs``: how many cases to try, and where the outcome is put down.

Figures travel as properties of the tests' reports, so that they arrive from every worker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pytest

from .figures import PROOFS, Figure, Seen, read_proofs, today, write_page

OPTION, PROPERTY = "--write-proofs", "proof"


@dataclass(frozen=True)
class Proofs:
    """The proofs as one test sees them: ``is_full`` in a test that is marked ``proof``."""

    is_full: bool
    properties: list[tuple[str, object]]

    def count(self, id: str) -> int:
        """How many cases this test is to try."""
        proof = read_proofs()[id]
        count = proof.proof if self.is_full else proof.test
        assert isinstance(count, int), f"{PROOFS}: the count of {id} is in words"
        return count

    def record(self, id: str, *, tried: int, survived: int, note: str = "") -> None:
        """Put the outcome down; only that of the full number goes into ``docs/proof.md``."""
        assert id in read_proofs(), f"{id} is not in {PROOFS}"
        assert 0 <= survived <= tried
        if self.is_full:
            figure = Figure(id, tried, survived, today(), note)
            self.properties.append((PROPERTY, asdict(figure)))


@pytest.fixture
def proofs(request: pytest.FixtureRequest) -> Proofs:
    is_full = request.node.get_closest_marker("proof") is not None
    return Proofs(is_full, request.node.user_properties)


def seen_in(reports: Iterable[pytest.TestReport]) -> Seen:
    """What the long tests of a run gave."""
    figures, said, failed = [], {}, []
    for report in reports:
        # A module that cannot be collected has a report without any.
        properties = getattr(report, "user_properties", ())
        values = [value for name, value in properties if name == PROPERTY]
        figures += [Figure(**value) for value in values if isinstance(value, dict)]
        if words := [f"{value} ({today()})" for value in values if isinstance(value, str)]:
            said[report.nodeid] = words
        if report.failed and PROPERTY in report.keywords:
            failed.append(report.nodeid)
    return Seen.of(figures, said, failed)


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "take the figures of the long proofs into docs/proof.md"
    parser.addoption(OPTION, action="store_true", help=told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the long proofs gave, and write it down where asked for."""
    stats = terminalreporter.stats
    reports = [it for kind in ("passed", "failed", "error") for it in stats.get(kind, ())]
    run = seen_in(report for report in reports if report.when == "call" or report.failed)
    if run.figures or run.said:
        terminalreporter.section("proof")
        told = [f"{id}: {figure}" for id, figure in run.figures.items()]
        for line in [*told, *(text for texts in run.said.values() for text in texts)]:
            terminalreporter.write_line(line)
    if terminalreporter.config.getoption(OPTION):
        Seen.read().after(run).write()
        write_page()
