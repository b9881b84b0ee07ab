"""Code that nothing uses, as vulture finds it, but for what ``allowed_names.yaml`` gives a reason for.

What only tests name counts as used: they are readers of the code like any other.  Vulture would take
three times as long to read them itself.
"""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import yaml

from tests.workbench.tools import ROOT

ALLOWED = Path(__file__).with_name("allowed_names.yaml")
JUDGED = ("xladdin", "udfs", "benchmarks")
NAMED = re.compile(r"unused \w++ '(\w++)'")


@cache
def allowed() -> dict[str, str]:
    """Names that only look unused, with the reason."""
    groups = yaml.safe_load(ALLOWED.read_text("utf-8"))
    return {name: group["why"] for group in groups for name in group["names"]}


@cache
def named_by_tests() -> frozenset[str]:
    """Every word of the tests."""
    texts = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    return frozenset(word for text in texts for word in re.findall(r"\w++", text))


def findings() -> list[str]:
    """Each unused thing with its place."""
    command = [sys.executable, "-m", "vulture", *JUDGED, "--ignore-names", ",".join(allowed())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        return (done.stdout + done.stderr).splitlines()
    return unused(done.stdout.splitlines())


def unused(told: list[str]) -> list[str]:
    """What vulture tells, without what tests name."""
    found = ((line, NAMED.search(line)) for line in told)
    return [line for line, name in found if name is None or name[1] not in named_by_tests()]
