"""The judge finds each kind of fault that was planted, and nothing in a sound command."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

from tests.workbench.tools import ROOT

EXPECTED = {
    "sound": [],
    "explained": [],
    "traceback": ["traceback: KeyError: 'x' at "],
    "unforeseen": ["exit code 70: KeyError: 1 at xladdin/b.py:7"],
    "abort": ["signal SIGABRT "],
    "endless": ["signal SIGXCPU after 1 s of CPU"],
    "asleep": ["hang: "],
    "greedy": ["memory: "],
    "silent": ["silent: exit code 1 without a word"],
    "english": ["not Chinese: 'could not convert string to float'"],
    "foreign": ["not Chinese: 'No such file'"],
    "no_json": ["no JSON on stdout: ''"],
    "overwriting": ["changed: 总表.xlsx"],
    "removing": ["lost: 总表.xlsx"],
}


@cache
def planted() -> dict[str, list[str]]:
    command = [sys.executable, "-m", "tests.fuzz.planted"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.xdist_group("planted")
@pytest.mark.parametrize("name", EXPECTED)
def test_a_planted_fault_is_found(name: str) -> None:
    found = planted()[name]
    assert len(found) == len(EXPECTED[name]), found
    for fault, beginning in zip(found, EXPECTED[name], strict=True):
        assert fault.startswith(beginning)


@pytest.mark.xdist_group("planted")
def test_every_planted_fault_is_expected() -> None:
    assert planted().keys() == EXPECTED.keys()
