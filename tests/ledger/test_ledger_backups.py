"""A copy before each run that changes the ledger, never two of one state, never none."""

from __future__ import annotations

import datetime as dt

from xladdin.ledger.ledger_backups import witness_in
from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.patch.backups import KEPT, backups

from .entries import NOW, opened, returned


def test_a_copy_is_the_ledger_of_before_the_run(file_place: LedgerPlace) -> None:
    assert file_place.file is not None
    heads = []
    for day in range(KEPT + 3):
        now = NOW + dt.timedelta(days=day)
        with opened(file_place, now=lambda now=now: now) as ledger:
            ledger.append(returned(f"CS{day:03d}"))
            heads.append((ledger.length, ledger.head))
    copies = backups(file_place.file)
    assert [witness_in(copy) for copy in copies] == heads[-1 - KEPT : -1]
    assert witness_in(file_place.file) == heads[-1]


def test_a_state_is_copied_once(file_place: LedgerPlace) -> None:
    assert file_place.file is not None
    for _ in range(3):
        with opened(file_place) as ledger:
            ledger.append(returned())
    assert len(backups(file_place.file)) == 1
    assert ledger.backup == backups(file_place.file)[0]


def test_what_is_no_ledger_has_no_witness(file_place: LedgerPlace) -> None:
    assert file_place.file is not None
    assert witness_in(file_place.file) is None
    with opened(file_place) as ledger:
        ledger.append(returned())
    file_place.file.write_bytes(file_place.file.read_bytes()[:5000])
    assert witness_in(file_place.file) is None
