"""The file of an SQLite ledger: its owner's alone, safe on the disk, for one program at a time.

It is kept in WAL mode with the lock of the whole file: so nothing is shared in memory, which
network shares could not do.  Our own runs take turns by ``locks``; other programs are waited for.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from xladdin.files import PRIVATE_FILE, make_folder

APPLICATION_ID = 0x786C6164
"""``xlad``, in the header of the file."""
ALONE = "PRAGMA locking_mode=EXCLUSIVE"
SAFE = (
    ALONE,
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # What was deleted is overwritten, not just forgotten.
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
)
COMPANIONS = ("-wal", "-shm", "-journal")


def create_private(path: Path) -> None:
    """Make an empty file that only its owner may read, unless there is one.

    Raises OSError, also where the one that is there may not be written.
    """
    make_folder(path.parent)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
    # SQLite itself would speak of a failing disk.
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def sqlite_engine(path: Path, seconds: float, *, read_only: bool = False) -> sa.Engine:
    """An engine for one connection; transactions that write begin by taking the lock.

    ``read_only`` is for a file that nobody can be changing: on a disk that is not to be written.
    """
    mode = "mode=ro&immutable=1" if read_only else "mode=rw"
    url = f"{path.absolute().as_uri()}?{mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(url, uri=True, timeout=seconds, isolation_level=None)
        connection.text_factory = _text
        if not read_only:
            _make_safe(connection)
        return connection

    engine = sa.create_engine(
        "sqlite://", creator=connect, poolclass=sa.NullPool, hide_parameters=True
    )
    sa.event.listen(engine, "begin", _begin_reading if read_only else _begin)
    return engine


def _text(content: bytes) -> str:
    """A text, also one that a foreign hand has broken: it is to be named, not to end everything."""
    return content.decode("utf-8", "surrogateescape")


def _make_safe(connection: sqlite3.Connection) -> None:
    try:
        for pragma in SAFE:
            connection.execute(pragma)
    except sqlite3.Error:
        # Whoever keeps the error would keep the file locked.
        connection.close()
        raise


def _begin(connection: sa.Connection) -> None:
    # At once for writing: two who have read first could both not go on.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def may_be_written_beside(path: Path) -> bool:
    """Whether a lock, and what belongs to a database, can be made in its folder."""
    return os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)


def sign(connection: sa.Connection) -> None:
    """Say in the header whose file it is."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
