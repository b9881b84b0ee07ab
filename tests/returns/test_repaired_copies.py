"""A damaged form that is written anew is a sound one, with every answer that could be read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.proof.fixtures import Proofs
from tests.returns.damaging import damaged
from tests.returns.samples import KINDS, read
from tests.returns.test_damage import WAYS, kinds_of
from tests.workbench.cached import differences
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.app.collecting.collect_files import repaired_copy
from xladdin.returns.gathering import Received

LAW = "repaired_copies"
BATCH = 100
OF_ANSWERS = {"text_too_long"}
"""What is told of an answer as somebody wrote it: the copy keeps the whole of it, and it is still so."""
Case = tuple[Mapping[str, Any], str, int]


def cases() -> Iterator[Case]:
    """Every way to damage every kind of form that it is for, with one seed after the other."""
    pairs = [(how, kind) for how in WAYS for kind in kinds_of(how)]
    for seed in itertools.count(200):
        yield from ((how, kind, seed) for how, kind in pairs)


def sound(case: Case, path: Path, office: Office) -> list[str]:
    """What is wrong with the copy, but for the schema."""
    how, kind, seed = case
    found = read(damaged(kind, seed, how)[1])
    if len(found.forms) != 1:
        return [f"{len(found.forms)} forms"]
    (form,) = found.forms
    path.write_bytes(repaired_copy(Received(found, form)))
    again = read(path.read_bytes())
    if len(again.forms) != 1:
        return [f"{len(again.forms)} forms read anew"]
    (copy,) = again.forms
    of_answers = {one.code for one in found.all_problems} & OF_ANSWERS
    told = [one for one in again.all_problems if one.code not in of_answers]
    wrong = {key for key, value in form.inputs.items() if copy.inputs.get(key) != value}
    return [
        *(f"told: {problem}" for problem in told),
        *(f"{key}: {copy.inputs.get(key)!r} for {form.inputs[key]!r}" for key in sorted(wrong)),
        *map(str, differences(path, office)),
        *map(str, repair_problems(path)),
    ]


def faults(some: Sequence[Case], folder: Path, office: Office) -> list[str]:
    """What is wrong, by case."""
    paths = [folder / f"{number}.xlsx" for number in range(len(some))]
    told = [sound(case, path, office) for case, path in zip(some, paths, strict=True)]
    there = [path for path in paths if path.exists()]
    for path, errors in validate(there).items():
        told[paths.index(path)] += map(str, errors)
        path.unlink()
    names = [f"{how['name']} {kind} {seed}" for how, kind, seed in some]
    return [f"{name}: {found[:3]}" for name, found in zip(names, told, strict=True) if found]


def test_a_copy_of_each_kind_is_sound(tmp_path: Path, office: Office) -> None:
    first = {kind: case for case in itertools.islice(cases(), 200) for kind in [case[1]]}
    assert set(first) == set(KINDS)
    assert faults(list(first.values()), tmp_path, office) == []


@pytest.mark.proof
def test_a_thousand_copies_are_sound(tmp_path: Path, office: Office, proofs: Proofs) -> None:
    count = proofs.count(LAW)
    some, wrong = list(itertools.islice(cases(), count)), list[str]()
    for begin in range(0, count, BATCH):
        wrong += faults(some[begin : begin + BATCH], tmp_path, office)
    proofs.record(LAW, tried=count, survived=count - len(wrong))
    assert wrong == []
