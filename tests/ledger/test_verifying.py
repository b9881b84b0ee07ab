"""Whatever is touched is named: the entry, and the first one first."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa

from tests.proof.fixtures import Proofs
from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.ledger_tables import CHAIN, TABLES
from xladdin.ledger.records import PeriodState, Returned
from xladdin.ledger.verifying import verify

from .entries import MONTH, one_of_each, opened, returned
from .touching import touch


def fill(place: LedgerPlace) -> int:
    with opened(place) as ledger:
        ledger.change_period(MONTH, PeriodState.OPEN)
        for person in ("CS001", "CS002", "CS003"):
            for record in one_of_each(person):
                ledger.append(record)
        ledger.change_period(MONTH, PeriodState.CLOSED)
        return ledger.length


def named(place: LedgerPlace, seed: int) -> None:
    # Nothing is written at the end of what only reads.
    with opened(place, write=False) as ledger:
        done = touch(ledger, random.Random(seed))
        found = verify(ledger).touched
    assert found, f"{seed}: nobody saw {done}"
    assert found[0].seq == done.seq, f"{seed}: {done}, but named {found}"


def try_all(place: LedgerPlace, proofs: Proofs) -> None:
    fill(place)
    count = proofs.count("touched_ledger")
    for seed in range(count):
        named(place, seed)
    with opened(place, write=False) as ledger:
        assert verify(ledger).touched == ()
    proofs.record("touched_ledger", tried=count, survived=count)


def test_a_touched_entry_is_named(place: LedgerPlace, proofs: Proofs) -> None:
    try_all(place, proofs)


@pytest.mark.proof
def test_every_touched_entry_is_named(file_place: LedgerPlace, proofs: Proofs) -> None:
    try_all(file_place, proofs)


def test_an_untouched_ledger_says_its_length_and_its_last_hash(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        assert verify(ledger).length == 0
        ledger.append(returned())
        one = verify(ledger)
        ledger.append(returned("CS002"))
        two = verify(ledger)
    assert (one.length, two.length) == (1, 2)
    assert one.touched == two.touched == ()
    assert one.head != two.head


def test_what_is_said_of_a_touched_entry_names_nobody(place: LedgerPlace) -> None:
    fill(place)
    with opened(place) as ledger:
        table = TABLES[Returned]
        ledger.connection.execute(
            sa.update(table).where(table.c.person == "CS002").values(inputs='{"points":null}')
        )
        (found,) = verify(ledger).touched
    with opened(place, write=False) as ledger:
        (seq,) = [it.seq for it in ledger.read(Returned, person="CS002")]
    assert str(found) == f"第 {seq} 条（收回的表）的内容被改过"


def test_an_entry_that_a_foreign_hand_has_added_is_named(place: LedgerPlace) -> None:
    length = fill(place)
    with opened(place) as ledger:
        row = dict(ledger.connection.execute(sa.select(CHAIN)).mappings().all()[-1])
        row["seq"] = length + 1
        ledger.connection.execute(sa.insert(CHAIN).values(row))
        found = verify(ledger).touched
    assert found[0].seq == length + 1
