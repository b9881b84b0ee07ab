"""Which of the locked packages a clerk's machine gets: those that run, without those that only build."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from packaging.markers import Marker
from packaging.utils import canonicalize_name

ENTRY = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)
OURS = "xladdin (pyproject.toml)"
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": "3.11",
    "python_full_version": "3.11.9",
}
"""What markers are asked about: the machine that this is for."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A package: name, version, the hashes of its files, who asks for it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]
    marker: str = ""

    @property
    def line(self) -> str:
        """For pip, without the marker: that would be asked about the machine that builds."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash={one}" for one in self.hashes)])


def read_lock(text: str) -> list[Locked]:
    """The packages of a lock file of ``make lock``."""
    return [_locked(entry) for entry in ENTRY.split(text)[1:]]


def _locked(entry: str) -> Locked:
    what, _, comments = entry.partition("# via")
    pin, *hashes = re.split(r"\\?\s+--hash=", what.strip())
    name, _, rest = pin.partition("==")
    version, _, marker = rest.partition(";")
    via = (line.strip(" #") for line in comments.splitlines())
    return Locked(
        canonicalize_name(name),
        version.strip(" \\"),
        tuple(one.strip() for one in hashes),
        tuple(one for one in via if one and not one.startswith("-c ")),
        marker.strip(" \\"),
    )


def running(lock: Sequence[Locked]) -> list[Locked]:
    """What the project itself asks for on Windows, and what that asks for."""
    here = [each for each in lock if not each.marker or Marker(each.marker).evaluate(WINDOWS)]
    kept = {each.name for each in here if _by_project(each)}
    while more := {each.name for each in here if kept & _askers(each)} - kept:
        kept |= more
    return [each for each in here if each.name in kept]


def _by_project(package: Locked) -> bool:
    return OURS in package.asked_by


def _askers(package: Locked) -> set[str]:
    return {canonicalize_name(one) for one in package.asked_by}
