"""Many files at once: written aside one by one, made safe on the disk together, then put in place.

To wait for the disk after each file takes most of the time of writing small ones; once for a
thousand of them costs hardly more than for one.  Each file is whole or not there all the same.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from .files import (
    FileChangedError,
    FileLockedError,
    begun_aside,
    discard,
    locked_if_refused,
    make_lasting,
    put,
    sync_folder,
)

MOST = 1_000
"""Files that wait at the most."""
FEW = 50
"""Up to so many are waited for one by one: a whole file system also has what others write."""

Told = Callable[[Exception | None], None]
"""Told of a file that is in its place, or why it is not: what ``save_if_same`` would have raised."""


class _Waiting(NamedTuple):
    aside: Path
    path: Path
    before: bytes | None
    told: Told


class Batch:
    """Files that wait for each other; all are settled when the block ends, in their order.

    What breaks the block off leaves those out that are not in their place yet.
    """

    def __init__(self) -> None:
        self._waiting: list[_Waiting] = []
        self._folders: dict[Path, None] = {}
        self._disks = _Disks()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.settle()
        finally:
            self._discard()
            # The names too, also of what was put before something broke the block off.
            if len(self._folders) <= FEW or not self._disks.synced():
                for folder in self._folders:
                    sync_folder(folder)
            self._disks.close()

    def add(
        self, path: Path, before: bytes | None, content: bytes, told: Told, *, private: bool = False
    ) -> None:
        """Write a file over what was read from it, and over nothing else; None: over no file.

        Raises FileLockedError and OSError where that shows at once.
        """
        with locked_if_refused(path):
            aside = begun_aside(path, content, private=private)
        self._waiting.append(_Waiting(aside, path, before, told))
        if path.parent not in self._folders:
            self._folders[path.parent] = None
            self._disks.see(path.parent)
        if len(self._waiting) >= MOST:
            self.settle()

    def settle(self) -> None:
        """Put all that wait in their places, and tell of each."""
        waiting = self._waiting
        safe = len(waiting) > FEW and self._disks.synced()
        outcomes: Sequence[Exception | None]
        try:
            outcomes = [_put(one, safe=safe) for one in waiting]
        finally:
            self._discard()
        for one, outcome in zip(waiting, outcomes, strict=True):
            one.told(outcome)

    def _discard(self) -> None:
        for one in self._waiting:
            discard(one.aside)
        self._waiting = []


def _put(one: _Waiting, *, safe: bool) -> Exception | None:
    try:
        with locked_if_refused(one.path):
            if not safe:
                make_lasting(one.aside)
            put(one.aside, one.path, one.before)
    except (FileLockedError, FileChangedError, OSError) as error:
        return error
    return None


class _Disks:
    """The file systems that files were written to; each is waited for as a whole.

    Where a system cannot do that (Windows, macOS), or one of them says that it could not write
    something, ``synced`` is False: then each file is asked for itself, and its own fault is known.
    """

    def __init__(self) -> None:
        self._opened: dict[int, int] = {}

    def see(self, folder: Path) -> None:
        """Before anything is waited for: a disk tells of faults since it was opened."""
        if _syncfs() is None:
            return
        with suppress(OSError):
            device = folder.stat().st_dev
            if device not in self._opened:
                self._opened[device] = os.open(folder, os.O_RDONLY)

    def synced(self) -> bool:
        """Whether all that was written is safe on the disk now."""
        wait = _syncfs()
        if wait is None or not self._opened:
            return False
        return all(wait(opened) == 0 for opened in self._opened.values())

    def close(self) -> None:
        for opened in self._opened.values():
            os.close(opened)
        self._opened = {}


@cache
def _syncfs() -> Callable[[int], int] | None:
    """Linux's call that waits for one file system; None: not here."""
    with suppress(OSError, AttributeError, TypeError):
        found: Any = ctypes.CDLL(None, use_errno=True).syncfs
        return found  # type: ignore[no-any-return]
    return None
