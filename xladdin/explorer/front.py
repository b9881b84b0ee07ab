"""``pythonw -m xladdin.explorer.front JOB [--quiet] [--record FILE] FILES``: behind every entry.

``--quiet`` shows no window and asks nothing: the setup runs it so.  ``--record`` keeps the words in a file.
Exit codes are those of the command.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from xladdin.files import FileLockedError, save_whole

from .command_process import Ended, done
from .entry_jobs import JOBS, Job

QUIET, RECORD = "--quiet", "--record"
WRONG_USAGE = 2


def main(arguments: list[str]) -> int:
    """The exit code."""
    typed = list(arguments)
    quiet = QUIET in typed
    if quiet:
        typed.remove(QUIET)
    record = None
    if RECORD in typed:
        at = typed.index(RECORD)
        record = Path(typed.pop(at + 1))
        typed.pop(at)
    if not typed or typed[0] not in JOBS:
        return WRONG_USAGE
    job, paths = JOBS[typed[0]], [Path(each) for each in typed[1:]]
    ended = done(job, paths, lambda _: None) if quiet else _shown(job, paths)
    if record is not None:
        _keep(record, job, ended)
    return ended.code


def _shown(job: Job, paths: list[Path]) -> Ended:
    from .result_window import show  # noqa: PLC0415 - only on Windows

    return show(job, paths)


def _keep(record: Path, job: Job, ended: Ended) -> None:
    """The words in a file that Windows' own editor reads; that it cannot be written ends nothing."""
    text = f"{job.title}\n{ended.text}\n退出码 {ended.code}\n"
    with suppress(OSError, FileLockedError):
        save_whole(record, text.replace("\n", "\r\n").encode("utf-8-sig"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
