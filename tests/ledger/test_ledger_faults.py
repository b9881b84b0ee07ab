"""What refuses a ledger is told with what to do, and nothing has changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from xladdin.ledger.ledger_faults import BUSY, CORRUPTED
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.records import Returned
from xladdin.ledger.verifying import verify
from xladdin.locks import locked
from xladdin.problems import Problem, ProblemsFound

from .entries import opened, returned


def refused(place: LedgerPlace, *, write: bool = True) -> Problem:
    with pytest.raises(ProblemsFound) as found:
        _use(place, write=write)
    (problem,) = found.value.problems
    assert problem.place.file == place.name
    return problem


def _use(place: LedgerPlace, *, write: bool) -> None:
    with opened(place, write=write, wait=0.05) as ledger:
        ledger.append(returned("CS009"))
        verify(ledger)


def fill(place: LedgerPlace) -> bytes:
    with opened(place) as ledger:
        ledger.append(returned())
    assert place.file is not None
    return place.file.read_bytes()


def test_open_in_another_program(file_place: LedgerPlace) -> None:
    fill(file_place)
    assert file_place.file is not None
    with closing(sqlite3.connect(file_place.file)) as other:
        other.execute("SELECT * FROM ledger_chain").fetchall()
        assert refused(file_place).message == BUSY
    with opened(file_place) as ledger:
        assert len(ledger.read(Returned)) == 1


def test_another_run_of_ours(file_place: LedgerPlace) -> None:
    fill(file_place)
    assert file_place.file is not None
    with locked(file_place.file):
        assert refused(file_place).code == "ledger_busy"


def test_none_yet(file_place: LedgerPlace) -> None:
    problem = refused(file_place, write=False)
    assert problem.code == "no_ledger"
    assert list(file_place.folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be one" * 50, b"PK"])
def test_no_database(file_place: LedgerPlace, content: bytes) -> None:
    assert file_place.file is not None
    file_place.file.write_bytes(content)
    assert refused(file_place).message == CORRUPTED
    assert file_place.file.read_bytes() == content


def test_a_damaged_page(file_place: LedgerPlace) -> None:
    content = bytearray(fill(file_place))
    assert file_place.file is not None
    # The first page stays, which says that it is a database.
    content[4096:] = b"\xff" * (len(content) - 4096)
    file_place.file.write_bytes(content)
    assert refused(file_place).code == "ledger_corrupted"


def test_tables_that_are_gone(file_place: LedgerPlace) -> None:
    fill(file_place)
    assert file_place.file is not None
    with closing(sqlite3.connect(file_place.file)) as other:
        other.execute("DROP TABLE ledger_returned")
    assert refused(file_place).code == "ledger_corrupted"


def test_a_folder_in_its_place(file_place: LedgerPlace) -> None:
    assert file_place.file is not None
    file_place.file.mkdir()
    assert refused(file_place).code in ("ledger_unopened", "ledger_failed")


def test_no_server_there() -> None:
    place = ledger_place(Path("总表.xlsx"), "postgresql://hr:secret@127.0.0.1:1/kpi")
    problem = refused(place)
    assert problem.code == "ledger_unreachable"
    assert "secret" not in str(problem)
