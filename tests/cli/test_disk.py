"""A disk that fails at any one moment: every operation of every command, one after the other."""

from __future__ import annotations

import errno
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.command import Done, xladdin
from tests.proof.fixtures import Proofs
from tests.safety.collecting import prepare
from tests.safety.scenes import MASTER
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
    "collect": ["collect", f"month/{MASTER}", "month/收到", "--move-to", "filed", "--repair", "mended"],
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
SOME = 4
"""Operations of each command at which something fails in `make test`."""
PROBLEM = re.compile("^(错误|用法不对).*[\u4e00-\u9fff]", re.MULTILINE)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disk") / "sound"
    lay_out(folder)
    (folder / "month").mkdir()
    prepare(folder / "month")
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

    def moments(self, most: int | None) -> list[int]:
        """The operations, or so many of them, the same ones in every run."""
        disk, _ = self.run(None, OSError)
        count = len(disk.names)
        assert count > 2
        if most is None or most >= count:
            return list(range(count))
        return sorted(random.Random(" ".join(self.command)).sample(range(count), most))

    def troubled(self, moments: list[int]) -> dict[int, object]:
        """Where a failing disk is no problem that is told, and does harm."""
        wrong: dict[int, object] = {}
        for moment in moments:
            number = TROUBLES[moment % len(TROUBLES)]
            disk, done = self.run(moment, failing(number))
            told = done.code == 0 or PROBLEM.search(done.err)
            if done.code not in (0, 1) or not told or "Traceback" in done.out + done.err:
                wrong[moment] = (disk.names[moment], errno.errorcode[number], done)
        return wrong

    def broken_off(self, moments: list[int]) -> dict[int, object]:
        """Where any other fault does not end with one sentence."""
        wrong: dict[int, object] = {}
        for moment in moments:
            fault = FAULTS[moment % len(FAULTS)]
            disk, done = self.run(moment, lambda _, fault=fault: fault("张三"))  # type: ignore[misc]
            if not _ends_well(fault, done):
                wrong[moment] = (disk.names[moment], fault, done)
        return wrong


@pytest.fixture
def tries(
    request: pytest.FixtureRequest,
    sound: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Tries:
    monkeypatch.setenv("HOME", str(tmp_path))
    return Tries(COMMANDS[request.param], sound, monkeypatch)


def _ends_well(fault: type[BaseException], done: Done) -> bool:
    if "Traceback" in done.out + done.err or "张三）" in done.err:
        return False
    if fault is KeyboardInterrupt:
        return done.code == 130 and done.err.endswith(f"{cli.STOPPED}\n")
    return done.code in (0, 1) or (done.code == 70 and done.err.count("出了意外") == 1)


every_command = pytest.mark.parametrize("tries", COMMANDS, indirect=True)
cheap_commands = pytest.mark.parametrize("tries", CHEAP, indirect=True)


@every_command
def test_what_happens_to_files_is_a_problem_or_does_no_harm(tries: Tries) -> None:
    assert tries.troubled(tries.moments(SOME)) == {}


@cheap_commands
def test_any_fault_at_some_moment_ends_with_one_sentence(tries: Tries) -> None:
    assert tries.broken_off(tries.moments(SOME)) == {}


@pytest.mark.proof
@every_command
def test_what_happens_to_files_at_every_moment(tries: Tries, proofs: Proofs) -> None:
    moments = tries.moments(None)
    wrong = tries.troubled(moments)
    proofs.record("failing_disk", tried=len(moments), survived=len(moments) - len(wrong))
    assert wrong == {}


@pytest.mark.proof
@cheap_commands
def test_any_fault_at_every_moment(tries: Tries, proofs: Proofs) -> None:
    moments = tries.moments(None)
    wrong = tries.broken_off(moments)
    proofs.record("failing_disk", tried=len(moments), survived=len(moments) - len(wrong))
    assert wrong == {}
