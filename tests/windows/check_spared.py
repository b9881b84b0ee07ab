"""No process of ours ends an Excel: each in a Windows Python that is told of one without a window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.addin.server_command import SERVE, code
from tests.one_excel import KILLS

WATCHED = """\
import subprocess, sys
from tests.one_excel import started
subprocess.run = started
sys.argv[0] = "xladdin"
"""
LOG = Path(sys.executable).parents[1] / "spared.log"
PATIENCE = 60
"""Seconds."""
COMMAND = "from xladdin.cli import main\nmain()"


def started(script: str, *arguments: str) -> list[str]:
    """What a process starts that runs this, until it has ended."""
    command = [sys.executable, "-B", "-c", WATCHED + script, *arguments]
    # A file, not a pipe: in Wine others hold on to a pipe after the process has ended.
    with LOG.open("w") as told:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=told, stderr=told)
        code = process.wait(PATIENCE)
    print(f"{' '.join(arguments) or script.splitlines()[0][:60]}: exit code {code}")
    lines = LOG.read_text("utf-8", "replace").splitlines()
    return [line for line in lines if line.startswith("task")]


def processes(folder: str) -> dict[tuple[str, ...], list[str]]:
    built = str(Path(folder) / "xladdin.xlam")
    return {
        ("xlwings alone",): started("import xlwings"),
        ("server",): started(code(until=SERVE)),
        ("ribbon",): started("import xladdin.ribbon.guarded_run"),
        ("functions",): started("import xladdin_udfs"),
        ("build",): started(COMMAND, "addin", "build", "--out", built),
        ("install",): started(COMMAND, "addin", "install"),
        ("doctor",): started(COMMAND, "addin", "doctor"),
        ("uninstall",): started(COMMAND, "addin", "uninstall"),
    }


def main() -> int:
    with TemporaryDirectory() as folder:
        found = processes(folder)
        built = (Path(folder) / "xladdin.xlam").exists()
    # Else nothing of this were shown.
    assert KILLS in found.pop(("xlwings alone",)), "xlwings would end it"
    assert built, "addin build"
    faults = {name: lines for name, lines in found.items() if lines}
    print(faults or f"{len(found)} processes, 0 faults")
    return len(faults) > 0


if __name__ == "__main__":
    sys.exit(main())
