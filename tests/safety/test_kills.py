"""Killed before any of its operations on files, a run leaves what is whole, and the next mends."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.proof.fixtures import Proofs

from .runs import Stage, Zygote, seen, visible
from .scenes import LIST_NAME, SCENES
from .tokens import orphans

KILLED = -9


@pytest.fixture
def stage(request: pytest.FixtureRequest, zygote: Zygote, tmp_path: Path) -> Stage:
    return Stage(zygote, SCENES[request.param], tmp_path)


def kill(stage: Stage, points: Iterable[int]) -> int:
    """Kill a run at each of these operations, and look; how many were killed."""
    before = seen(stage.original)
    count = 0
    for point in points:
        stage.fresh()
        assert stage.play(stage.run(at=point, kill=True)) == [KILLED], stage.operations[point - 1]
        stage.whole()
        _old_or_new(stage, before)
        assert orphans(stage.place) == []
        stage.again()
        count += 1
    return count


def _old_or_new(stage: Stage, before: dict[str, list[str]]) -> None:
    """What a person sees has the content of before or of afterwards."""
    now = seen(stage.place)
    for path in visible(stage.place):
        name = str(path.relative_to(stage.place))
        if ".备份-" not in name:
            assert now[name][0] in before.get(name, []) + stage.after.get(name, []), name


SAMPLE = ["import with copies", "annotate again", "monthly again", "competency", "init"]


@pytest.mark.parametrize("stage", SAMPLE, indirect=True)
def test_killed_somewhere(stage: Stage) -> None:
    assert kill(stage, [random.Random(stage.scene.name).randint(1, len(stage.operations))]) == 1


@pytest.mark.parametrize("stage", ["import"], indirect=True)
def test_killed_around_the_renaming(stage: Stage) -> None:
    names = [line.split()[0] for line in stage.operations]
    renaming = max(i for i, name in enumerate(names, 1) if name in ("os.rename", "os.link"))
    assert kill(stage, [renaming, renaming + 1]) == 2


@pytest.mark.proof
@pytest.mark.parametrize("stage", SCENES, indirect=True)
def test_killed_everywhere(stage: Stage, proofs: Proofs) -> None:
    count = kill(stage, range(1, len(stage.operations) + 1))
    proofs.record("kills", tried=len(stage.operations), survived=count)


def test_a_token_that_the_list_lacks_would_be_seen(zygote: Zygote, tmp_path: Path) -> None:
    stage = Stage(zygote, SCENES["competency"], tmp_path)
    assert orphans(stage.place) == []
    (stage.place / "表" / LIST_NAME).unlink()
    assert len(orphans(stage.place)) > 3
