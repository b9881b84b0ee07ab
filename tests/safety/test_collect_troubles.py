"""Collecting where something is open, locked, forbidden, damaged or full: what came back stays
where it was, it is told in Chinese with the way back, and the next run comes to what it should.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.proof.fixtures import Proofs
from xladdin.ledger.ledger_faults import BUSY, CORRUPTED, FAILED, READ_ONLY
from xladdin.ledger.ledger_place import LEDGER_NAME, ledger_place
from xladdin.ledger.records import PeriodState
from xladdin.ledger.store import Ledger
from xladdin.locks import locked
from xladdin.patch.backups import backups

from .collecting import COMMAND, PERIOD, kept, outcome, prepare
from .runs import Scene, Stage, Zygote, digest, is_whole, small_disk, visible
from .scenes import MASTER
from .zygote import Run

LAW = "collect_troubles"
LIST = f"收表清单_{PERIOD}.xlsx"
KILLED_BY_SIZE = -25
OPEN = "正在Excel（或WPS）中打开"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong for as long as the context lasts, and what is told of it."""

    around: Callable[[Path], AbstractContextManager[object]]
    told: str
    keeps: bool = False
    """Whether the forms are in the ledger all the same; the next run adds nothing to it."""
    moves: bool = False
    """Whether what was read is filed away all the same: master and ledger have it."""


@contextmanager
def open_in_excel(path: Path) -> Iterator[None]:
    owner = path.with_name(f"~${path.name}")
    owner.write_bytes(b"")
    yield
    owner.unlink()


@contextmanager
def in_a_browser(path: Path) -> Iterator[None]:
    """Somebody looks at the database with another program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Nobody may write to it, the administrator neither."""
    path.chmod(0o400)
    mounted = os.geteuid() == 0
    if mounted:
        subprocess.run(["mount", "--bind", path, path], check=True)
        subprocess.run(["mount", "-o", "remount,ro,bind", path], check=True)
    yield
    if mounted:
        subprocess.run(["umount", path], check=True)
    path.chmod(0o600)


