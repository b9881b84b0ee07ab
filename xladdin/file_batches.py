"""Many files at once: written aside one by one, made safe on the disk together, then put in place.

To wait for the disk after each file takes most of the time of writing small ones; after some
hundred of them it has written most of them meanwhile.  Each file is whole or not there all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

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

MOST = 200
"""Files that wait at the most."""

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if kind is None:
            self.settle()
        self._discard()

    def add(
        self, path: Path, before: bytes | None, content: bytes, told: Told, *, private: bool = False
    ) -> None:
        """Write a file over what was read from it, and over nothing else; None: over no file.

        Raises FileLockedError and OSError where that shows at once.
        """
        with locked_if_refused(path):
            aside = begun_aside(path, content, private=private)
        self._waiting.append(_Waiting(aside, path, before, told))
        if len(self._waiting) >= MOST:
            self.settle()

    def settle(self) -> None:
        """Put all that wait in their places, and tell of each."""
        waiting, folders = self._waiting, dict[Path, None]()
        outcomes = []
        try:
            for one in waiting:
                outcomes.append(_put(one))
                folders[one.path.parent] = None
            for folder in folders:
                sync_folder(folder)
        finally:
            self._discard()
        for one, outcome in zip(waiting, outcomes, strict=True):
            one.told(outcome)

    def _discard(self) -> None:
        for one in self._waiting:
            discard(one.aside)
        self._waiting = []


def _put(one: _Waiting) -> Exception | None:
    try:
        with locked_if_refused(one.path):
            make_lasting(one.aside)
            put(one.aside, one.path, one.before)
    except (FileLockedError, FileChangedError, OSError) as error:
        return error
    return None
