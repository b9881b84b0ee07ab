"""Broken files for every command: a short run always, the full one with ``make proof``."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.proof.fixtures import Proofs
from tests.workbench.tools import ROOT

SEED = "1"


def fuzz(proofs: Proofs) -> None:
    count = proofs.count("fuzz")
    command = [sys.executable, "-m", "tests.fuzz", "--cases", str(count), "--seed", SEED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    sums = re.search(r"(.*)\n(\d+) tried, (\d+) survived\n$", done.stdout)
    assert sums, done.stdout + done.stderr
    tried, survived = int(sums[2]), int(sums[3])
    most = re.sub(r".*; ", "", sums[1])
    proofs.record("fuzz", tried=tried, survived=survived, note=f"{most}; seed {SEED}")
    assert (tried, survived) == (count, count), done.stdout


def test_a_few_broken_files_end_as_they_should(proofs: Proofs) -> None:
    fuzz(proofs)


@pytest.mark.proof
def test_many_broken_files_end_as_they_should(proofs: Proofs) -> None:
    fuzz(proofs)
