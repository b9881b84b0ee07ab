"""Copies of a workbook as it was before it was changed, beside it under the time of the change.

A copy counts only when it is whole; there is always a whole one left.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xladdin.files import FileChangedError, save_if_same
from xladdin.ooxml.archive import State
from xladdin.ooxml.whole_files import book_state
from xladdin.problems import Place, Problem, warning

KEPT = 5
"""How many copies stay beside the workbook."""


@dataclass(frozen=True, slots=True)
class Backup:
    """The copy of what was read, and whether it was made now."""

    path: Path
    new: bool


def back_up(path: Path, before: bytes, now: dt.datetime) -> Backup:
    """Keep what was read from a workbook; FileChangedError where it holds something else now.

    One that a killed run has made already is not made again.
    """
    newest = next(reversed(backups(path)), None)
    if newest is not None and newest.read_bytes() == before:
        return Backup(newest, new=False)
    made = next(place for place in places(path, now) if _kept(path, before, place))
    if made.read_bytes() != before:
        made.unlink()
        raise FileChangedError(str(path))
    return Backup(made, new=True)


def places(path: Path, now: dt.datetime) -> Iterator[Path]:
    """The names that a copy may have, the first one first."""
    stem = f"{path.stem}.备份-{now:%Y%m%d-%H%M%S}"
    for name in (stem, *(f"{stem}-{number}" for number in range(2, 1000))):
        yield path.with_name(f"{name}{path.suffix}")


def _kept(path: Path, before: bytes, place: Path) -> bool:
    """Whether the file has a second name now; a copy, where the file system knows no such thing.

    A second name needs no space on a full disk, and what somebody writes into the old file at the
    last moment is not lost either.  False where the name is taken.
    """
    try:
        os.link(path, place)
    except FileExistsError:
        return False
    except OSError:
        return _copied(path, before, place)
    return True


def _copied(path: Path, before: bytes, place: Path) -> bool:
    try:
        save_if_same(place, None, before, private=True)
    except FileChangedError:
        return False
    with suppress(OSError):
        place.chmod(path.stat().st_mode & 0o777)
        os.utime(place, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    return True


def backups(path: Path) -> list[Path]:
    """The copies beside a workbook, the oldest first; whole or not."""
    name = re.compile(
        re.escape(path.stem) + r"\.备份-(\d{8}-\d{6})(?:-(\d+))?" + re.escape(path.suffix)
    )
    found = [(name.fullmatch(other.name), other) for other in path.resolve().parent.iterdir()]
    dated = [(match[1], int(match[2] or 1), other) for match, other in found if match]
    return [other for *_, other in sorted(dated) if other.is_file()]


def prune(path: Path, made: Path | None = None) -> list[Problem]:
    """Remove copies that are not whole, and of the whole ones all but the newest.

    The one just made stays, whatever the clock says; where none is whole, nothing is removed.
    What cannot be removed is no error.
    """
    try:
        states = {copy: book_state(copy) for copy in backups(path) if copy != made}
    except OSError:
        return []
    half = [copy for copy, state in states.items() if state is State.CUT_OFF]
    whole = [copy for copy, state in states.items() if state is State.WHOLE]
    old = whole[: max(0, len(whole) - (KEPT - 1 if made else KEPT))]
    unwanted = [*half, *old] if whole or made else []
    refused = [copy.name for copy in unwanted if not _removed(copy)]
    if not refused:
        return []
    message = f"旧的备份删不掉，可能正开着，不影响总表：{'、'.join(refused)}"
    return [warning("backup_kept", message, Place(path.name))]


def _removed(copy: Path) -> bool:
    try:
        copy.unlink(missing_ok=True)
    except OSError:
        return False
    return True
