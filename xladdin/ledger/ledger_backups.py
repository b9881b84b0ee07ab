"""Copies of a ledger's file, made by SQLite itself before a run that changes it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from xladdin.files import FileChangedError, save_if_same
from xladdin.patch.backups import KEPT, backups, places

from .ledger_place import LedgerPlace


class Witness(NamedTuple):
    """How many entries a ledger has, and the hash of the last one."""

    length: int
    head: str


WITNESS = "SELECT length, head FROM ledger_witness"


def witness_in(path: Path) -> Witness | None:
    """What the file of a ledger says of itself; None where it is none, or is damaged."""
    with suppress(sqlite3.Error, OSError, TypeError, ValueError):
        # Nobody else has it open: no lock is asked for, and no file beside it is made.
        source = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(source, uri=True)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            length, head = connection.execute(WITNESS).fetchone()
            return Witness(int(length), str(head)) if sound == "ok" else None
    return None


def back_up_before(place: LedgerPlace, connection: sa.Connection, now: dt.datetime) -> Path | None:
    """Keep the ledger as it is, unless the newest copy holds just that; None: nothing in it yet.

    Also before a run that will add nothing: every state is copied once in any case, and the sooner
    it is, the sooner the last entries are safe.

    Raises sqlite3.Error where it cannot be read, OSError where the copy cannot be written.
    """
    assert place.file is not None  # noqa: S101 - only files are copied
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - the file's
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name='ledger_witness'").fetchone():
        return None
    found = raw.execute(WITNESS).fetchone()
    if found is None or not found[0]:
        return None
    newest = next(reversed(backups(place.file)), None)
    if newest is not None and witness_in(newest) == Witness(*found):
        return newest
    made = write_copy(place.file, raw, now)
    prune_copies(place.file, made)
    return made


def write_copy(path: Path, raw: sqlite3.Connection, now: dt.datetime) -> Path:
    """The whole database into a new file beside it, its owner's alone."""
    with closing(sqlite3.connect(":memory:")) as memory:
        raw.backup(memory)
        content = memory.serialize()
    for target in places(path, now.astimezone()):
        with suppress(FileChangedError):
            save_if_same(target, None, content, private=True)
            return target
    raise FileExistsError(str(path))


def prune_copies(path: Path, made: Path | None) -> None:
    """All but the newest go; where none of them can be read, none goes."""
    there = [copy for copy in backups(path) if copy != made]
    for copy in there[: max(0, len(there) - (KEPT - 1 if made else KEPT))]:
        with suppress(OSError):
            copy.unlink()
