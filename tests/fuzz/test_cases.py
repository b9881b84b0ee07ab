"""A case is its seed; what it breaks was sound; each kind of change does change something."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.app.command import xladdin

from . import archives, markup, raw, texts
from .cases import MUTATIONS, Case, case, commands
from .corpus import PERIOD, corpus


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Made in the process that asks, since every process imports this module."""
    return [case(f"test:{number}") for number in range(150)]


def test_the_same_seed_is_the_same_case(cases: list[Case]) -> None:
    assert [case(it.name) for it in cases[:60]] == cases[:60]


def test_every_command_of_the_program_is_tried() -> None:
    words = {word for it in commands() for word in it.run.split()}
    groups = {
        "check",
        "import",
        "collect",
        "generate",
        "score",
        "init",
        "demo",
        "templates",
        "scheme",
        "addin",
    }
    assert groups <= words
    assert {"--annotate", "--roster", "--raters", "--ratings", "--actuals", "--json"} <= words


def test_most_cases_break_a_file(cases: list[Case]) -> None:
    with_files = [it for it in cases if it.inputs]
    broken = [it for it in with_files if any(given.changes for given in it.inputs)]
    assert len(broken) > 0.95 * len(with_files)


def test_every_kind_of_file_is_broken(cases: list[Case]) -> None:
    kinds = Counter(Path(it.path).suffix for one in cases for it in one.inputs if it.changes)
    assert set(kinds) == set(MUTATIONS)


def test_what_is_broken_was_sound(tmp_path: Path) -> None:
    """Else every case would end at the first line of a reader."""
    for role in ("master", "roster", "actuals", "raters"):
        for number, seed in enumerate(corpus()[role]):
            (tmp_path / f"{role}{number}{seed.suffix}").write_bytes(seed.data)
    for number in range(len(corpus()["master"])):
        assert xladdin("check", tmp_path / f"master{number}.xlsx").code == 0
    for number, seed in enumerate(corpus()["roster"]):
        roster = tmp_path / f"roster{number}{seed.suffix}"
        out = tmp_path / f"out{number}"
        done = xladdin("generate", "--roster", roster, "--period", PERIOD, "--out", out)
        assert done.code == 0, done.err


ALL = [
    (suffix, mutation)
    for suffix, kinds in MUTATIONS.items()
    for _, several in kinds
    for mutation in dict.fromkeys(several)
    if several is not archives.BOMBS
]
ROLES = {
    ".xlsx": "roster",
    ".ods": "roster",
    ".xls": "roster",
    ".zip": "bundle",
    ".csv": "export",
    ".yaml": "position",
    ".xlsm": "sealed",
    ".txt": "key",
}


@pytest.mark.parametrize(
    ("suffix", "mutation"), ALL, ids=[f"{suffix[1:]}-{it.__name__}" for suffix, it in ALL]
)
def test_a_change_changes_something(suffix: str, mutation: raw.Mutation) -> None:
    data = next(it.data for it in corpus()[ROLES[suffix]] if it.suffix == suffix)
    changed = {mutation(Random(seed), data) for seed in range(8)}
    assert len(changed - {data}) >= 2


@pytest.mark.parametrize("change", markup.TREE, ids=lambda it: it.__name__)
def test_a_change_of_the_tree_leaves_xml(change: markup.Change) -> None:
    (sheet,) = (
        it.data for it in archives.unpack(corpus()["roster"][1].data) if markup.is_sheet(it.name)
    )
    for seed in range(8):
        root = markup.parse(sheet)
        assert root is not None
        change(Random(seed), root)
        assert markup.parse(markup.etree.tostring(root)) is not None


def test_a_bomb_is_small_and_becomes_large() -> None:
    (bomb,) = archives.BOMBS
    data = corpus()["roster"][1].data
    packed = bomb(Random(3), data)
    assert len(packed) < 1_000_000
    assert sum(len(it.data) for it in archives.unpack(packed)) > 9_000_000


def test_csv_lines_stay_texts() -> None:
    for mutation in (*texts.CSV, *texts.YAML):
        for data in (b"a,b\n1,2\n", b"a: b\n"):
            assert isinstance(mutation(Random(1), data), bytes)
