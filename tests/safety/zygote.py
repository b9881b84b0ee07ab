"""A process that has everything imported, and forks a run of the command line on request.

A request is a line of JSON, a list of runs that are made at the same time; the answer is the list
of their exit codes (negative: the signal that ended the run).
"""

from __future__ import annotations

import ctypes  # noqa: F401 - imported before any run, so that no run is seen to load it
import gc
import json
import os
import random
import resource
import secrets
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xladdin import cli
from xladdin.cli import ending, running  # noqa: F401 - all commands, which each run would import

OPERATIONS = {
    "fcntl.flock", "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename",
    "os.rmdir", "os.symlink", "os.truncate", "os.utime", "shutil.copyfile", "shutil.rmtree",
}  # fmt: skip
"""Events of the interpreter that change files, beside opening one for writing, and syncing it."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
FAULT = 98
LONGEST = 120
"""Seconds after which a run is taken for hanging."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command line."""

    arguments: list[str]
    folder: str
    """Where it runs; only operations on files below it count."""
    said: str
    """The file for what it prints."""
    at: int = 0
    """Number of the operation before which something happens; 0: never."""
    kill: bool = False
    """Kill the run then; a file that is about to be synced has only its first half by then."""
    stall: float = 0.0
    """Wait for so many seconds then."""
    save: list[str] = field(default_factory=list)
    """Save a file then as a colleague would: its path, the path of the content, and how."""
    log: str = ""
    """The file for a list of the operations."""
    seed: int | None = None
    """Makes the tokens the same in every run."""
    most_bytes: int | None = None
    """No file may become larger, as on a full disk."""
    ends_there: bool = False
    """Whether the run is killed by the first byte too many."""
    delay: float = 0.0
    """Seconds before it starts."""


class Watch:
    """Counts the operations of a run, and does at one of them what is asked for."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.count = 0
        self.busy = False
        self.root = os.path.realpath(run.folder)
        self.log = open(run.log, "w", encoding="utf-8") if run.log else None  # noqa: SIM115

    def begin(self) -> None:
        sync = os.fsync

        def watched(file: int) -> None:
            self.see("fsync", (file,))
            sync(file)

        os.fsync = watched
        sys.addaudithook(self.see)

    def see(self, event: str, values: tuple[Any, ...]) -> None:
        if self.busy or not (event in OPERATIONS or event == "fsync" or _writes(event, values)):
            return
        places = [place for value in values if (place := self._place(value))]
        if not any(place == self.root or place.startswith(self.root + os.sep) for place in places):
            return
        self.count += 1
        self.busy = True
        if self.log:
            names = [place.removeprefix(self.root) for place in places]
            self.log.write(f"{event} {' '.join(names)}\n")
            self.log.flush()
        if self.count == self.run.at:
            self._act(event, values)
        self.busy = False

    def _place(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, str | bytes | int | os.PathLike):
            return ""
        if isinstance(value, int):
            try:
                return os.readlink(f"/proc/self/fd/{value}")
            except OSError:
                return ""
        path = os.path.abspath(os.fsdecode(value))
        return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))

    def _act(self, event: str, values: tuple[Any, ...]) -> None:
        if self.run.save:
            path, content, how = self.run.save
            _save(path, Path(content).read_bytes(), how)
        time.sleep(self.run.stall)
        if self.run.kill:
            if event == "fsync" and os.path.isfile(f"/proc/self/fd/{values[0]}"):
                os.ftruncate(values[0], os.fstat(values[0]).st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)


def _writes(event: str, values: tuple[Any, ...]) -> bool:
    return event == "open" and isinstance(values[2], int) and bool(values[2] & WRITING)


def _save(path: str, content: bytes, how: str) -> None:
    if how == "in place":
        with open(path, "wb") as stream:
            stream.write(content)
        return
    beside = f"{path}.colleague"
    with open(beside, "wb") as stream:
        stream.write(content)
    os.replace(beside, path)


def together(runs: list[Run]) -> list[int]:
    """Make the runs at the same time; their exit codes."""
    forked = [_fork(run) for run in runs]
    listeners = [
        threading.Thread(target=_listen, args=(said, run.said))
        for run, (_, said) in zip(runs, forked, strict=True)
    ]
    for listener in listeners:
        listener.start()
    codes = [_wait(process) for process, _ in forked]
    for listener in listeners:
        listener.join()
    return codes


def _fork(run: Run) -> tuple[int, int]:
    """The process, and where to read what it prints: a pipe, which no limit of size is for."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os._exit(_run(run, writing))
        except BaseException:
            os.write(writing, traceback.format_exc().encode())
        finally:
            os._exit(FAULT)
    os.close(writing)
    return process, reading


def _listen(said: int, path: str) -> None:
    with open(said, "rb") as stream:
        Path(path).write_bytes(stream.read())


def _run(run: Run, said: int) -> int:
    time.sleep(run.delay)
    os.chdir(run.folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, stream in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(file, stream)
    os.close(said)
    sys.stdout, sys.stderr = (os.fdopen(i, "w", encoding="utf-8", closefd=False) for i in (1, 2))
    signal.alarm(LONGEST)
    if run.seed is not None:
        secrets.choice = random.Random(run.seed).choice  # type: ignore[assignment]
    if run.most_bytes is not None:
        if run.ends_there:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (run.most_bytes, run.most_bytes))
    Watch(run).begin()
    sys.argv = ["xladdin", *run.arguments]
    return _exit_code()


def _exit_code() -> int:
    try:
        cli.main()
    except SystemExit as done:
        code = done.code
        return code if isinstance(code, int) else int(code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _wait(process: int) -> int:
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Answer requests until there are none."""
    gc.freeze()  # what is imported stays shared with the runs
    for line in sys.stdin:
        runs = [Run(**values) for values in json.loads(line)]
        print(json.dumps(together(runs)), flush=True)


if __name__ == "__main__":
    main()
