"""A disk on which one operation fails: the n-th one below a folder, in the way that is asked for."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CALLS = (
    "access", "chmod", "link", "listdir", "lstat", "mkdir", "open", "remove", "rename", "replace",
    "rmdir", "scandir", "stat", "truncate", "unlink", "utime",
)  # fmt: skip
"""What Python asks the system for when it works on files."""


class Disk:
    """Counts what is done below a folder, and raises at one of these operations."""

    def __init__(self, folder: Path) -> None:
        self.folder = os.path.realpath(folder)
        self.names: list[str] = []
        self.fails_at: int | None = None
        self.error: Callable[[str], BaseException] = OSError

    def concerns(self, path: object) -> bool:
        if not isinstance(path, str | os.PathLike):
            return False
        return os.path.abspath(os.fspath(path)).startswith(self.folder)

    def ask(self, name: str, path: object) -> None:
        if not self.concerns(path):
            return
        self.names.append(name)
        if len(self.names) - 1 == self.fails_at:
            raise self.error(os.fspath(path))  # type: ignore[call-overload]

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in CALLS:
            monkeypatch.setattr(os, name, self._asking(name, getattr(os, name)))
        opened = self._asking("open", io.open)
        monkeypatch.setattr(io, "open", opened)
        monkeypatch.setattr(builtins, "open", opened)

    def _asking(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def asked(path: Any, *args: Any, **kwargs: Any) -> Any:
            self.ask(name, path)
            return real(path, *args, **kwargs)

        return asked


def failing(number: int) -> Callable[[str], BaseException]:
    """What the system raises for an error number."""
    return lambda path: OSError(number, os.strerror(number), path)
