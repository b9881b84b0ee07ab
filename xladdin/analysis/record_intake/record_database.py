"""The database that service records are read into: in memory, and in a folder of its own where they do not
fit; nothing is fetched from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from .sql_text import literal

Connection: TypeAlias = duckdb.DuckDBPyConnection
EngineError = duckdb.Error
MISTAKES = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)
"""What is wrong with a statement of ours, and no fault of a file or a disk."""
MEMORY = "380MB"
"""What reading and measuring may take; Python, Ibis and the engine's own code take the rest of 600 MB.

Whatever is more than that lies in a folder meanwhile.
"""
MOST_THREADS = 4
_UPKEEP = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def open_database(folder: Path) -> Connection:
    """A database whose tables spill into a folder that is there."""
    config: dict[str, Any] = {
        **_UPKEEP,
        "memory_limit": MEMORY,
        "temp_directory": str(folder),
        "threads": min(MOST_THREADS, os.cpu_count() or 1),
        "preserve_insertion_order": True,
    }
    connection = duckdb.connect(":memory:", config=config)
    # It would be drawn over what the command shows.
    connection.execute("SET enable_progress_bar = false")
    return connection


def parquet_columns(connection: Connection, path: Path) -> Mapping[str, str]:
    """The columns of a Parquet file and their types; raises ValueError where it is none."""
    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(str(path))})")
        return {str(row[0]): str(row[1]) for row in rows.fetchall()}
    except duckdb.Error as error:
        raise ValueError(str(error)) from error
