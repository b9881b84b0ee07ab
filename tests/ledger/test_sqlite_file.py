"""The file: its owner's alone, safe against power cuts, alone in use."""

from __future__ import annotations

import sqlite3
import stat

from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.sqlite_file import APPLICATION_ID

from .entries import opened, returned

WANTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 300,
    "application_id": APPLICATION_ID,
}


def test_it_is_kept_as_safe_as_can_be(file_place: LedgerPlace) -> None:
    with opened(file_place) as ledger:
        ledger.append(returned())
        found = {
            name: ledger.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in WANTED
        }
    assert found == WANTED


def test_its_owner_alone_may_read_it_and_nothing_lies_beside_it(file_place: LedgerPlace) -> None:
    for person in ("CS001", "CS002"):
        with opened(file_place) as ledger:
            ledger.append(returned(person))
            wal = file_place.folder / "绩效台账.db-wal"
            assert stat.S_IMODE(wal.stat().st_mode) & 0o077 == 0
    names = sorted(path.name for path in file_place.folder.iterdir())
    assert len(names) == 2, names
    assert names[0] == "绩效台账.db"
    assert names[1].startswith("绩效台账.备份-")
    for path in file_place.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_broken_text_is_read(file_place: LedgerPlace) -> None:
    assert file_place.file is not None
    with opened(file_place) as ledger:
        ledger.append(returned())
    with sqlite3.connect(file_place.file) as raw:
        raw.execute("UPDATE ledger_returned SET file_name = CAST(X'ff41' AS TEXT)")
    raw.close()
    with opened(file_place, write=False) as ledger:
        found = ledger.connection.exec_driver_sql("SELECT file_name FROM ledger_returned").scalar()
    assert found == "\udcffA"
