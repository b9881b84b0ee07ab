"""A changed workbook put back in its place: whole, with copies of what it was before."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

from xladdin.files import FileLockedError, in_use, reason, save_whole
from xladdin.problems import Place, Problem

from .workbook import Workbook

KEPT = 5
"""How many copies stay beside the workbook."""


def save_over(path: Path, before: bytes, book: Workbook, now: dt.datetime) -> list[Problem]:
    """Write a workbook over its file; ``before`` is what was read from there.

    Nothing is written where nothing has changed, where an office program has the file open, or
    where somebody has saved it in the meantime.
    """
    path = path.resolve()
    if not book.package.changed:
        return []
    try:
        if in_use(path):
            return [_open(path)]
        if path.read_bytes() != before:
            message = "文件在处理期间被别人保存过，没有写入；请再运行一次"
            return [Problem("file_changed", message, Place(path.name))]
        _back_up(path, now)
        save_whole(path, book.to_bytes())
    except FileLockedError:
        return [_open(path)]
    except OSError as error:
        return [Problem("file_unwritable", f"没有写入：{reason(error)}", Place(path.name))]
    _prune(path)
    return []


def save_as(path: Path, book: Workbook) -> list[Problem]:
    """Write a workbook to a file of its own, over whatever was there."""
    try:
        save_whole(path.resolve(), book.to_bytes())
    except FileLockedError:
        return [_open(path)]
    except OSError as error:
        return [Problem("file_unwritable", f"没有写入：{reason(error)}", Place(path.name))]
    return []


def _open(path: Path) -> Problem:
    message = "正在Excel（或WPS）中打开，或者没有写入的权限；请保存并关闭后再运行一次，文件没有改动"
    return Problem("file_locked", message, Place(path.name))


def _back_up(path: Path, now: dt.datetime) -> None:
    stem = f"{path.stem}.备份-{now:%Y%m%d-%H%M%S}"
    names = (stem, *(f"{stem}-{i}" for i in range(2, 100)))
    places = (path.with_name(f"{name}{path.suffix}") for name in names)
    shutil.copy2(path, next(place for place in places if not place.exists()))


def backups(path: Path) -> list[Path]:
    """The copies beside a workbook, the oldest first."""
    name = re.compile(
        re.escape(path.stem) + r"\.备份-(\d{8}-\d{6})(?:-(\d+))?" + re.escape(path.suffix)
    )
    found = [(name.fullmatch(other.name), other) for other in path.resolve().parent.iterdir()]
    dated = [(match[1], int(match[2] or 1), other) for match, other in found if match]
    return [other for *_, other in sorted(dated)]


def _prune(path: Path) -> None:
    for old in backups(path)[:-KEPT]:
        old.unlink(missing_ok=True)
