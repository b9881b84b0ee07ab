"""A ledger out of a copy, and a copy out of a ledger, whatever database either is in."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa

from xladdin.files import FileChangedError, save_if_same
from xladdin.locks import locked
from xladdin.patch.backups import backups
from xladdin.problems import ProblemsFound

from .ledger_backups import write_copy
from .ledger_faults import told
from .ledger_place import LEDGER_NAME, LedgerPlace
from .ledger_tables import METADATA
from .sqlite_file import ALONE, COMPANIONS
from .store import Ledger
from .verifying import Verified, verify

AT_ONCE = 500


def copy_now(place: LedgerPlace, now: dt.datetime) -> Path:
    """Write the ledger as it is into a new file beside the master: one of SQLite, in any case."""
    with Ledger(place, write=False) as ledger, told(place):
        if place.file is not None:
            with closing(sqlite3.connect(":memory:")) as memory:
                _fill(memory, ledger)
                return write_copy(place.file, memory, now)
        return _server_copy(ledger, place.folder / LEDGER_NAME, now)


def _fill(memory: sqlite3.Connection, ledger: Ledger) -> None:
    # While it is only being read, what is read is what was written.
    raw = ledger.connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - a file's
    ledger.connection.rollback()
    raw.backup(memory)


def _server_copy(ledger: Ledger, path: Path, now: dt.datetime) -> Path:
    aside = LedgerPlace(path.parent, file=path.with_name(f".xladdin-{now:%H%M%S%f}.tmp"))
    assert aside.file is not None  # noqa: S101 - just given
    try:
        with Ledger(aside) as copy:
            copy_rows(ledger.connection, copy.connection)
        with closing(sqlite3.connect(aside.file)) as raw:
            return write_copy(path, raw, now)
    finally:
        aside.file.unlink(missing_ok=True)


def copy_rows(source: sa.Connection, target: sa.Connection) -> None:
    """Every row of every table into tables that are empty."""
    for table in METADATA.sorted_tables:
        found = source.execute(sa.select(table)).mappings()
        while rows := [dict(row) for row in found.fetchmany(AT_ONCE)]:
            target.execute(sa.insert(table), rows)


def verified_copy(path: Path) -> Verified:
    """What a look through a copy gives.  Raises ProblemsFound where it cannot be read."""
    with Ledger(LedgerPlace(path.parent, file=path), write=False) as ledger:
        return verify(ledger)


def newest_sound(path: Path) -> tuple[Path, Verified] | None:
    """The newest copy beside a ledger in which nothing is touched; None: there is none."""
    for copy in reversed(backups(path)):
        try:
            found = verified_copy(copy)
        except ProblemsFound:
            continue
        if not found.touched and found.length:
            return copy, found
    return None


def restore(place: LedgerPlace, copy: Path, now: dt.datetime) -> Path | None:
    """Put a copy in a ledger's place; where what was there lies now, None: there was nothing.

    What was there is never lost: a file goes aside with all that belongs to it, and a server's
    database must be empty.  Raises ProblemsFound where somebody has it open.
    """
    if place.file is None:
        _into_server(place, copy)
        return None
    content = copy.read_bytes()
    with told(place), locked(place.file):
        _refuse_open(place, place.file)
        put_aside = _put_aside(place.file, now)
        try:
            save_if_same(place.file, None, content, private=True)
        except FileChangedError as error:
            message = "另一个程序刚刚又写了台账，没有恢复；请关闭它再运行一次"
            raise ProblemsFound([place.problem("ledger_busy", message)]) from error
    return put_aside


def _into_server(place: LedgerPlace, copy: Path) -> None:
    source = LedgerPlace(copy.parent, file=copy)
    with Ledger(source, write=False) as old, Ledger(place) as ledger:
        if ledger.length:
            place.refuse("ledger_not_empty", "数据库里已有台账；只能恢复到空的数据库，没有改动")
        with told(place):
            copy_rows(old.connection, ledger.connection)


def _refuse_open(place: LedgerPlace, file: Path) -> None:
    """Somebody who has it open would go on writing into the file that was put aside."""
    if not file.exists():
        return
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as raw:
        try:
            raw.execute(ALONE)
            raw.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise


def _put_aside(file: Path, now: dt.datetime) -> Path | None:
    if not file.exists():
        return None
    stamp = f"{file.stem}.换下-{now.astimezone():%Y%m%d-%H%M%S}"
    number = 1
    while (target := file.with_name(f"{stamp}-{number}{file.suffix}")).exists():
        number += 1
    for end in (*COMPANIONS, ""):
        with suppress(FileNotFoundError):
            file.with_name(f"{file.name}{end}").rename(target.with_name(f"{target.name}{end}"))
    return target
