"""Run a script of ours with little memory and time, in a process that may die of a file.

Started by ``limited_process.py``, never imported: it stands alone, so that the process starts quickly
and runs nothing but the reader.  Arguments: the script, the folders of the packages that it needs
(a list in JSON), the most bytes of memory and seconds of CPU time, and the script's own.
"""

from __future__ import annotations

import json
import runpy
import sys


def limit(memory: int, seconds: int) -> None:
    """As far as the system can: Windows has no such limits, there only the time is watched."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Hand over to the script; its exit code is that of the process."""
    script, folders, memory, seconds, *own = sys.argv[1:]
    limit(int(memory), int(seconds))
    # Last, so that nothing there stands before the standard library.
    sys.path.extend(json.loads(folders))
    sys.argv = [script, *own]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
