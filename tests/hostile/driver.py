"""Runs commands one after the other, each in a process of its own that it measures.

Started by ``doors.py``.  The command line is imported once; each command is a fork of this process,
so that hundreds can be tried.  A line of JSON in (arguments, folder), a line of JSON out.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
from typing import Any

from tests.every_module import modules
from xladdin.cli import main

CPU, PATIENCE, SPACE = 30, 120, 4_000_000_000
"""What ends a command that does not end by itself: seconds of CPU time, seconds, bytes."""


def run(arguments: list[str], folder: str) -> dict[str, Any]:
    """A command's exit code (negative for a signal), output, CPU seconds and most memory in MB."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            _become(arguments, folder, output.fileno())
        _, status, used = os.wait4(child, 0)
        output.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "output": output.read(10_000_000).decode(errors="replace"),
            "cpu": used.ru_utime + used.ru_stime,
            "memory": used.ru_maxrss / 1000,
        }


def _become(arguments: list[str], folder: str, output: int) -> None:
    code = 99
    try:
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.chdir(folder)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
        resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(PATIENCE)
        sys.argv = ["xladdin", *arguments]
        main()
        code = 0
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    # What the commands import late is imported once for all of them.
    for _ in modules():
        pass
    replies = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        replies.write(json.dumps(run(*json.loads(line))) + "\n")
        replies.flush()
