"""Entries that are written together are the entries that would be written one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from xladdin.ledger import entering
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.records import Record, Returned, ScoreResult
from xladdin.ledger.store import Appended, Entry
from xladdin.ledger.verifying import verify

from .entries import one_of_each, opened, result, returned


def records(seed: int) -> Iterator[Record]:
    """Answers that are new, the same again, others, and of other months."""
    chance = random.Random(seed)
    yield from one_of_each()
    for _ in range(60):
        person = f"CS{chance.randrange(12):03d}"
        month = chance.choice(("2026-10", "2026-11"))
        yield chance.choice(
            (
                returned(person, chance.randrange(3), period=month),
                result(person, str(chance.randrange(3))),
            )
        )


def kept(
    place: LedgerPlace, seed: int
) -> tuple[list[Appended], list[Entry[Returned]], list[Entry[ScoreResult]]]:
    """What becomes of the records, in two openings, and what is there then."""
    done = []
    every = list(records(seed))
    for some in (every[:30], every[30:]):
        with opened(place) as ledger:
            done += [ledger.append(record) for record in some]
    with opened(place, write=False) as ledger:
        assert verify(ledger).touched == ()
        return done, ledger.read(Returned), ledger.read(ScoreResult)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most", [1, 3, 1000])
def test_whatever_waits_comes_to_the_same(
    seed: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    singly = kept(ledger_place(tmp_path / "singly" / "总表.xlsx"), seed)
    monkeypatch.setattr(entering, "MOST", most)
    monkeypatch.setattr(entering, "ASKED_SINGLY", 1)
    assert kept(ledger_place(tmp_path / "together" / "总表.xlsx"), seed) == singly


def test_what_waits_is_read_at_once(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        ledger.append(returned())
        assert [entry.record for entry in ledger.read(Returned)] == [returned()]


def test_what_waits_goes_with_everything_else_where_something_breaks(place: LedgerPlace) -> None:
    def breaking() -> None:
        with opened(place) as ledger:
            ledger.append(returned())
            raise KeyError

    with pytest.raises(KeyError):
        breaking()
    with opened(place) as ledger:
        assert ledger.read(Returned) == []
        assert ledger.length == 0
