"""A test whose LibreOffice died is tried once more; any other failure stands at once."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_TEST = """
from tests.workbench import deaths

class Process:
    running = True

tries = []

def test_it():
    process = Process()
    deaths.watch(process)
    tries.append(len(tries))
    process.running = {running}
    assert {law}, f"try {{len(tries)}}"

def test_the_next():
    assert tries == {tries}
"""


@dataclass(frozen=True)
class Case:
    """A test, the tries that it is to have, and what the run is to say of it."""

    running: str
    law: str
    tries: list[int]
    told: str
    again: bool


CASES = {
    "died_once": Case("len(tries) > 1", "len(tries) > 1", [0, 1], "PASSED", True),
    "dies_each_time": Case("False", "False", [0, 1], "FAILED", True),
    "lives": Case("True", "False", [0], "FAILED", False),
    "died_without_harm": Case("False", "True", [0], "PASSED", False),
}


@pytest.fixture(scope="module", params=[("-p", "no:xdist"), ("-n", "1")], ids=["alone", "workers"])
def said(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one run of all of them says, alone or from a worker."""
    folder = tmp_path_factory.mktemp("deaths")
    for name, case in CASES.items():
        text = _TEST.format(running=case.running, law=case.law, tries=case.tries)
        (folder / f"test_{name}.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "tests.workbench.deaths", "--no-header", "-rA"]
    done = subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", folder, "-W", "error", *request.param, folder],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", CASES)
def test_only_deaths_give_a_second_try(said: str, name: str) -> None:
    case = CASES[name]
    assert re.search(rf"^{case.told} .*/test_{name}\.py::test_it\b", said, re.MULTILINE), said
    # Which has counted the tries.
    assert re.search(rf"^PASSED .*/test_{name}\.py::test_the_next$", said, re.MULTILINE), said
    told = f"soffice ended in test_{name}.py::test_it, which was tried once more"
    assert (told in said.splitlines()) == case.again, said
