"""The returned files themselves, kept under the hash of their content beside the master.

A file that is there is never written again, so it does not matter how often it is handed in.  It is
kept before the ledger says that it is: one that a broken-off run has left is taken over by the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePath

from xladdin.files import FileChangedError, save_if_same, sweep

FOLDER = "绩效存档"
SUFFIX = re.compile(r"\.[0-9A-Za-z]{1,5}")
SHA256 = re.compile(r"[0-9a-f]{64}")


class Archive:
    """The folder of kept files; made, its owner's alone, with the first one."""

    def __init__(self, beside: Path) -> None:
        self.folder = beside / FOLDER

    def keep(self, content: bytes, name: str) -> str:
        """Keep a file, and give its SHA-256; the ending of its name stays.  Raises OSError."""
        sha256 = hashlib.sha256(content).hexdigest()
        there = self.find(sha256)
        if there is not None and _hash(there) == sha256:
            return sha256
        suffix = PurePath(name).suffix
        suffix = suffix.lower() if SUFFIX.fullmatch(suffix) else ""
        with suppress(FileChangedError):
            before = None if there is None else there.read_bytes()
            path = there or self.folder / sha256[:2] / f"{sha256}{suffix}"
            save_if_same(path, before, content, private=True)
        return sha256

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


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
