"""Collecting, killed before any of its operations on files: nothing is lost, nothing comes twice."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.proof.fixtures import Proofs

from .collecting import SCENES, outcome
from .runs import Stage, Zygote, digest, is_whole, visible

LAW = "collect_kills"
KILLED = -9


@pytest.fixture
def stage(zygote: Zygote, tmp_path: Path) -> Stage:
    return Stage(zygote, SCENES["collect"], tmp_path)


def kill(stage: Stage, points: Iterable[int]) -> int:
    """Kill a run at each of these operations, look, and run again; how many were killed.

    The stage is as an undisturbed run has left it.
    """
    wanted, count = outcome(stage.place), 0
    returned = {digest(path) for path in (stage.original / "收到").iterdir()}
    for point in points:
        stage.fresh()
        assert stage.play(stage.run(at=point, kill=True)) == [KILLED], stage.operations[point - 1]
        half = [path for path in visible(stage.place) if not is_whole(path)]
        assert [path.name for path in half] == []
        there = {digest(path) for path in visible(stage.place)}
        assert returned <= there, "a returned form is gone"
        (code,) = stage.play(stage.run())
        assert code in (0, 1), stage.said()
        assert "Traceback" not in stage.said()
        assert outcome(stage.place) == wanted, stage.operations[point - 1]
        count += 1
    return count


def test_an_undisturbed_run_does_its_work(stage: Stage) -> None:
    found = outcome(stage.place)
    assert len(found["returned"]) == 2
    assert found["files"]["收到"] == []
    assert len(found["files"]["已收"]) == 2
    assert len(found["files"]["修复"]) == 1


def test_killed_somewhere(stage: Stage) -> None:
    pick = random.Random(7)
    assert kill(stage, pick.sample(range(1, len(stage.operations) + 1), 3)) == 3


def test_killed_somewhere_while_a_decision_is_carried_out(zygote: Zygote, tmp_path: Path) -> None:
    stage = Stage(zygote, SCENES["decided"], tmp_path)
    found = outcome(stage.place)
    assert len(found["returned"]) == 4
    assert found["figures"]["QC002", "initiative"] == 4
    assert kill(stage, [len(stage.operations) // 2]) == 1


@pytest.mark.proof
@pytest.mark.parametrize("name", SCENES)
def test_killed_at_sixty_points(name: str, zygote: Zygote, tmp_path: Path, proofs: Proofs) -> None:
    stage = Stage(zygote, SCENES[name], tmp_path)
    count = proofs.count(LAW)
    points = [1 + i * len(stage.operations) // count for i in range(count)]
    survived = kill(stage, points)
    proofs.record(LAW, tried=count, survived=survived, note=f"{len(stage.operations)} operations")
