"""A disk that fails at any one moment: every operation of every command, one after the other."""

from __future__ import annotations

import errno
import itertools
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.command import Done, xladdin
from xladdin import cli

from .disk import Disk, failing
from .files import lay_out

COMMANDS = {
    "init": ["init", "new.xlsx"],
    "check a master": ["check", "m.xlsx"],
    "annotate": ["check", "m.xlsx", "--annotate", "copy.xlsx"],
    "check templates": ["check", "templates", "broken.yaml"],
    "check a roster": ["check", "--roster", "roster.csv", "--actuals", "actuals.csv"],
    "import": ["import", "m.xlsx", "export.csv", "--period", "2026-10"],
    "score": ["score", "templates", "--actuals", "actuals.csv", "--roster", "roster.csv"],
    "score by a master": ["score", "m.xlsx", "--actuals", "actuals.csv"],
    "monthly": ["generate", "--period", "2026-11", "--out", "out", "--roster", "roster.csv", "--employee", "C001"],
    "ratings": ["generate", "--period", "2026-11", "--out", "out", "--roster", "roster.csv", "--form", "competency", "--employee", "C001", "--raters", "raters.csv"],
    "draft": ["scheme", "from-position", "coo", "--out", "draft.yaml"],
    "functions": ["addin", "lambdas", "--out", "pack.xlsx"],
    "add-in": ["addin", "build", "--out", "x.xlam"],
}  # fmt: skip
TROUBLES = (errno.EACCES, errno.ENAMETOOLONG, errno.ENOSPC, errno.EIO, errno.ENOENT, errno.EROFS)
FAULTS: tuple[type[BaseException], ...] = (KeyboardInterrupt, MemoryError, ZeroDivisionError)
CHEAP = ("check templates", "check a roster", "score", "monthly", "draft", "functions")
PROBLEM = re.compile("^(错误|用法不对).*[\u4e00-\u9fff]", re.MULTILINE)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disk") / "sound"
    lay_out(folder)
    return folder


class Tries:
    """Runs a command again and again, each time in a folder as it was at first."""

    def __init__(self, command: list[str], sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.command, self.sound, self.monkeypatch = command, sound, monkeypatch
        self.work = sound.with_name("work")

    def run(self, at: int | None, error: Callable[[str], BaseException]) -> tuple[Disk, Done]:
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.sound, self.work)
        self.monkeypatch.chdir(self.work)
        disk = Disk(self.work)
        disk.fails_at, disk.error = at, error
        with self.monkeypatch.context() as patched:
            disk.watch(patched)
            return disk, xladdin(*self.command)

    def moments(self) -> int:
        disk, _ = self.run(None, OSError)
        assert len(disk.names) > 2
        return len(disk.names)


@pytest.fixture
def tries(
    request: pytest.FixtureRequest,
    sound: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Tries:
    monkeypatch.setenv("HOME", str(tmp_path))
    return Tries(COMMANDS[request.param], sound, monkeypatch)


@pytest.mark.parametrize("tries", COMMANDS, indirect=True)
def test_what_happens_to_files_is_a_problem_or_does_no_harm(tries: Tries) -> None:
    wrong = {}
    numbers = itertools.cycle(TROUBLES)
    for moment, number in zip(range(tries.moments()), numbers, strict=False):
        disk, done = tries.run(moment, failing(number))
        told = done.code == 0 or PROBLEM.search(done.err)
        if done.code not in (0, 1) or not told or "Traceback" in done.out + done.err:
            wrong[moment] = (disk.names[moment], errno.errorcode[number], done)
    assert wrong == {}


@pytest.mark.parametrize("tries", CHEAP, indirect=True)
def test_any_fault_at_any_moment_ends_with_one_sentence(tries: Tries) -> None:
    wrong = {}
    faults = itertools.cycle(FAULTS)
    for moment, fault in zip(range(tries.moments()), faults, strict=False):
        disk, done = tries.run(moment, lambda _, fault=fault: fault("张三"))  # type: ignore[misc]
        if not _ends_well(fault, done):
            wrong[moment] = (disk.names[moment], fault, done)
    assert wrong == {}


def _ends_well(fault: type[BaseException], done: Done) -> bool:
    if "Traceback" in done.out + done.err or "张三）" in done.err:
        return False
    if fault is KeyboardInterrupt:
        return done.code == 130 and done.err.endswith(f"{cli.STOPPED}\n")
    return done.code in (0, 1) or (done.code == 70 and done.err.count("出了意外") == 1)
