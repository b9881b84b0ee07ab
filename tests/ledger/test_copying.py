"""Out of a copy comes the ledger again; what was there is put aside, never lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from xladdin.ledger.copying import copy_now, newest_sound, restore, verified_copy
from xladdin.ledger.ledger_backups import witness_in
from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.records import Returned
from xladdin.ledger.verifying import verify
from xladdin.patch.backups import backups
from xladdin.problems import ProblemsFound

from .conftest import POSTGRES, emptied
from .entries import NOW, one_of_each, opened, returned


def fill(place: LedgerPlace) -> tuple[int, str]:
    with opened(place) as ledger:
        for record in one_of_each():
            ledger.append(record)
        return ledger.length, ledger.head


def test_a_copy_is_the_same_ledger_in_a_file(place: LedgerPlace) -> None:
    witness = fill(place)
    copy = copy_now(place, NOW)
    assert copy.parent == place.folder
    assert witness_in(copy) == witness
    assert verified_copy(copy).touched == ()
    names = {path.name for path in place.folder.iterdir()} - {"绩效台账.db"}
    assert names == {copy.name}, "nothing else is left"


def test_a_lost_ledger_comes_back(file_place: LedgerPlace) -> None:
    witness = fill(file_place)
    copy = copy_now(file_place, NOW)
    assert file_place.file is not None
    file_place.file.unlink()
    assert restore(file_place, copy, NOW) is None
    with opened(file_place) as ledger:
        assert (ledger.length, ledger.head) == witness


def test_what_was_there_is_put_aside(file_place: LedgerPlace) -> None:
    fill(file_place)
    copy = copy_now(file_place, NOW)
    assert file_place.file is not None
    for content in (b"noise" * 2000, b""):
        file_place.file.write_bytes(content)
        aside = restore(file_place, copy, NOW)
        assert aside is not None
        assert aside.read_bytes() == content
        with opened(file_place, write=False) as ledger:
            assert verify(ledger).touched == ()


def test_nothing_is_restored_while_somebody_has_it_open(file_place: LedgerPlace) -> None:
    fill(file_place)
    copy = copy_now(file_place, NOW)
    assert file_place.file is not None
    with closing(sqlite3.connect(file_place.file)) as other:
        other.execute("SELECT * FROM ledger_chain").fetchall()
        with pytest.raises(ProblemsFound, match="正被别的程序使用"):
            restore(file_place, copy, NOW)


def test_the_newest_copy_that_was_not_touched_is_chosen(file_place: LedgerPlace) -> None:
    assert file_place.file is not None
    for person in ("CS001", "CS002", "CS003", "CS004"):
        with opened(file_place) as ledger:
            ledger.append(returned(person))
    first, touched, broken = backups(file_place.file)
    with closing(sqlite3.connect(touched)) as raw:
        raw.execute("UPDATE ledger_returned SET person='CS009'")
        raw.commit()
    broken.write_bytes(broken.read_bytes()[:9000])
    sound = newest_sound(file_place.file)
    assert sound is not None
    assert sound[0] == first
    first.unlink()
    assert newest_sound(file_place.file) is None


@POSTGRES
def test_a_server_s_ledger_comes_back_into_an_empty_database(server_place: LedgerPlace) -> None:
    witness = fill(server_place)
    copy = copy_now(server_place, NOW)
    with pytest.raises(ProblemsFound, match="只能恢复到空的数据库"):
        restore(server_place, copy, NOW)
    emptied(server_place)
    assert restore(server_place, copy, NOW) is None
    with opened(server_place) as ledger:
        assert (ledger.length, ledger.head) == witness
        assert verify(ledger).touched == ()
        assert ledger.append(returned("CS002")).seq == witness[0] + 1
        assert len(ledger.read(Returned)) == 2
