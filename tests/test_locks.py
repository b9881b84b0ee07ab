"""One writer at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from xladdin import locks
from xladdin.locks import BusyError, lock_file, locked, tidy

HOLD = """
import sys, time
from pathlib import Path
from xladdin.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """A process that holds the lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_a_second_one_waits_and_is_then_told(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    with locked(path):
        start = time.monotonic()
        with pytest.raises(BusyError), locked(path, wait=0.2):
            pass
        assert time.monotonic() - start >= 0.2
    with locked(path, wait=0):
        pass


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    with locked(path):
        (beside,) = tmp_path.iterdir()
        assert beside == lock_file(path)
        assert beside.name.startswith(".")
    assert list(tmp_path.iterdir()) == []


def test_an_error_inside_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path / "a"):
        raise KeyError
    with locked(tmp_path / "a", wait=0):
        pass


def test_a_dead_process_blocks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    process = holder(path)
    with pytest.raises(BusyError), locked(path, wait=0):
        pass
    end(process)
    assert lock_file(path).exists()
    with locked(path, wait=0):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_a_dead_process_left_is_tidied_and_a_living_one_keeps_its_lock(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    process = holder(path)
    tidy(path)
    assert lock_file(path).exists()
    end(process)
    tidy(path)
    tidy(path)
    assert list(tmp_path.iterdir()) == []


def test_every_spelling_of_a_name_has_one_lock(tmp_path: Path) -> None:
    names = ["Müller总表.xlsx", "MÜLLER总表.XLSX", unicodedata.normalize("NFD", "Müller总表.xlsx")]
    assert len({lock_file(tmp_path / name) for name in names}) == 1
    assert lock_file(tmp_path / "a.xlsx") != lock_file(tmp_path / "b.xlsx")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "a.xlsx")
    assert lock_file(tmp_path / "link.xlsx") == lock_file(tmp_path / "a.xlsx")
    assert len(lock_file(tmp_path / ("字" * 80 + ".xlsx")).name.encode()) < 100


@pytest.mark.parametrize("code", locks.NO_LOCKS)
def test_a_share_without_locks_is_written_without(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, "no locks")

    monkeypatch.setattr("fcntl.flock", refuse)
    with locked(tmp_path / "a", wait=0):
        pass


def test_others_may_take_over_what_was_left(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with locked(tmp_path / "a"):
            assert lock_file(tmp_path / "a").stat().st_mode & 0o777 == 0o666
    finally:
        os.umask(before)
