"""The command line: parse, call a use case, show what came of it.  No logic of its own.

Exit codes: 0 done, 1 problems in the input, 2 wrong usage, 70 unforeseen fault, 130 interrupted.
"""

from __future__ import annotations

import sys

from .interruption import INTERRUPTED, STOPPED


def main() -> None:
    """Entry point: whatever happens, there is an exit code, and no traceback."""
    # Imported as late as can be: an interruption meanwhile is an interruption like any other.
    try:
        from .ending import ended  # noqa: PLC0415

        code = ended(_run, _about)
    except KeyboardInterrupt:
        # In the very first moments, when what tells of it is not there yet.
        code = INTERRUPTED
        print(STOPPED, file=sys.stderr)
    raise SystemExit(code)


def _run() -> int:
    from .running import run  # noqa: PLC0415

    return run()


def _about() -> str:
    from .running import about  # noqa: PLC0415

    return about()
