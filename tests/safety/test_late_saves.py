"""A colleague saves the workbook while an import runs: what they saved is never gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proof.fixtures import Proofs
from xladdin.patch.backups import backups

from .runs import Stage, Zygote, is_whole
from .scenes import MASTER, SCENES

WAYS = ["in place", "by renaming"]


def late(stage: Stage, points: list[int], how: str) -> list[int]:
    """The operations before which a save was lost: neither in the file nor in a copy of it."""
    theirs = (stage.original / MASTER).read_bytes()
    # Another whole workbook: bytes behind the end of the archive belong to nobody.
    theirs = theirs[:-2] + len(b"colleague").to_bytes(2, "little") + b"colleague"
    content = stage.folder / "colleague"
    content.write_bytes(theirs)
    lost = []
    for point in points:
        stage.fresh()
        target = stage.place / MASTER
        (code,) = stage.play(stage.run(at=point, save=[str(target), str(content), how]))
        assert is_whole(target)
        there = [path.read_bytes() for path in (target, *backups(target))]
        if theirs not in there:
            lost.append(point)
        elif target.read_bytes() == theirs and code != 0:
            assert "别人保存过" in stage.said()
    return lost


def renaming(stage: Stage) -> int:
    """The operation that puts the new file in place."""
    names = [line.split()[0] for line in stage.operations]
    return names.index("os.rename") + 1


@pytest.mark.parametrize("how", WAYS)
def test_a_save_just_before_the_renaming(how: str, zygote: Zygote, tmp_path: Path) -> None:
    stage = Stage(zygote, SCENES["import"], tmp_path)
    last = renaming(stage)
    assert late(stage, [last - 1], how) == []
    # In the call itself only what is written into the old file can still be seen.
    assert late(stage, [last], how) == ([] if how == "in place" else [last])


@pytest.mark.proof
@pytest.mark.parametrize("how", WAYS)
def test_a_save_at_every_operation(
    how: str, zygote: Zygote, tmp_path: Path, proofs: Proofs
) -> None:
    stage = Stage(zygote, SCENES["import"], tmp_path)
    points = list(range(1, len(stage.operations) + 1))
    lost = late(stage, points, how)
    assert lost == ([] if how == "in place" else [renaming(stage)])
    note = "lost is what another program saves within the call that renames"
    proofs.record("late_saves", tried=len(points), survived=len(points) - len(lost), note=note)
