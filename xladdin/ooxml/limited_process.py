"""Readers that make room for whatever a file says it holds run in a process of their own.

A room that cannot be had ends that process, and nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from .refused import RefusedError, TooLargeError

PATIENCE = 30
"""Seconds that a process is waited for, whatever CPU time it gets."""
_START = Path(__file__).with_name("limited_start.py")


def run_limited(
    script: Path,
    arguments: Sequence[str],
    data: bytes,
    *,
    packages: Iterable[Path],
    memory: int,
    seconds: int,
) -> subprocess.CompletedProcess[bytes]:
    """What a script of ours made of ``data``, which it reads from its standard input.

    ``packages``: the folders it imports from.  ``memory`` in bytes, ``seconds`` of CPU time.
    Raises RefusedError where no process can be started, TooLargeError where it does not end.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        # No interpreter to start: the program itself would be started again.
        message = "这种格式在这里读不了，请在Excel里另存为“Excel 工作簿（*.xlsx）”后再试"
        raise RefusedError("file_old", message)
    folders = json.dumps([str(folder) for folder in packages])
    # Isolated and without site packages: nothing of the current folder or environment is run.
    command = [sys.executable, "-I", "-S", "-B", str(_START), str(script), folders]
    try:
        return subprocess.run(  # noqa: S603 - our own script
            [*command, str(memory), str(seconds), *arguments],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            # In Excel's Python a console would flash up.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise TooLargeError("读它要太久") from None
    except OSError as error:
        raise RefusedError("file_unreadable", f"这种格式读不了：{error}") from error
