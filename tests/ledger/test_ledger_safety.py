"""Killed, raced, starved of disk, forbidden to write: nothing lost, nothing twice, and it is told."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.proof.fixtures import Proofs
from tests.safety.runs import small_disk
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.records import Returned
from xladdin.ledger.verifying import verify
from xladdin.problems import ProblemsFound

from .children import NOBODY, Outcome, Tell, as_nobody, child, killed_at
from .conftest import emptied
from .entries import opened, returned

COMMANDS, FORMS = 3, 2
PEOPLE = [[f"CS{command}{form:02d}" for form in range(FORMS)] for command in range(COMMANDS)]
MOST_STEPS = 90
"""More than the statements of a run, each counted before and after it."""


def work(place: LedgerPlace) -> Callable[[Tell], None]:
    """Some commands, each of which tells that it has ended."""

    def run(tell: Tell) -> None:
        for people in PEOPLE:
            with opened(place, wait=20) as ledger:
                for person in people:
                    ledger.append(returned(person))
            tell(people)

    return run


def held(place: LedgerPlace) -> list[str]:
    with opened(place, write=False, wait=20) as ledger:
        assert verify(ledger).touched == ()
        return [it.record.person for it in ledger.read(Returned)]


def judge(place: LedgerPlace, outcome: Outcome) -> None:
    """What was told is there, whole commands only; running again makes it complete."""
    told = len(outcome.told)
    nothing = told == 0 and place.file is not None and not place.file.exists()
    there = [] if nothing else held(place)
    assert there in [list(chain(*PEOPLE[:count])) for count in (told, told + 1)]
    assert child(work(place)).ended().told == PEOPLE
    assert held(place) == list(chain(*PEOPLE))
    names = [] if place.file is None else [path.name for path in place.folder.iterdir()]
    assert [name for name in names if name.startswith(".")] == []


def cleared(place: LedgerPlace) -> None:
    if place.file is None:
        emptied(place)
    else:
        shutil.rmtree(place.folder)
        place.folder.mkdir()


def kill_all(place: LedgerPlace, proofs: Proofs) -> None:
    count, killed, chance = proofs.count("ledger_kills"), 0, random.Random(1)
    for number in range(count):
        cleared(place)
        if number % 2:
            running = child(work(place))
            time.sleep(chance.random() * 0.3)
            running.kill()
            outcome = running.ended()
        else:
            outcome = child(work(place), killed_at(chance.randint(1, MOST_STEPS))).ended()
        killed += outcome.signal == signal.SIGKILL
        judge(place, outcome)
    assert killed >= count * 3 // 10
    proofs.record(
        "ledger_kills", tried=count, survived=count, note=f"{killed} killed before the end"
    )


def test_killed_anywhere_nothing_is_lost_or_twice(place: LedgerPlace, proofs: Proofs) -> None:
    kill_all(place, proofs)


@pytest.mark.proof
def test_killed_at_many_places(file_place: LedgerPlace, proofs: Proofs) -> None:
    kill_all(file_place, proofs)


def test_two_at_once_take_turns(place: LedgerPlace) -> None:
    def of(name: str) -> Callable[[Tell], None]:
        def run(tell: Tell) -> None:
            for number in range(5):
                with opened(place, wait=30) as ledger:
                    tell(ledger.append(returned(f"{name}{number}")).new)
                    tell(ledger.append(returned(f"both{number}")).new)

        return run

    with opened(place):
        pass
    outcomes = [running.ended() for running in (child(of("A")), child(of("B")))]
    assert [len(outcome.told) for outcome in outcomes] == [10, 10]
    assert sum(chain(*(outcome.told for outcome in outcomes))) == 15
    there = held(place)
    assert sorted(there) == sorted(f"{who}{n}" for who in ("A", "B", "both") for n in range(5))


def many(place: LedgerPlace) -> Callable[[Tell], None]:
    """One form a run, for as long as there is room."""

    def run(tell: Tell) -> None:
        for number in range(1000):
            with opened(place) as ledger:
                ledger.append(returned(f"CS{number:03d}"))
            tell([f"CS{number:03d}"])

    return run


def starved(most: int) -> Callable[[], None]:
    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return prepare


@pytest.mark.parametrize("most", [0, 5000, 70_000, 130_000])
def test_no_file_may_grow_beyond_that(file_place: LedgerPlace, most: int) -> None:
    with opened(file_place) as ledger:
        for number in range(100):
            ledger.append(returned(f"AB{number:03d}"))

    outcome = child(many(file_place), starved(most)).ended()
    assert outcome.problem in ("ledger_failed", "ledger_full")
    assert held(file_place)[100:] == list(chain(*outcome.told))


@pytest.fixture
def forbidden() -> Iterator[LedgerPlace]:
    """A ledger in a folder where nobody may write, of somebody who is not root."""
    # Not in pytest's own folder, which only its user may enter.
    folder = Path(mkdtemp(prefix="xladdin-forbidden-"))
    place = ledger_place(folder / "总表.xlsx")
    with opened(place) as ledger:
        ledger.append(returned())
    assert place.file is not None
    if os.getuid() == 0:
        for path in (folder, place.file):
            os.chown(path, NOBODY, NOBODY)
    place.file.chmod(0o400)
    folder.chmod(0o500)
    yield place
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_where_nobody_may_write_it_is_told_and_can_be_read(forbidden: LedgerPlace) -> None:
    def write(tell: Tell) -> None:
        with opened(forbidden) as ledger:
            ledger.append(returned("CS002"))

    def read(tell: Tell) -> None:
        tell(held(forbidden))

    assert child(write, as_nobody).ended().problem == "ledger_read_only"
    assert child(read, as_nobody).ended().told == [["CS001"]]
    forbidden.folder.chmod(0o700)
    assert child(write, as_nobody).ended().problem == "ledger_read_only"
    assert child(read, as_nobody).ended().told == [["CS001"]]


def flip_all(place: LedgerPlace, proofs: Proofs) -> None:
    """One byte of the file itself: told, or of no meaning."""
    with opened(place) as ledger:
        for number in range(12):
            ledger.append(returned(f"CS{number:03d}"))
    before, file = held(place), place.file
    assert file is not None
    content, chance = file.read_bytes(), random.Random(2)
    count, told = proofs.count("ledger_bytes"), 0
    # Pages are mostly empty; what matters is where something is.
    filled = [place for place, byte in enumerate(content) if byte]
    for _ in range(count):
        at = chance.choice(filled)
        changed = bytes([content[at] ^ (1 << chance.randrange(8))])
        file.write_bytes(content[:at] + changed + content[at + 1 :])
        told += is_told(place, before)
    assert told >= count // 2
    proofs.record("ledger_bytes", tried=count, survived=count, note=f"{told} told, the others idle")


def is_told(place: LedgerPlace, before: list[str]) -> bool:
    try:
        with opened(place, write=False) as ledger:
            if verify(ledger).touched:
                return True
            assert [it.record for it in ledger.read(Returned)] == [returned(id_) for id_ in before]
    except ProblemsFound:
        return True
    return False


def test_a_flipped_byte_of_the_file_is_told_or_idle(
    file_place: LedgerPlace, proofs: Proofs
) -> None:
    flip_all(file_place, proofs)


@pytest.mark.proof
def test_every_flipped_byte_is_told_or_idle(file_place: LedgerPlace, proofs: Proofs) -> None:
    flip_all(file_place, proofs)


@pytest.mark.proof
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """Only the administrator can have one."""
    with small_disk(tmp_path / "disk", 600_000) as disk:
        place = ledger_place(disk / "总表.xlsx")
        outcome = child(many(place)).ended()
        assert outcome.problem == "ledger_full"
        assert held(place) == list(chain(*outcome.told))
        assert len(outcome.told) > 2
