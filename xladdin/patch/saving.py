"""A changed workbook put back in its place: whole, with copies of what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from xladdin.files import (
    FileChangedError,
    FileLockedError,
    content_of,
    put,
    reason,
    save_if_same,
    sweep,
    written_aside,
)
from xladdin.locks import BusyError, locked, tidy
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem

from .backups import KEPT, Backup, back_up, backups, prune
from .workbook import Workbook

__all__ = ["KEPT", "backups", "save_as", "save_over"]


def save_over(
    path: Path,
    before: bytes,
    book: Workbook,
    now: dt.datetime,
    *,
    sealing: Sealing = UNSEALED,
) -> list[Problem]:
    """Write a workbook over its file; ``before`` is what lay there, ``sealing`` how it is to open.

    Nothing is written where nothing has changed, where an office program has the file open, or
    where somebody has saved it in the meantime.  Where only warnings come back, it is written.
    """
    path = path.resolve()
    if not book.package.changed:
        # A killed run may have done all but tidy up.
        sweep(path.parent)
        tidy(path)
        return prune(path)
    # Made first: making takes long, and then somebody else may save.
    content = sealing.sealed(book.to_bytes())
    return _saved(path, lambda: _over(path, before, content, now))


def save_as(
    path: Path, before: bytes | None, book: Workbook, *, sealing: Sealing = UNSEALED
) -> list[Problem]:
    """Write a workbook to a file of its own, its owner's alone, over what was read from there."""
    path = path.resolve()
    content = sealing.sealed(book.to_bytes())

    def write() -> list[Problem]:
        save_if_same(path, before, content, private=True)
        return []

    return _saved(path, write)


def _saved(path: Path, write: Callable[[], list[Problem]]) -> list[Problem]:
    """Why nothing was written, or what is to be said beside."""
    try:
        return write()
    except FileLockedError:
        message = (
            "正在Excel（或WPS）中打开，或者没有写入的权限；请保存并关闭后再运行一次，文件没有改动"
        )
        return [Problem("file_locked", message, Place(path.name))]
    except FileChangedError:
        message = "文件在处理期间被别人保存过，没有写入；请再运行一次"
        return [Problem("file_changed", message, Place(path.name))]
    except BusyError:
        message = "另一个程序正在写这个文件，没有写入；请过一会儿再运行一次"
        return [Problem("file_busy", message, Place(path.name))]
    except OSError as error:
        return [Problem("file_unwritable", f"没有写入：{reason(error)}", Place(path.name))]


def _over(path: Path, before: bytes, content: bytes, now: dt.datetime) -> list[Problem]:
    with locked(path), written_aside(path, content) as aside:
        if content_of(path) != before:
            raise FileChangedError(str(path))
        backup = back_up(path, before, now)
        try:
            put(aside, path, before)
        except BaseException:
            _forget(backup, path, before)
            raise
        _look_back(backup, path, before)
    return prune(path, backup.path)


def _forget(backup: Backup, path: Path, before: bytes) -> None:
    """Without the copy where the file is still the same, so that it is not there for nothing."""
    if backup.new and content_of(path) == before:
        backup.path.unlink(missing_ok=True)


def _look_back(backup: Backup, path: Path, before: bytes) -> None:
    """Put the old file back where somebody wrote into it in the moment before the renaming."""
    with suppress(OSError):
        if backup.path.read_bytes() != before:
            backup.path.replace(path)
            raise FileChangedError(str(path))
