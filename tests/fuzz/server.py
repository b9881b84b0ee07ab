"""Runs a command in a forked child, with the package imported and with limits on what it may take."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from xladdin import cli

from .cases import FOLDER, MISSING, Case, Input

MEGABYTE = 1 << 20
ADDRESSES = 4096 * MEGABYTE
"""What a case may map: enough to be found out, not enough to harm the machine."""
CPU_SECONDS, WALL_SECONDS = 20, 90
LONGEST_OUTPUT = 64 * MEGABYTE
"""Bytes of each stream that are looked at."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended: exit code (negative: the signal that ended it), and what it took.

    ``cpu`` and ``wall`` are seconds, ``growth`` is the peak of its memory beyond the start, in MB.
    """

    code: int
    out: str
    err: str
    cpu: float
    wall: float
    growth: int
    timed_out: bool
    log: str
    """What the command wrote into logs of its own below the home folder."""


def run(case: Case, folder: Path) -> Outcome:
    """Write the files into ``folder``/work, run the command there, wait for its end."""
    work, home = folder / "work", folder / "home"
    for place in (work, home):
        place.mkdir(parents=True)
    (work / "现有文件").write_text("x", "utf-8")
    for given in case.inputs:
        _write(work, given)
    started, resident = time.monotonic(), _resident()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _be_the_child(case.arguments, work, home, folder)
    status, used, timed_out = _wait(child, started + WALL_SECONDS)
    return Outcome(
        code=os.waitstatus_to_exitcode(status),
        out=_text(folder / "out"),
        err=_text(folder / "err"),
        cpu=used.ru_utime + used.ru_stime,
        wall=time.monotonic() - started,
        growth=(used.ru_maxrss * 1024 - resident) // MEGABYTE,
        timed_out=timed_out,
        log="\n".join(_text(path) for path in sorted(home.rglob("*.log*"))),
    )


def _write(work: Path, given: Input) -> None:
    path = work / given.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(given.content, bytes):
        path.write_bytes(given.content)
    elif given.content == FOLDER:
        path.mkdir()
    else:
        assert given.content == MISSING


def _resident() -> int:
    """Bytes that this process has in memory, and its child at its start."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


def _wait(child: int, end: float) -> tuple[int, resource.struct_rusage, bool]:
    while time.monotonic() < end:
        found, status, used = os.wait4(child, os.WNOHANG)
        if found:
            return status, used, False
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    return status, used, True


def _text(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.read(LONGEST_OUTPUT).decode("utf-8", "backslashreplace")


# In the child.


def _be_the_child(arguments: tuple[str, ...], work: Path, home: Path, folder: Path) -> None:
    """Never returns: whatever happens, the child ends here."""
    code = 99
    try:
        os.setsid()
        os.chdir(work)
        _limit()
        _redirect(folder)
        places = ("HOME", "LOCALAPPDATA", "APPDATA", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR")
        os.environ.update(dict.fromkeys(places, str(home)))
        sys.argv = ["xladdin", *arguments]
        code = _exit_code()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _redirect(folder: Path) -> None:
    """Both streams into files, as a shell does it."""
    for number, name in ((1, "out"), (2, "err")):
        target = os.open(folder / name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        os.dup2(target, number)
    devnull = os.open(os.devnull, os.O_RDONLY)
    os.dup2(devnull, 0)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, errors="backslashreplace")  # noqa: SIM115


def _exit_code() -> int:
    """What the interpreter would make of the end of ``main``."""
    try:
        cli.main()
    except SystemExit as done:
        if isinstance(done.code, str):
            print(done.code, file=sys.stderr)
            return 1
        return done.code or 0
    except BaseException:  # as the interpreter does it, a traceback and 1
        traceback.print_exc()
        return 1
    return 0
