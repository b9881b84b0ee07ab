"""A disk without room: the old file stays, no copy is lost, and it is said in Chinese."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.fixtures import Proofs
from xladdin.app.init import init
from xladdin.patch.backups import KEPT, backups

from .runs import Stage, Zygote, is_whole, seen, small_disk, visible
from .scenes import IMPORT, MASTER, SCENES, with_backups
from .tokens import orphans

KILLED_BY_SIZE = -25
NAMES = ["import", "import with copies", "annotate", "monthly", "competency", "init"]


def sizes(stage: Stage, count: int) -> Iterator[int]:
    """From no byte to nearly enough for the largest file, and just one byte too few."""
    stage.fresh()
    stage.play(stage.run())
    most = max(path.stat().st_size for path in visible(stage.place) if ".备份-" not in path.name)
    yield from (most * number // count for number in range(count - 1))
    yield most - 1


def fill(stage: Stage, size: int, *, killed: bool) -> str:
    """A run that may write no file larger than that; what became of it."""
    before = seen(stage.original)
    stage.fresh()
    (code,) = stage.play(stage.run(most_bytes=size, ends_there=killed))
    assert "Traceback" not in stage.said(), stage.said()
    stage.whole()
    assert orphans(stage.place) == []
    if not killed:
        assert code == 1, stage.said()
        assert "超过了这个位置允许的文件大小" in stage.said()
        assert [path.name for path in stage.place.rglob(".*")] == []
    else:
        assert code == KILLED_BY_SIZE
    if (stage.original / MASTER).exists():
        assert seen(stage.place)[MASTER] == before[MASTER]
    stage.again()
    return "killed" if killed else "refused"


@pytest.mark.parametrize("killed", [False, True])
def test_an_import_without_room(killed: bool, zygote: Zygote, tmp_path: Path) -> None:
    stage = Stage(zygote, SCENES["import"], tmp_path)
    for size in list(sizes(stage, 20))[-1:]:
        fill(stage, size, killed=killed)


@pytest.mark.proof
@pytest.mark.parametrize("killed", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_twenty_sizes(
    name: str, killed: bool, zygote: Zygote, tmp_path: Path, proofs: Proofs
) -> None:
    stage = Stage(zygote, SCENES[name], tmp_path)
    came = [fill(stage, size, killed=killed) for size in sizes(stage, 20)]
    proofs.record("full_disk", tried=len(came), survived=len(came))


@pytest.mark.proof
def test_good_copies_outlive_a_full_disk(zygote: Zygote, tmp_path: Path, proofs: Proofs) -> None:
    """Imports that fail for want of room leave the copies as they were; only root has such a disk."""
    if os.geteuid() != 0:
        proofs.record("small_disk", tried=0, survived=0, note="only root can mount one")
        return
    stage = Stage(zygote, SCENES["import"], tmp_path)
    tried = 0
    for spare in range(0, 200_000, 10_000):
        tried += _on_a_small_disk(stage, tmp_path / "disk", spare)
    proofs.record("small_disk", tried=tried, survived=tried)


def _on_a_small_disk(stage: Stage, disk: Path, spare: int) -> int:
    page = os.sysconf("SC_PAGE_SIZE")
    inputs = [path for path in stage.original.iterdir() if path.is_file()]
    copies = disk.with_name("copies")
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir()
    with_backups(copies)
    (copies / "总表.备份-20261101-100000.xlsx").unlink()
    everything = [*inputs, *backups(copies / MASTER)]
    room = sum(-(-path.stat().st_size // page) for path in everything) * page
    with small_disk(disk, room + page * 2 + spare) as place:
        for path in everything:
            shutil.copy(path, place)
        good = {path.name: path.read_bytes() for path in backups(place / MASTER)}
        assert len(good) == KEPT
        before = (place / MASTER).read_bytes()
        stage.place = place
        for _ in range(3):
            (code,) = stage.play(stage.run(IMPORT))
            assert "Traceback" not in stage.said()
            assert [path.name for path in visible(place) if not is_whole(path)] == []
            assert [path.name for path in place.rglob(".*")] == []
            if code == 0:
                assert before in [path.read_bytes() for path in backups(place / MASTER)]
                break
            assert "磁盘已满" in stage.said()
            assert (place / MASTER).read_bytes() == before
            assert {path.name: path.read_bytes() for path in backups(place / MASTER)} == good
    return 1


@pytest.mark.proof
def test_a_fresh_master_on_a_full_disk(zygote: Zygote, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        return
    init(tmp_path / MASTER)
    with small_disk(tmp_path / "disk", 64_000) as place:
        stage = Stage(zygote, SCENES["import"], tmp_path / "stage")
        stage.place = place
        assert stage.play(stage.run(["init", MASTER])) == [1]
        assert "磁盘已满" in stage.said()
        assert list(place.iterdir()) == []
