"""The returned files themselves, kept under the hash of their content beside the master.

A file that is there is never written again, so it does not matter how often it is handed in.  It is
kept before the ledger says that it is: one that a broken-off run has left is taken over by the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

from xladdin.file_batches import Batch
from xladdin.files import FileChangedError, FileLockedError, save_if_same, sweep, sweeping_once

FOLDER = "绩效存档"
SUFFIX = re.compile(r"\.[0-9A-Za-z]{1,5}")
SHA256 = re.compile(r"[0-9a-f]{64}")


Refused = Callable[[OSError | FileLockedError], None]
"""Told why a file could not be kept; it raises."""


class Archive:
    """The folder of kept files; made, its owner's alone, with the first one."""

    def __init__(self, beside: Path) -> None:
        self.folder = beside / FOLDER
        self._batch: Batch | None = None
        self._names: dict[str, dict[str, Path]] = {}
        self._waiting: set[str] = set()

    @contextmanager
    def many(self) -> Iterator[None]:
        """Files kept within are there when it ends, made safe on the disk together."""
        with sweeping_once(), Batch() as self._batch:
            try:
                yield
            finally:
                self._names.clear()
                self._waiting.clear()
        self._batch = None

    def keep(self, content: bytes, name: str, refused: Refused | None = None) -> str:
        """Keep a file, and give its SHA-256; the ending of its name stays.

        Raises OSError, or tells ``refused``, at the latest where ``many`` ends.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        try:
            self._keep(content, sha256, name, refused or _raise)
        except (OSError, FileLockedError) as error:
            (refused or _raise)(error)
        return sha256

    def _keep(self, content: bytes, sha256: str, name: str, refused: Refused) -> None:
        there = self._there(sha256)
        # Also where nothing will be written: a killed run may have done all but tidy up.
        sweep(self.folder / sha256[:2])
        if sha256 in self._waiting:
            return
        if there is not None and _hash(there) == sha256:
            return
        suffix = PurePath(name).suffix
        suffix = suffix.lower() if SUFFIX.fullmatch(suffix) else ""
        before = None if there is None else there.read_bytes()
        path = there or self.folder / sha256[:2] / f"{sha256}{suffix}"
        if self._batch is None:
            with suppress(FileChangedError):
                save_if_same(path, before, content, private=True)
            return

        def told(error: Exception | None) -> None:
            if isinstance(error, OSError | FileLockedError):
                refused(error)

        self._batch.add(path, before, content, told, private=True)
        self._waiting.add(sha256)

    def _there(self, sha256: str) -> Path | None:
        """Where a file is, or will be; of many files each folder is looked through once."""
        if self._batch is None:
            return self.find(sha256)
        folder = self.folder / sha256[:2]
        if sha256[:2] not in self._names:
            names = sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []
            self._names[sha256[:2]] = {path.name[:64]: path for path in names}
        return self._names[sha256[:2]].get(sha256)

    def find(self, sha256: str) -> Path | None:
        """Where a file is kept; None: it is not."""
        if not SHA256.fullmatch(sha256):
            return None
        found = sorted((self.folder / sha256[:2]).glob(f"{sha256}*"))
        return found[0] if found else None

    def remove(self, hashes: Iterable[str]) -> list[str]:
        """Take files away; the hashes of those that could not be.  What is not there is no error."""
        refused = []
        for sha256 in hashes:
            path = self.find(sha256)
            try:
                if path is not None:
                    path.unlink(missing_ok=True)
            except OSError:
                refused.append(sha256)
        if self.folder.is_dir():
            sweep(self.folder)
        return refused

    def touched(self, hashes: Iterable[str]) -> tuple[list[str], list[str]]:
        """Of these, the files whose content is another one now, and those that are not there."""
        changed, missing = [], []
        for sha256 in sorted(set(hashes)):
            path = self.find(sha256)
            if path is None:
                missing.append(sha256)
            elif _hash(path) != sha256:
                changed.append(sha256)
        return changed, missing


def _raise(error: OSError | FileLockedError) -> None:
    raise error


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
