"""A test whose LibreOffice died has shown nothing about our code: it is tried once more.

LibreOffice 7.4 ends by itself about once in ten thousand workbooks.  A workbook of ours that ends it
does so the second time as well, and that is a failure.  Whatever was tried again stands at the end of
the run.
"""

from __future__ import annotations

import time
from typing import Protocol

import pytest
from _pytest.runner import runtestprotocol

_PATIENCE = 2.0
"""Seconds for a process whose connection broke to be gone."""


_SAID = "soffice ended"


class Watched(Protocol):
    """What may end by itself."""

    @property
    def running(self) -> bool: ...


_started: list[Watched] = []


def watch(process: Watched) -> None:
    """From here on `process` is not expected to end by itself."""
    _started.append(process)


def forget(process: Watched) -> None:
    """Whoever started it ends it now, or has given it up."""
    if process in _started:
        _started.remove(process)


def died(patience: float = _PATIENCE) -> bool:
    """Whether one has ended by itself, or does within `patience` seconds."""
    end = time.monotonic() + patience
    while all(process.running for process in _started):
        if not _started or time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run one test, and once more where it failed and a LibreOffice died meanwhile."""
    dead = [process for process in _started if not process.running]
    for process in dead:
        forget(process)  # of an earlier test, which has had its second try
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if any(report.failed for report in reports) and died():
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        reports[-1].user_properties.append((_SAID, item.nodeid))
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The reports come from every worker."""
    found = [report for some in terminalreporter.stats.values() for report in some]
    tried = [
        said
        for report in found
        for name, said in getattr(report, "user_properties", ())
        if name == _SAID
    ]
    for test in dict.fromkeys(tried):
        terminalreporter.write_line(f"{_SAID} in {test}, which was tried once more", yellow=True)
