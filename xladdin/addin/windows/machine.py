"""What is asked of a Windows machine: facts, folders, the registry.

Nothing else in this package asks Windows, so all the rest runs, and is tested, on any system.
"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Protocol

from xladdin.addin.windows.com_server import WindowsServer
from xladdin.paths import user_folder

if sys.platform == "win32":
    import winreg

ROOTS = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE", "HKCR": "HKEY_CLASSES_ROOT"}


class Server(Protocol):
    """The Python that waits for Excel, where somebody asked for one (``logon_server``)."""

    def answers(self) -> bool: ...

    def start(self, python: Path) -> bool: ...

    def stop(self) -> bool: ...

    def put_link(self, path: Path, python: Path, tip: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine, and the Python that runs on it."""

    is_windows: bool
    python: str
    code_page: str
    """The one in which Excel's VBA reads and writes text files."""
    app_data: Path
    user_folder: Path
    xlwings: str | None
    """Its version, where it is installed."""
    has_pywin32: bool
    registry: Callable[[str], Mapping[str, object]]
    """The values of a key, such as ``HKCU\\Software``, by their names in small letters."""
    server: Server

    @property
    def add_in(self) -> Path:
        """In Excel's folder of what it opens by itself."""
        return self.app_data / "Microsoft" / "Excel" / "XLSTART" / "xladdin.xlam"

    @property
    def conf(self) -> Path:
        return self.user_folder / "xladdin.conf"

    def value(self, key: str, name: str = "") -> object | None:
        """A value of the registry; without a name, the key's default."""
        return self.registry(key).get(name.lower())


def this_machine() -> Machine:
    """The machine that this runs on."""
    home = Path.home() / "AppData" / "Roaming"
    return Machine(
        is_windows=sys.platform == "win32",
        python=sys.executable,
        code_page=locale.getencoding(),
        app_data=Path(os.environ.get("APPDATA") or home),
        user_folder=user_folder(),
        xlwings=_version("xlwings"),
        has_pywin32=_can_import("pythoncom") and _can_import("win32com.client"),
        registry=registry,
        server=WindowsServer(),
    )


def registry(key: str) -> dict[str, object]:
    """The values of a key; none where there is no such key or it may not be read."""
    found: list[tuple[str, object, int]] = []
    if sys.platform == "win32":
        root, _, below = key.partition("\\")
        # A 32-bit Python would else be shown another part of the registry than Excel.
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with (
            suppress(OSError),
            winreg.OpenKey(getattr(winreg, ROOTS[root]), below, 0, access) as opened,
        ):
            count = winreg.QueryInfoKey(opened)[1]
            found = [winreg.EnumValue(opened, number) for number in range(count)]
    return {name.lower(): value for name, value, _ in found}


def mark_of(path: Path) -> Path:
    """Where Windows notes beside a file's content that it was downloaded."""
    return Path(f"{path}:Zone.Identifier")


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _can_import(module: str) -> bool:
    # To find it is not enough: what mostly fails is loading its DLLs.
    try:
        import_module(module)
    except ImportError:
        return False
    return True
