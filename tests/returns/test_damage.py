"""Every way in which forms are changed: named rightly, answers recovered, nothing in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.proof.fixtures import Proofs
from tests.returns.damaging import DOING, Damage, damaged
from tests.returns.samples import KINDS, different, read
from xladdin.returns.file_reading import FileRead

WAYS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("damages.yaml").read_text("utf-8")
)
LAW = "returns_damage"
LEAST_WAYS, LEAST_RECOVERED = 40, 0.99


def kinds_of(how: Mapping[str, Any]) -> tuple[str, ...]:
    return KINDS if how["forms"] == "all" else tuple(how["forms"])


def judged(how: Mapping[str, Any], kind: str, seed: int) -> tuple[list[str], int, int]:
    """What is wrong with how a damaged form was read; answers asked for, and recovered."""
    damage, data = damaged(kind, seed, how)
    found = read(data)
    told = {problem.code for problem in found.all_problems}
    where = f"{how['name']} {kind} {seed}"
    if len(found.forms) != 1:
        return [f"{where}: {len(found.forms)} forms, {told}"], len(damage.form.answers), 0
    faults = [
        f"{where}: not told {code}; {sorted(told)}" for code in how["told"] if code not in told
    ]
    fine = {*how["told"], *how.get("may", ()), "score_differs"}
    faults += [f"{where}: told {code} besides" for code in sorted(told - fine)]
    wanted = {**damage.form.answers, **damage.now}
    got = found.forms[0].inputs
    others = different(damage.form, got)
    wrong = {
        key: pair
        for key, pair in others.items()
        if key not in damage.lost
        and not (key in damage.now and same(damage.now[key], got.get(key)))
    }
    faults += [
        f"{where}: {key} {pair}" for key, pair in wrong.items() if silent(found, key, damage)
    ]
    return faults, len(wanted) - len(damage.lost), len(wanted) - len(damage.lost) - len(wrong)


def same(one: Any, other: Any) -> bool:
    return (one or None) == (other or None)


def silent(found: FileRead, key: str, damage: Damage) -> bool:
    """Whether nothing is told of the cell in which something else was read."""
    place = found.forms[0].places[key]
    return not any(problem.place == place for problem in found.all_problems)


@pytest.mark.parametrize("how", WAYS, ids=[how["name"] for how in WAYS])
def test_every_change_is_named_and_every_answer_recovered(how: Mapping[str, Any]) -> None:
    tries = [judged(how, kind, seed) for kind in kinds_of(how) for seed in range(2)]
    assert [fault for faults, *_ in tries for fault in faults] == []
    assert sum(got for *_, got in tries) >= LEAST_RECOVERED * sum(asked for _, asked, _ in tries)


@pytest.mark.proof
def test_a_thousand_damaged_forms(proofs: Proofs) -> None:
    count = proofs.count(LAW)
    pairs = [(how, kind) for how in WAYS for kind in kinds_of(how)]
    tries = [judged(*pairs[i % len(pairs)], 100 + i // len(pairs)) for i in range(count)]
    faults = [fault for faults, *_ in tries for fault in faults]
    asked, got = (sum(one[i] for one in tries) for i in (1, 2))
    bad = sum(bool(found) for found, *_ in tries)
    proofs.record(LAW, tried=count, survived=count - bad, note=f"{got:,} of {asked:,} answers")
    assert faults == []
    assert got >= LEAST_RECOVERED * asked


def test_the_catalogue_is_large_and_every_way_is_used() -> None:
    assert len(WAYS) >= LEAST_WAYS
    assert {how["do"] for how in WAYS} == set(DOING)
    assert max(Counter(how["name"] for how in WAYS).values()) == 1
