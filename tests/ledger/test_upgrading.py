"""A ledger is made, brought up to date, or refused; its steps and its tables are one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.ledger_tables import METADATA
from xladdin.ledger.records import Appeal, FeedbackIssued, Record, Returned, ReturnedReport
from xladdin.ledger.store import Ledger
from xladdin.ledger.upgrading import NEWEST, SCRIPTS, VERSION_TABLE, version_of
from xladdin.ledger.verifying import verify
from xladdin.problems import ProblemsFound

from .entries import MONTH, NOW, appeal, opened, returned, returned_report


def test_the_steps_make_the_tables_of_the_records(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        settings = {"version_table": VERSION_TABLE}
        context = MigrationContext.configure(ledger.connection, opts=settings)
        assert compare_metadata(context, METADATA) == []
        assert version_of(ledger.connection) == NEWEST


def test_the_newest_version_is_that_of_the_last_step() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [NEWEST]


def say_version(ledger: Ledger, version: str) -> None:
    table = sa.table(VERSION_TABLE, sa.column("version_num"))
    ledger.connection.execute(sa.update(table).values(version_num=version))


def second_version(ledger: Ledger) -> None:
    """Take away what the third step has brought."""
    ledger.connection.exec_driver_sql("DROP TABLE ledger_corrections")
    for kind in (Appeal, FeedbackIssued):
        for name in kind.LATER:
            ledger.connection.exec_driver_sql(f"ALTER TABLE {kind.TABLE} DROP COLUMN {name}")
    say_version(ledger, "0002")


def test_appeals_and_slips_of_the_second_version_are_whole_in_the_third(place: LedgerPlace) -> None:
    day = NOW.date()
    old: list[Record] = [
        Appeal("CS001", MONTH, "退款不该算我的", day, day),
        FeedbackIssued("CS001", MONTH, "反馈单.xlsx", "f" * 64),
    ]
    with opened(place) as ledger:
        for record in old:
            ledger.append(record)
        second_version(ledger)
    with opened(place) as ledger:
        assert verify(ledger).touched == ()
        assert [entry.record for kind in map(type, old) for entry in ledger.read(kind)] == old
        assert ledger.append(appeal()).new
        assert verify(ledger).touched == ()
    with opened(place) as ledger:
        ledger.connection.exec_driver_sql("UPDATE ledger_appeals SET claimed = '1' WHERE seq = 1")
        assert [it.seq for it in verify(ledger).touched] == [1]


def test_a_ledger_of_the_first_version_is_brought_up_to_date_with_all_that_is_in_it(
    place: LedgerPlace,
) -> None:
    with opened(place) as ledger:
        ledger.append(returned())
        second_version(ledger)
        ledger.connection.exec_driver_sql("DROP TABLE ledger_reports")
        say_version(ledger, "0001")
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
