"""A test whose LibreOffice died is tried once more; any other failure stands at once."""

from __future__ import annotations

import subprocess
import sys
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


@pytest.mark.parametrize("workers", [("-p", "no:xdist"), ("-n", "1")], ids=["alone", "workers"])
@pytest.mark.parametrize(
    ("running", "law", "tries", "told"),
    [
        ("len(tries) > 1", "len(tries) > 1", [0, 1], ["2 passed", "tried once more"]),
        ("False", "False", [0, 1], ["try 2", "1 failed, 1 passed", "tried once more"]),
        ("True", "False", [0], ["try 1", "1 failed, 1 passed"]),
        ("False", "True", [0], ["2 passed"]),
    ],
    ids=["died once", "dies each time", "lives", "died without harm"],
)
def test_only_deaths_give_a_second_try(
    tmp_path: Path, running: str, law: str, tries: list[int], told: list[str], workers: list[str]
) -> None:
    (tmp_path / "test_one.py").write_text(_TEST.format(running=running, law=law, tries=tries))
    command = [sys.executable, "-m", "pytest", "-p", "tests.workbench.deaths", "--no-header", "-c"]
    done = subprocess.run(
        [*command, "/dev/null", "--rootdir", str(tmp_path), "-W", "error", *workers, str(tmp_path)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    for words in told:
        assert words in done.stdout, done.stdout + done.stderr
    assert ("tried once more" in done.stdout) == ("tried once more" in told)