@contextmanager
def damaged(path: Path) -> Iterator[None]:
    """All pages but the first are noise; then it is as it was again."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    before = path.read_bytes()
    yield
    assert path.read_bytes() == before, "a damaged ledger was written to"
    path.write_bytes(content)


def _of(name: str, how: Callable[[Path], Any]) -> Callable[[Path], AbstractContextManager[object]]:
    return lambda folder: how(folder / name)


TROUBLES = {
    "master open in Excel": Trouble(_of(MASTER, open_in_excel), OPEN, keeps=True),
    "master held by another run": Trouble(_of(MASTER, locked), "另一个程序正在写", keeps=True),
    "list open in Excel": Trouble(
        _of(LIST, open_in_excel), "收表清单正在被 Excel、WPS 使用", keeps=True, moves=True
    ),
    "ledger open elsewhere": Trouble(_of(LEDGER_NAME, in_a_browser), BUSY),
    "ledger held by another run": Trouble(_of(LEDGER_NAME, locked), "另一个程序正在写台账"),
    "ledger damaged": Trouble(_of(LEDGER_NAME, damaged), CORRUPTED),
    "ledger read-only": Trouble(_of(LEDGER_NAME, read_only), READ_ONLY),
}


SAMPLE = ("master open in Excel", "ledger damaged", "ledger read-only")
"""Those that need no waiting for a lock."""


def with_ledger(folder: Path) -> None:
    """Two forms have come back, and the ledger knows of the month."""
    prepare(folder)
    with Ledger(ledger_place(folder / MASTER)) as ledger:
        ledger.change_period(str(PERIOD), PeriodState.OPEN)


SCENE = Scene("collect", COMMAND, with_ledger)


def troubled(stage: Stage, names: Iterable[str], wanted: dict[str, Any]) -> int:
    """Collect once with each of these, all at the same time, and once more without."""
    folders = {name: stage.folder / name for name in names}
    for name, folder in folders.items():
        shutil.copytree(stage.original, folder)
        if name == "list open in Excel":
            # Saved by somebody: another one than will be written.
            openpyxl.load_workbook(stage.folder / LIST).save(folder / LIST)
    with ExitStack() as around:
        for name, folder in folders.items():
            around.enter_context(TROUBLES[name].around(folder))
        ends = stage.play(*(_run(stage, folder) for folder in folders.values()))
        for (name, folder), code in zip(folders.items(), ends, strict=True):
            said = (folder.with_suffix(".said")).read_text("utf-8")
            assert (code, TROUBLES[name].told in said, "Traceback" in said) == (1, True, False), (
                said
            )
    for name, folder in folders.items():
        judge(stage, folder, TROUBLES[name])
    ends = stage.play(*(_run(stage, folder) for folder in folders.values()))
    for name, folder in folders.items():
        assert outcome(folder) == wanted, name
    assert set(ends) == {stage.code}
    return len(folders)


def _run(stage: Stage, folder: Path) -> Run:
    return Run(stage.scene.arguments, str(folder), str(folder.with_suffix(".said")))


def judge(stage: Stage, folder: Path, trouble: Trouble) -> None:
    """Nothing is half or gone; master and ledger are as they were, or as they should be."""
    intact(stage, folder)
    if not trouble.moves:
        assert digest(folder / MASTER) == digest(stage.original / MASTER)
        assert len(list((folder / "收到").iterdir())) == len(
            list((stage.original / "收到").iterdir())
        )
    if trouble.keeps:
        assert len(kept(folder)) == 2


def intact(stage: Stage, folder: Path) -> None:
    """Every workbook is whole, and every returned form is somewhere, as it came."""
    assert [path.name for path in visible(folder) if not is_whole(path)] == []
    there = {digest(path) for path in visible(folder)}
    assert {digest(path) for path in (stage.original / "收到").iterdir()} <= there


def staged(zygote: Zygote, tmp_path: Path) -> tuple[Stage, dict[str, Any]]:
    stage = Stage(zygote, SCENE, tmp_path)
    wanted = outcome(stage.place)
    assert len(wanted["returned"]) == 2
    shutil.copy(stage.place / LIST, tmp_path)
    return stage, wanted


def test_it_is_told_and_nothing_is_lost(zygote: Zygote, tmp_path: Path) -> None:
    stage, wanted = staged(zygote, tmp_path)
    assert troubled(stage, SAMPLE, wanted) == len(SAMPLE)


@pytest.mark.proof
def test_every_trouble(zygote: Zygote, tmp_path: Path, proofs: Proofs) -> None:
    stage, wanted = staged(zygote, tmp_path)
    count = troubled(stage, TROUBLES, wanted)
    proofs.record(LAW, tried=count, survived=count)


def test_a_damaged_ledger_comes_back_from_its_copy(zygote: Zygote, tmp_path: Path) -> None:
    """The way back that is told: restore, then collect what the copy lacks once more."""
    stage, wanted = staged(zygote, tmp_path)
    ledger, again = stage.place / LEDGER_NAME, [*COMMAND[:2], "已收", *COMMAND[3:]]
    for _ in range(2):  # adds nothing; the first of them makes the copy of what there is
        assert stage.play(stage.run(again)) == [stage.code]
    assert len(backups(ledger)) == 2
    ledger.write_bytes(ledger.read_bytes()[:4096] + b"\xff" * 9000)
    assert stage.play(stage.run(again)) == [1]
    assert CORRUPTED in stage.said()
    assert stage.play(stage.run(["ledger", "restore", MASTER])) == [0]
    assert kept(stage.place) == wanted["returned"]


def test_without_any_copy_the_kept_files_bring_it_back(zygote: Zygote, tmp_path: Path) -> None:
    stage = Stage(zygote, Scene("collect", COMMAND, prepare), tmp_path)
    before, ledger = kept(stage.place), stage.place / LEDGER_NAME
    ledger.write_bytes(b"\xff" * 9000)
    assert stage.play(stage.run(["ledger", "restore", MASTER])) == [1]
    assert "绩效存档" in stage.said()
    ledger.rename(ledger.with_suffix(".坏"))
    assert stage.play(stage.run(["collect", MASTER, "绩效存档"])) == [stage.code]
    assert kept(stage.place) == before


# Full disks.


def sizes(stage: Stage, count: int) -> Iterator[int]:
    """From no byte to nearly enough for the largest file, which was there before."""
    most = max(path.stat().st_size for path in stage.place.rglob("*") if path.is_file())
    yield from (most * number // count for number in range(count - 1))
    yield most - 1


def fill(stage: Stage, size: int, wanted: dict[str, Any], *, killed: bool) -> str:
    """A run that may write no file larger than that, and one that may; what the first said."""
    stage.fresh()
    (code,) = stage.play(stage.run(most_bytes=size, ends_there=killed))
    said = stage.said()
    assert "Traceback" not in said, said
    intact(stage, stage.place)
    if killed:
        assert code in (KILLED_BY_SIZE, 1)
    elif code == stage.code:  # there was room enough
        assert outcome(stage.place) == wanted, size
    else:
        assert code == 1
        assert "超过了这个位置允许的文件大小" in said or FAILED in said, said
    assert stage.play(stage.run()) == [stage.code], stage.said()
    assert outcome(stage.place) == wanted, size
    return said


def test_no_room_for_the_largest_file(zygote: Zygote, tmp_path: Path) -> None:
    stage, wanted = staged(zygote, tmp_path)
    said = fill(stage, max(sizes(stage, 3)) // 4, wanted, killed=False)
    assert "没有写入" in said


@pytest.mark.proof
@pytest.mark.parametrize("killed", [False, True])
def test_twenty_sizes(killed: bool, zygote: Zygote, tmp_path: Path, proofs: Proofs) -> None:
    stage, wanted = staged(zygote, tmp_path)
    came = [fill(stage, size, wanted, killed=killed) for size in sizes(stage, 20)]
    proofs.record(LAW, tried=len(came), survived=len(came))


@pytest.mark.proof
def test_disks_that_are_nearly_full(zygote: Zygote, tmp_path: Path, proofs: Proofs) -> None:
    """From no room at all to enough; only the administrator can have such a disk."""
    stage, wanted = staged(zygote, tmp_path)
    page, tried = os.sysconf("SC_PAGE_SIZE"), 0
    inputs = [path for path in stage.original.rglob("*") if path.is_file()]
    room = sum(-(-path.stat().st_size // page) for path in inputs) * page
    for spare in range(0, 1_000_000, 50_000):
        with small_disk(tmp_path / "disk", room + page * 5 + spare) as place:
            shutil.copytree(stage.original, place, dirs_exist_ok=True)
            stage.place = place
            (code,) = stage.play(stage.run())
            assert "Traceback" not in stage.said(), stage.said()
            intact(stage, place)
            if code == stage.code and "磁盘已满" not in stage.said():
                assert outcome(place) == wanted
            else:
                assert "磁盘已满" in stage.said(), stage.said()
            shutil.copytree(place, tmp_path / "roomy", dirs_exist_ok=True)
        stage.place = tmp_path / "roomy"
        assert stage.play(stage.run()) == [stage.code], stage.said()
        assert outcome(stage.place) == wanted, spare
        shutil.rmtree(stage.place)
        tried += 1
    proofs.record(LAW, tried=tried, survived=tried)
