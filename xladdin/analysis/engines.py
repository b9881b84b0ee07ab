"""What works out expressions: DuckDB inside the process, or Spark where data outgrows one machine.

Ibis prints the SQL, the engine's own connection runs it and gives plain rows.  One set of expressions, so
one figure; times and durations are whole numbers (``service_records``), which both engines treat alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import duckdb
import ibis
from ibis.common.exceptions import IbisError

from .metric import Table
from .service_records import COLUMNS, Source

NO_SUCH_COLUMN = (AttributeError, IbisError)
"""What an expression raises over a table that lacks a column."""

MOST_MEMORY = "2GB"
"""Of DuckDB, where what it was opened with does not suffice: a median holds every value of its column."""

Have: TypeAlias = Mapping[Source, Collection[str]]
"""Which columns of each table anybody handed in; the others of the table hold nothing."""
ALL: Have = COLUMNS


class Engine(Protocol):
    """Runs an expression over the tables that it holds."""

    def have(self, source: Source) -> Collection[str]:
        """The columns of a table of which something is known."""

    def rows(self, expression: Table) -> list[tuple[Any, ...]]:
        """The rows of the expression, in no order that it does not state."""


def table(source: Source, have: Collection[str]) -> Table:
    """The table as expressions see it: with these columns only."""
    columns = {name: kind for name, kind in COLUMNS[source].items() if name in have}
    return ibis.table(columns, name=str(source))


def numbered(by: Sequence[str], order: Sequence[str]) -> Any:
    """A line's place among those that are alike in some columns, from 0."""
    return ibis.row_number().over(group_by=list(by), order_by=list(order))


def sql(expression: Table, dialect: str) -> str:
    """The expression as this dialect's SQL."""
    return str(ibis.to_sql(expression, dialect=dialect))


class Duck:
    """DuckDB over a connection whose tables are there already."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, have: Have = ALL) -> None:
        self._connection, self._have = connection, have

    def have(self, source: Source) -> Collection[str]:
        """The columns of a table of which something is known."""
        return self._have.get(source, ())

    def rows(self, expression: Table) -> list[tuple[Any, ...]]:
        """The rows of the expression."""
        asked = sql(expression, "duckdb")
        try:
            return self._connection.execute(asked).fetchall()
        except duckdb.OutOfMemoryException:
            # Where even a folder does not help, more memory is better than no figure.
            self._connection.execute(f"SET memory_limit = '{MOST_MEMORY}'")
            return self._connection.execute(asked).fetchall()


class Spark:
    """Spark SQL: ``run`` is a session's, which gives its rows by ``collect``."""

    DIALECT = "databricks"
    """Of Ibis; its own for Spark asks for a running session before it prints anything."""

    def __init__(self, run: Callable[[str], Any], have: Have = ALL) -> None:
        self._run, self._have = run, have

    def have(self, source: Source) -> Collection[str]:
        """The columns of a table of which something is known."""
        return self._have.get(source, ())

    def rows(self, expression: Table) -> list[tuple[Any, ...]]:
        """The rows of the expression."""
        found: Sequence[Any] = self._run(sql(expression, self.DIALECT)).collect()
        return [tuple(row) for row in found]
