"""A Windows machine out of folders and a dict."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from xladdin.addin.windows import runtime
from xladdin.addin.windows.excel_settings import APP_PATH, CLICK_TO_RUN
from xladdin.addin.windows.machine import Machine

ADD_IN = b"PK\3\4 the add-in of this version"
Registry = Mapping[str, Mapping[str, object]]


def build() -> bytes:
    return ADD_IN


def registry_of(keys: Registry) -> Callable[[str], Mapping[str, object]]:
    """As the real one: names in any letters."""
    known = {
        key.lower(): {name.lower(): value for name, value in values.items()}
        for key, values in keys.items()
    }
    return lambda key: known.get(key.lower(), {})


def exe(kind: int) -> bytes:
    """The head of a program for a kind of processor."""
    return b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0" + struct.pack("<H", kind)


def written(path: Path, content: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@dataclass
class Server:
    """One that runs, does not answer, does not end, or has a menu that takes no link."""

    silent: bool = False
    stuck: bool = False
    refuses: bool = False
    runs: bool = False

    def answers(self) -> bool:
        return self.runs

    def start(self, python: Path) -> bool:
        assert python.name in ("python.exe", "pythonw.exe")
        self.runs = not self.silent
        return self.runs

    def stop(self) -> bool:
        self.runs = self.stuck
        return not self.runs

    def put_link(self, path: Path, python: Path, tip: str) -> None:
        if self.refuses:
            raise PermissionError(13, "refused", str(path))
        path.write_text(f"{python} {tip}", "utf-8")


def machine(root: Path, *, bits: int = 64, user: str = "zhang", **changes: Any) -> Machine:
    """A sound machine: Excel, Python with the DLLs beside it, nothing installed yet."""
    home = root / "users" / user
    excel = written(root / "Office16" / "EXCEL.EXE", exe({64: 0x8664, 32: 0x014C}[bits]))
    python = written(home / "venv" / "Scripts" / "python.exe")
    for size in (32, 64):
        written(home / "venv" / f"xlwings{size}-{runtime.XLWINGS}.dll")
    (home / "roaming" / "Microsoft" / "Excel" / "XLSTART").mkdir(parents=True)
    registry = {
        rf"HKLM\{APP_PATH}": {"": str(excel)},
        CLICK_TO_RUN: {"Platform": f"x{86 if bits == 32 else 64}", "VersionToReport": "16.0.17"},
    }
    sound = Machine(
        is_windows=True,
        python=str(python),
        code_page="cp936",
        app_data=home / "roaming",
        user_folder=home / ".xladdin",
        xlwings=runtime.XLWINGS,
        has_pywin32=True,
        registry=registry_of(registry | changes.pop("registry", {})),
        server=Server(),
    )
    return replace(sound, **changes)


def tree(root: Path) -> dict[str, bytes | None]:
    """All files and folders below."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


@contextmanager
def locked(*paths: Path) -> Iterator[None]:
    """Files as Windows shows those that a program has open: they may only be read."""
    real_open, real_replace, real_unlink = Path.open, Path.replace, Path.unlink

    def refuse(path: Path) -> None:
        if path in paths:
            raise PermissionError(13, "in use", str(path))

    def opened(self: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if mode not in {"r", "rb"}:
            refuse(self)
        return real_open(self, mode, *rest, **named)

    def replaced(self: Path, target: str | Path) -> Path:
        refuse(Path(target))
        return real_replace(self, target)

    def unlinked(self: Path, missing_ok: bool = False) -> None:
        refuse(self)
        real_unlink(self, missing_ok)

    with (
        mock.patch.object(Path, "open", opened),
        mock.patch.object(Path, "replace", replaced),
        mock.patch.object(Path, "unlink", unlinked),
    ):
        yield
