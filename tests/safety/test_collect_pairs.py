"""Two clerks who collect the same folder at once: no form is lost, and none is kept twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proof.fixtures import Proofs

from .collecting import COMMAND, SCENES, kept, outcome
from .runs import Stage, Zygote, digest, visible
from .test_pairs import Pair, races

SCENE = SCENES["collect"]


def pair(stage: Stage) -> Pair:
    wanted = outcome(stage.place)
    returned = {digest(path) for path in (stage.original / "收到").iterdir()}

    def judge(stage: Stage, codes: list[int]) -> str:
        """What both have left is enough for one run more to come to what one clerk comes to."""
        assert set(codes) <= {0, 1}
        assert returned <= {digest(path) for path in visible(stage.place)}
        people = [person for person, _ in kept(stage.place)]
        assert sorted({*people}) == people
        (code,) = stage.play(stage.run())
        assert code == stage.code, stage.said()
        assert outcome(stage.place) == wanted, stage.said(0) + stage.said(1)
        return f"{codes.count(0)} without a fault"

    return Pair(SCENE, COMMAND, judge)


def test_two_clerks_at_once(zygote: Zygote, tmp_path: Path) -> None:
    stage = Stage(zygote, SCENE, tmp_path)
    assert sum(races(stage, pair(stage), 1).values()) == 1


@pytest.mark.proof
def test_many_clerks_at_once(zygote: Zygote, tmp_path: Path, proofs: Proofs) -> None:
    stage = Stage(zygote, SCENE, tmp_path)
    count = proofs.count("collect_pairs")
    came = races(stage, pair(stage), count)
    note = "; ".join(f"{times} times {what}" for what, times in sorted(came.items()))
    proofs.record("collect_pairs", tried=count, survived=sum(came.values()), note=note)
