"""A ledger is made, brought up to date, or refused; its steps and its tables are one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.ledger_tables import METADATA
from xladdin.ledger.records import Returned, ReturnedReport
from xladdin.ledger.upgrading import NEWEST, SCRIPTS, VERSION_TABLE, version_of
from xladdin.ledger.verifying import verify
from xladdin.problems import ProblemsFound

from .entries import opened, returned, returned_report


def test_the_steps_make_the_tables_of_the_records(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        settings = {"version_table": VERSION_TABLE}
        context = MigrationContext.configure(ledger.connection, opts=settings)
        assert compare_metadata(context, METADATA) == []
        assert version_of(ledger.connection) == NEWEST


def test_the_newest_version_is_that_of_the_last_step() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [NEWEST]


def test_a_ledger_of_the_first_version_is_brought_up_to_date_with_all_that_is_in_it(
    place: LedgerPlace,
) -> None:
    with opened(place) as ledger:
        ledger.append(returned())
        ledger.connection.exec_driver_sql("DROP TABLE ledger_reports")
        table = sa.table(VERSION_TABLE, sa.column("version_num"))
        ledger.connection.execute(sa.update(table).values(version_num="0001"))
    with opened(place, write=False) as ledger:
        assert [entry.record for entry in ledger.read(Returned)] == [returned()]
        assert ledger.read(ReturnedReport) == []
    with opened(place) as ledger:
        assert ledger.append(returned_report()).new
        assert verify(ledger).touched == ()
    with opened(place, write=False) as ledger:
        assert [entry.record for entry in ledger.read(ReturnedReport)] == [returned_report()]


def test_a_newer_ledger_is_refused_and_left_alone(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        ledger.append(returned())
        table = sa.table(VERSION_TABLE, sa.column("version_num"))
        ledger.connection.execute(sa.update(table).values(version_num="0999"))
    for write in (True, False):
        with pytest.raises(ProblemsFound, match="请先升级 xladdin"), opened(place, write=write):
            pass


def test_tables_of_others_are_left_alone(file_place: LedgerPlace) -> None:
    with opened(file_place) as ledger:
        for table in reversed(METADATA.sorted_tables):
            table.drop(ledger.connection)
        ledger.connection.exec_driver_sql(f"DROP TABLE {VERSION_TABLE}")
        ledger.connection.exec_driver_sql("CREATE TABLE customers (name TEXT)")
    with pytest.raises(ProblemsFound, match="不是 xladdin 的台账"), opened(file_place):
        pass
