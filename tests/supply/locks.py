"""The lock files in ``requirements/``, as the tests and the audit read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.workbench.tools import ROOT

FOLDER = ROOT / "requirements"
SETS = ("run", "spark", "test", "check")
LOWEST = "lowest"
"""The oldest packages that the ranges allow, for ``make lowest``."""


@dataclass(frozen=True)
class Pin:
    """One locked package: its requirement (``name==version``, marker), hashes, who asked for it."""

    requirement: Requirement
    hashes: tuple[str, ...]
    via: tuple[str, ...]

    @property
    def version(self) -> str:
        (only,) = self.requirement.specifier
        return only.version

    @property
    def holds_here(self) -> bool:
        """Whether its marker holds on this system and Python."""
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def lock_file(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def read_lock(path: Path) -> dict[str, Pin]:
    """Every pin of a lock file by its canonical name."""
    entries = re.split(r"^(?=[A-Za-z0-9])", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    pins = [_pin(entry) for entry in entries]
    return {canonicalize_name(pin.requirement.name): pin for pin in pins}


def _pin(entry: str) -> Pin:
    """A package from its lines: what, ``--hash`` after ``--hash``, ``# via`` somebody."""
    what, comment = re.split(r"^ +# via", entry, maxsplit=1, flags=re.MULTILINE)
    requirement, *hashes = re.split(r"\s+\\\n\s+--hash=", what.strip())
    via = (line.strip(" #") for line in comment.splitlines())
    return Pin(Requirement(requirement), tuple(hashes), tuple(filter(None, via)))
