"""What refuses a ledger is told with what to do, and nothing has changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from xladdin.ledger.ledger_faults import BUSY, CORRUPTED
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place, postgres_engine
from xladdin.ledger.records import Returned
from xladdin.ledger.verifying import verify
from xladdin.locks import locked
from xladdin.problems import Problem, ProblemsFound

from .conftest import POSTGRES
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


# A server.


@POSTGRES
def test_no_such_database(server_place: LedgerPlace) -> None:
    assert server_place.url is not None
    other = replace(server_place, url=server_place.url.set(database="kpi_2019"))
    problem = refused(other)
    assert problem.code == "ledger_no_database"
    assert "kpi_2019" in str(problem)


@POSTGRES
def test_no_such_user(server_place: LedgerPlace) -> None:
    assert server_place.url is not None
    problem = refused(replace(server_place, url=server_place.url.set(username="stranger")))
    assert problem.code == "ledger_refused"


def administer(place: LedgerPlace, *statements: str) -> None:
    engine = postgres_engine(place, 5).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@POSTGRES
def test_a_user_who_may_not_write(server_place: LedgerPlace) -> None:
    with opened(server_place) as ledger:
        ledger.append(returned())
    grants = (
        "GRANT USAGE ON SCHEMA public TO auditor",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO auditor",
    )
    administer(server_place, "DROP ROLE IF EXISTS auditor", "CREATE ROLE auditor LOGIN", *grants)
    assert server_place.url is not None
    auditor = replace(server_place, url=server_place.url.set(username="auditor"))
    try:
        assert refused(auditor).code == "ledger_read_only"
        with opened(auditor, write=False) as ledger:
            assert verify(ledger).touched == ()
    finally:
        administer(server_place, "DROP OWNED BY auditor", "DROP ROLE auditor")


@POSTGRES
def test_a_database_that_is_read_only(server_place: LedgerPlace) -> None:
    with opened(server_place):
        pass
    setting = "default_transaction_read_only"
    administer(server_place, f"ALTER DATABASE postgres SET {setting} = on")
    try:
        assert refused(server_place).code == "ledger_read_only"
    finally:
        engine = postgres_engine(server_place, 5).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET {setting} = off")
            connection.exec_driver_sql(f"ALTER DATABASE postgres RESET {setting}")


@POSTGRES
def test_another_run_on_the_server(server_place: LedgerPlace) -> None:
    with opened(server_place):
        assert refused(server_place).code == "ledger_busy"


@POSTGRES
def test_a_connection_that_breaks_off(server_place: LedgerPlace) -> None:
    with opened(server_place) as ledger:
        ledger.append(returned())
    with pytest.raises(ProblemsFound) as found:
        _broken_off(server_place)
    assert found.value.problems[0].code == "ledger_unreachable"
    with opened(server_place, write=False) as ledger:
        assert [it.record.person for it in ledger.read(Returned)] == ["CS001"]


def _broken_off(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        ledger.append(returned("CS002"))
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        administer(place, f"{others} WHERE application_name='xladdin' AND pid<>pg_backend_pid()")
        ledger.append(returned("CS003"))


@POSTGRES
def test_tables_that_are_gone_on_the_server(server_place: LedgerPlace) -> None:
    with opened(server_place):
        pass
    administer(server_place, "DROP TABLE ledger_returned")
    assert refused(server_place).code == "ledger_corrupted"
