"""A place for a ledger, in every kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from xladdin.ledger.ledger_place import LedgerPlace, ledger_place, postgres_engine
from xladdin.ledger.ledger_tables import METADATA
from xladdin.ledger.upgrading import NEWEST, version_of

from .postgres_server import server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture
def file_place(tmp_path: Path) -> LedgerPlace:
    """Beside a master in a folder of its own."""
    return ledger_place(tmp_path / "总表.xlsx")


@pytest.fixture
def server_place(tmp_path: Path, postgres_url: str) -> LedgerPlace:
    """In a server's database, which has nothing in it."""
    place = ledger_place(tmp_path / "总表.xlsx", postgres_url)
    emptied(place)
    return place


POSTGRES = pytest.mark.xdist_group("postgres")
"""On one worker: it takes a moment to start the server."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=POSTGRES)])
def place(request: pytest.FixtureRequest) -> LedgerPlace:
    name = "file_place" if request.param == "sqlite" else "server_place"
    found: LedgerPlace = request.getfixturevalue(name)
    return found


def emptied(place: LedgerPlace) -> None:
    """Without entries; without tables, where these are not the newest."""
    with postgres_engine(place, 5).begin() as connection:
        there = version_of(connection) == NEWEST
        if there and set(METADATA.tables) <= set(sa.inspect(connection).get_table_names()):
            # For so few rows this takes a tenth of the time of a TRUNCATE.
            tables = reversed(METADATA.sorted_tables)
            connection.exec_driver_sql(";".join(str(table.delete()) for table in tables))
        else:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
