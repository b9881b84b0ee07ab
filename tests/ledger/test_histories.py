"""Random lives of a ledger are the same in a file and on a server, and leave it whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.proof.fixtures import Proofs
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.patch.backups import backups

from .conftest import POSTGRES, emptied
from .entries import opened
from .histories import HISTORIES, Step, live, see

pytestmark = POSTGRES
History = list[list[Step]]
SHARDS = 50


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: this is no test of the disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def engines_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command still connects anew; but what SQLAlchemy has compiled is not compiled again."""
    for where, name in (
        ("xladdin.ledger.store", "postgres_engine"),
        ("xladdin.ledger.store", "sqlite_engine"),
        ("tests.ledger.conftest", "postgres_engine"),
    ):
        make = getattr(import_module(where), name)
        monkeypatch.setattr(f"{where}.{name}", cache(make))


@pytest.fixture
def anew(
    quick_folder: Path, server_place: LedgerPlace, engines_once: None
) -> Callable[[], tuple[LedgerPlace, LedgerPlace]]:
    """An empty ledger in a file and one on a server, each time it is asked."""
    file_place = ledger_place(quick_folder / "总表.xlsx")
    assert file_place.file is not None
    for place in (file_place, server_place):
        with opened(place):
            pass
    file, empty = file_place.file, file_place.file.read_bytes()

    def make() -> tuple[LedgerPlace, LedgerPlace]:
        for copy in backups(file):
            copy.unlink()
        file.write_bytes(empty)
        emptied(server_place)
        return file_place, server_place

    return make


def try_all(
    anew: Callable[[], tuple[LedgerPlace, LedgerPlace]], proofs: Proofs, shards: int = 1
) -> None:
    count, tried = proofs.count("ledger_histories") // shards, 0

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=not proofs.is_full,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(HISTORIES)
    def law(history: History) -> None:
        nonlocal tried
        file, server = anew()
        outcomes = live(file, history)
        assert live(server, history) == outcomes
        seen = see(file)
        assert see(server) == seen
        # Nothing of what was undone, everything of what was done.
        lengths = [outcome[1] for outcome in outcomes if isinstance(outcome, tuple)]
        assert seen.length == (lengths[-1] if lengths else 0)
        tried += 1

    law()
    proofs.record("ledger_histories", tried=tried, survived=tried)
    assert tried >= count


def test_a_history_is_the_same_in_both(
    anew: Callable[[], tuple[LedgerPlace, LedgerPlace]], proofs: Proofs
) -> None:
    try_all(anew, proofs)


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_history_is_the_same_in_both(
    shard: int, anew: Callable[[], tuple[LedgerPlace, LedgerPlace]], proofs: Proofs
) -> None:
    """Chance begins elsewhere in each share."""
    try_all(anew, proofs, SHARDS)
