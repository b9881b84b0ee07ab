"""Finding the external programs of the suite, and saying how to install a missing one."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".tools"
SETUP_COMMAND = "bash tests/setup.sh"


class ToolMissing(RuntimeError):
    """A program that the suite needs is absent; the message names the installing command."""

    def __init__(self, tool: str, detail: str = "") -> None:
        reason = f" ({detail})" if detail else ""
        super().__init__(f"{tool} is missing{reason}; install it with: {SETUP_COMMAND}")


def program(name: str) -> str:
    """Return the full path of a program on PATH, or raise `ToolMissing`."""
    found = shutil.which(name)
    if found is None:
        raise ToolMissing(name)
    return found
