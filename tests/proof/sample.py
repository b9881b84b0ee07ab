"""Which tests `make test` runs: of every module as many as its allowance pays for, one if it can be.

All tests but the proofs take four times as long as is good between two commits. So a full run is
timed (``make sample``), and the tests that did not find a place in their module's allowance bear the
marker ``long``, by which `make test` leaves them to `make proof`. Whoever names a file or a folder to
pytest has all of its tests.

``sample.json`` holds the tests that are not run with all their cases, and how many of these are.
A new test is not in it, and runs until times are taken again.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .figures import HERE, today

SAMPLE = HERE / "sample.json"
ALLOWANCE = 700
"""Milliseconds of one worker for a module; 560 modules are to be done in eight minutes by two."""
ALLOWANCES = {
    "tests/books/test_golden.py": 12_000,
    "tests/equality/": 8_000,
    "tests/hostile/test_hostile.py": 10_000,
    "tests/master/test_faults.py": 8_000,
    "tests/returns/test_damage.py": 8_000,
    "tests/returns/test_round_trips.py": 8_000,
    "tests/safety/test_kills.py": 13_000,
    "tests/scoring/test_disclosure.py": 12_000,
    "tests/test_demo.py": 100_500,
    "tests/test_patterns.py": 6_000,
}
"""What watches over all forms, over every number, or over what nobody may find out, has more."""
MOST = 25_000
"""A test of which a case takes longer is no sample, where its module has no larger allowance."""
ALLOWED = "proofs"
"""Tests that ask for this fixture are samples already: what `docs/proof.md` says of `make test`."""


@dataclass(frozen=True)
class Timed:
    """A test as it was timed: what all its cases took (milliseconds of one worker)."""

    name: str
    cases: int
    took: int

    @property
    def each(self) -> int:
        """Rounded up: nothing is free."""
        return max(1, -(-self.took // self.cases))


def kept_of(tests: Iterable[Timed], allowance: int = ALLOWANCE) -> dict[str, int]:
    """How many cases of each of a module's tests are run.

    One case of every test comes before the second of any, and what takes less before what takes
    longer; the test that takes least is there, unless it takes longer than a sample may.
    """
    by_cost = sorted(tests, key=lambda test: (test.each, test.name))
    kept = {test.name: 0 for test in by_cost}
    left = allowance
    for test in by_cost:
        if test.each <= left or (test is by_cost[0] and test.each <= MOST):
            kept[test.name] = 1
            left -= test.each
    for test in by_cost:
        if kept[test.name] and left > 0:
            more = min(test.cases - 1, left // test.each)
            kept[test.name] += more
            left -= more * test.each
    return kept


def allowance_of(module: str) -> int:
    """The allowance of a module, in milliseconds."""
    named = (it for begin, it in ALLOWANCES.items() if module.startswith(begin))
    return next(named, ALLOWANCE)


def timed(report: Path) -> dict[str, list[Timed]]:
    """Module -> its tests, out of the XML that pytest's ``--junitxml`` wrote."""
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    for case in ElementTree.parse(report).iter("testcase"):
        module = case.attrib["classname"].replace(".", "/") + ".py"
        took[module, function_of(case.attrib["name"])].append(float(case.attrib["time"]))
    modules: dict[str, list[Timed]] = defaultdict(list)
    for (module, name), seconds in took.items():
        modules[module].append(Timed(name, len(seconds), round(1000 * sum(seconds))))
    return modules


def function_of(name: str) -> str:
    """A test without its case and without the group that xdist hangs on its name."""
    return name.partition("[")[0].partition("@")[0]


def chosen(modules: Mapping[str, Iterable[Timed]]) -> dict[str, dict[str, int]]:
    """What goes into the file: tests of which not every case is run."""
    found: dict[str, dict[str, int]] = {}
    for module, tests in sorted(modules.items()):
        listed = list(tests)
        kept = kept_of(listed, allowance_of(module))
        short = {it.name: kept[it.name] for it in listed if kept[it.name] < it.cases}
        if short:
            found[module] = dict(sorted(short.items()))
    return found


def spread(count: int, kept: int) -> Iterator[int]:
    """Which of so many cases are run: spread evenly, the first among them."""
    run = min(count, kept)
    return (step * count // run for step in range(run))


def read_sample() -> dict[str, dict[str, int]]:
    kept: dict[str, dict[str, int]] = json.loads(SAMPLE.read_text("utf-8"))["kept"]
    return kept


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before pytest asks for markers: what is not in the sample is ``long``."""
    sample = read_sample()
    cases: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
    for item in items:
        module, _, name = item.nodeid.partition("::")
        if function_of(name) in sample.get(module, ()):
            cases[module, function_of(name)].append(item)
    for (module, name), found in cases.items():
        if ALLOWED in getattr(found[0], "fixturenames", ()):
            continue
        run = set(spread(len(found), sample[module][name]))
        for place, item in enumerate(found):
            if place not in run:
                item.add_marker("long")


def main(report: Path) -> None:
    text = json.dumps({"timed": today(), "kept": chosen(timed(report))}, indent=1)
    SAMPLE.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
