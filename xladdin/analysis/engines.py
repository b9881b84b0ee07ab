"""What works out expressions: DuckDB inside the process, or Spark where data outgrows one machine.

Ibis prints the SQL, the engine's own connection runs it and gives plain rows.  One set of expressions, so
one figure; times and durations are whole numbers (``service_records``), which both engines treat alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import duckdb
import ibis

from .metric import Table
from .service_records import COLUMNS, Source


class Engine(Protocol):
    """Runs an expression over the tables that it holds."""

    def rows(self, expression: Table) -> list[tuple[Any, ...]]:
        """The rows of the expression, in no order that it does not state."""


def table(source: Source, columns: Mapping[str, str] | None = None) -> Table:
    """The table as expressions see it."""
    return ibis.table(dict(columns or COLUMNS[source]), name=str(source))


def sql(expression: Table, dialect: str) -> str:
    """The expression as this dialect's SQL."""
    return str(ibis.to_sql(expression, dialect=dialect))


class Duck:
    """DuckDB over a connection whose tables are there already."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, expression: Table) -> list[tuple[Any, ...]]:
        """The rows of the expression."""
        return self._connection.execute(sql(expression, "duckdb")).fetchall()


class Spark:
    """Spark SQL: ``run`` is a session's, which gives its rows by ``collect``."""

    DIALECT = "databricks"
    """Of Ibis; its own for Spark asks for a running session before it prints anything."""

    def __init__(self, run: Callable[[str], Any]) -> None:
        self._run = run

    def rows(self, expression: Table) -> list[tuple[Any, ...]]:
        """The rows of the expression."""
        found: Sequence[Any] = self._run(sql(expression, self.DIALECT)).collect()
        return [tuple(row) for row in found]
