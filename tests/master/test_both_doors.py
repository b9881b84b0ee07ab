"""Both doors know one rule: the live 检查 column and the reader agree on every row.

Masters are changed at random and written; LibreOffice computes their checks, the reader reads them.
A row is said to be wrong at one door if, and only if, it is at the other; the same for notices, and
for which cells are greyed.  An entry that a person understands and a formula does not (numbers
typed as texts, other words, blanks) is wrong to the live column, and used by the reader, who tells
so with its place.  What hangs on such an entry in other rows the live column tells once it is mended.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.proof.fixtures import Proofs
from tests.workbench.office import Office

from .doors import both_doors
from .mutants import Rows, mutant

LAW = "doors"


def disagreements(rows: Rows, folder: Path, office: Office, *, oddly: bool) -> list[str]:
    """Where the doors differ."""
    live, reader = both_doors(rows, folder, office)
    agree = _answered if oddly else _alike
    said = [
        f"{place}: live {live.said.get(place)!r}, reader {reader.said.get(place)!r}"
        for place in sorted({*live.said, *reader.said})
        if not agree(live.said.get(place, ""), reader.said.get(place, ""))
    ]
    grey = set() if oddly else live.greyed ^ reader.greyed
    return said + [f"{place}: greyed by one only" for place in sorted(grey)]


def _alike(live: str, reader: str) -> bool:
    understood = live != "" and reader.startswith("notice check_differs")
    return live.partition(" ")[0] == reader.partition(" ")[0] or understood


def _answered(live: str, reader: str) -> bool:
    """Whatever the live column says, the reader says something there."""
    return not live or reader != ""


def check(chance: random.Random, least: int, folder: Path, office: Office) -> tuple[int, list[str]]:
    """How many rows were compared, and where the doors differ; every fourth master is odd."""
    found: list[str] = []
    count = masters = 0
    while count < least:
        oddly = masters % 4 == 3
        rows = mutant(chance, oddly=oddly)
        found += disagreements(rows, folder, office, oddly=oddly)
        count += sum(map(len, rows.values()))
        masters += 1
    return count, found


def test_both_doors_agree(tmp_path: Path, office: Office, proofs: Proofs) -> None:
    found = check(random.Random(0), proofs.count(LAW), tmp_path, office)[1]
    assert found == []


PARTS = 4


@pytest.mark.proof
@pytest.mark.parametrize("part", range(PARTS))
def test_both_doors_agree_on_many_rows(
    part: int, tmp_path: Path, office: Office, proofs: Proofs
) -> None:
    least = proofs.count(LAW) // PARTS
    count, found = check(random.Random(f"part {part}"), least, tmp_path, office)
    proofs.record(LAW, tried=count, survived=max(0, count - len(found)))
    assert found == []
