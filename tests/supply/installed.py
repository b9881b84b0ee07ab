"""The wheel of this checkout, and an environment that holds it, what it asks for, and nothing else.

Nothing is fetched: the packages that the wheel's own metadata names are linked from those of the tests,
with what they name in turn.  Whatever we import and do not ask for is missing there, as for a user.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.workbench.tools import ROOT

KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL")
LONGEST = 600
"""Seconds; a machine that has much else to do takes many times as long as one that has not."""
XLADDIN = "import sys; from xladdin.cli import main; sys.argv[0] = 'xladdin'; main()"
"""What the script does that pip writes; that one names its own environment."""


def built(kind: str, out: Path, root: Path = ROOT) -> Path:
    """The ``wheel`` or ``sdist`` of a checkout, or of what was unpacked of one."""
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        kind,
        "--directory",
        str(out),
    ]
    subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=LONGEST)
    (made,) = out.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def _here(texts: Sequence[str], extras: frozenset[str]) -> Iterator[Requirement]:
    for text in texts:
        wanted = Requirement(text)
        if wanted.marker is None or any(
            wanted.marker.evaluate({"extra": extra}) for extra in extras | {""}
        ):
            yield wanted


def closure(texts: Sequence[str], extras: frozenset[str]) -> set[str]:
    """The packages that requirements ask for, and what these ask for."""
    waiting, found = list(_here(texts, extras)), set()
    while waiting:
        wanted = waiting.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key not in found:
            found.add(key)
            waiting += _here(metadata.requires(wanted.name) or (), key[1])
    return {name for name, _ in found}


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the wheel."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def site(self) -> Path:
        """Where its packages lie."""
        (found,) = self.folder.glob("lib/python*/site-packages")
        return found

    def without(self, name: str, folder: Path) -> Environment:
        """The same, where a package is missing."""
        venv.create(folder, with_pip=False, symlinks=True)
        other = Environment(folder)
        for entry in self.site.iterdir():
            if entry.name not in _tops(name):
                (other.site / entry.name).symlink_to(entry.resolve())
        script = other.folder / "bin" / "xladdin"
        script.write_text(f"#!{other.python}\n{XLADDIN}\n", "utf-8")
        script.chmod(0o755)
        return other

    def run(self, work: Path, *command: str) -> subprocess.CompletedProcess[str]:
        """Run ``xladdin`` in another folder, of somebody who has nothing of this checkout."""
        known = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        return subprocess.run(
            [self.folder / "bin" / "xladdin", *command],
            cwd=work,
            env={**known, "HOME": str(work), "PYTHONWARNINGS": "default"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=LONGEST,
        )


def installed(wheel: Path, folder: Path, *extras: str) -> Environment:
    """An environment of its own for a wheel with some of its extras."""
    venv.create(folder, with_pip=False, symlinks=True)
    environment = Environment(folder)
    for name in sorted(closure(_asked(wheel), frozenset(extras))):
        _link(name, environment.site)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    options = ["--python", str(environment.python), "install", "--no-index", "--no-deps"]
    subprocess.run([*pip, *options, str(wheel)], check=True, capture_output=True, timeout=LONGEST)
    return environment


def _asked(wheel: Path) -> list[str]:
    (distribution,) = metadata.distributions(path=[str(wheel)])
    return distribution.requires or []


def _link(name: str, site: Path) -> None:
    """Let a package be found there, as it lies here."""
    for top, here in _tops(name).items():
        target = site / top
        if not target.exists():
            target.symlink_to(here)


def _tops(name: str) -> dict[str, Path]:
    """What of a package lies right in the folder of packages."""
    distribution = metadata.distribution(name)
    names = {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
    return {top: Path(str(distribution.locate_file(top))).resolve() for top in sorted(names)}
