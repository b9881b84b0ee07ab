"""Two runs at once: whatever a command says it has written is there."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.proof.fixtures import Proofs

from .runs import Stage, Zygote, is_whole, seen, visible
from .scenes import ANNOTATE, IMPORT, MASTER, SCENES, Scene, empty, forms, with_master
from .tokens import orphans

STALL = 0.8
"""Seconds for which the first run stands still at one of its operations: the other one passes."""
DECEMBER = ["import", MASTER, "导出.csv", "--period", "2026-12"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two commands in one folder, and what must hold; it says what became of them."""

    scene: Scene
    other: list[str]
    judge: Callable[[Stage, list[int]], str]


def months(path: Path) -> set[str]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("月度目标与实际").to_python()
    return {str(row[0]) for row in rows if any(str(cell).startswith("导出.csv") for cell in row)}


def both_imports(stage: Stage, codes: list[int]) -> str:
    """No lost update: a month that was told to be written is there."""
    there = months(stage.place / MASTER)
    told = {}
    for number, period in ((0, "2026-11"), (1, "2026-12")):
        said = json.loads(stage.said(number))
        told[period] = bool(said["written"])
        assert told[period] == any(month.startswith(period) for month in there), period
        assert codes[number] == (0 if told[period] else 1)
        assert told[period] or "file_changed" in stage.said(number)
    assert any(told.values())
    return f"{sum(told.values())} written"


def both_departments(stage: Stage, codes: list[int]) -> str:
    """No orphan tokens, and none stands for two."""
    assert orphans(stage.place) == []
    assert codes == [0, 0], stage.said(0) + stage.said(1)
    return "both"


def both_the_same(stage: Stage, codes: list[int]) -> str:
    """Two runs come to what one comes to."""
    assert codes == [0, 0], stage.said(0) + stage.said(1)
    assert seen(stage.place) == stage.after
    return "both"


HEAD = 4
"""Rows of the roster above its first line; below its lines stand empty ones with their checks."""


def one_of_two(stage: Stage, codes: list[int]) -> str:
    """Exactly one makes the file, and it is that one's."""
    assert sorted(codes) == [0, 1]
    example = codes[1] == 0
    people = CalamineWorkbook.from_path(str(stage.place / MASTER)).get_sheet_by_name("员工名册")
    ids = [row[0] for row in people.to_python()[HEAD:] if row[0]]
    assert (len(ids) > 10) == example
    return "one"


def one_or_both(stage: Stage, codes: list[int]) -> str:
    """A copy is one or the other, and whoever was refused was told."""
    assert set(codes) <= {0, 1}
    assert 0 in codes
    return f"{codes.count(0)} written"


def competency(department: str) -> list[str]:
    return [*forms("competency"), "--department", department]


PAIRS = {
    "imports": Pair(Scene("imports", [*IMPORT, "--json"], with_master), [*DECEMBER, "--json"],
                    both_imports),
    "departments": Pair(
        Scene("departments", competency("客服部"), empty, seed=None), competency("网络销售部"),
        both_departments),
    "one department twice": Pair(
        Scene("one department twice", forms("competency", "QC002"), empty, seed=None),
        forms("competency", "QC002"), both_departments),
    "monthly": Pair(SCENES["monthly"], SCENES["monthly"].arguments, both_the_same),
    "monthly again": Pair(SCENES["monthly again"], SCENES["monthly again"].arguments,
                          both_the_same),
    "init": Pair(Scene("init", ["init", MASTER], empty), ["init", MASTER, "--example"],
                 one_of_two),
    "annotate": Pair(Scene("annotate", ANNOTATE, with_master), ANNOTATE, one_or_both),
}  # fmt: skip


def race(stage: Stage, pair: Pair, at: int, stall: float, delay: float) -> str:
    """Play both at once, and judge; nothing half and nothing hidden is left."""
    stage.fresh()
    first = stage.run(number=0, at=at, stall=stall)
    second = stage.run(pair.other, number=1, delay=delay)
    codes = stage.play(first, second)
    assert "Traceback" not in stage.said(0) + stage.said(1), stage.said(0) + stage.said(1)
    assert [path for path in visible(stage.place) if not is_whole(path)] == []
    hidden = [path.name for path in stage.place.rglob(".*")]
    assert hidden == []
    return pair.judge(stage, codes)


def races(stage: Stage, pair: Pair, count: int) -> Counter[str]:
    """So many pairs: half stalled at one operation after the other, half at random intervals."""
    draw = random.Random(pair.scene.name)
    came = Counter[str]()
    operations = len(stage.operations)
    for number in range(count):
        if number % 2:
            came[race(stage, pair, 0, 0.0, draw.uniform(0, 0.6))] += 1
        else:
            point = 1 + (number // 2) * operations // max(1, (count + 1) // 2)
            came[race(stage, pair, point, STALL, draw.uniform(0, 0.2))] += 1
    return came


@pytest.mark.parametrize("name", ["imports", "one department twice", "monthly", "init"])
def test_two_at_once(name: str, zygote: Zygote, tmp_path: Path) -> None:
    stage = Stage(zygote, PAIRS[name].scene, tmp_path)
    assert sum(races(stage, PAIRS[name], 1).values()) == 1


FULL = {
    "imports": 80, "departments": 30, "one department twice": 30, "monthly": 20,
    "monthly again": 20, "init": 20, "annotate": 20,
}  # fmt: skip


@pytest.mark.proof
@pytest.mark.parametrize("name", PAIRS)
def test_many_pairs(name: str, zygote: Zygote, tmp_path: Path, proofs: Proofs) -> None:
    stage = Stage(zygote, PAIRS[name].scene, tmp_path)
    came = races(stage, PAIRS[name], FULL[name])
    proofs.record("pairs", tried=FULL[name], survived=sum(came.values()))
