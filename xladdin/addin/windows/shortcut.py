"""A shortcut of Windows, written by Windows; like ``machine`` it asks the system, and holds no decisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A shortcut of Windows: its own file, what it starts."""

    path: Path
    target: Path
    arguments: str
    tip: str
    icon: Path
    """A program whose picture it has."""


def save(link: Link) -> None:
    """Write a shortcut.  OSError where the system refuses."""
    import pythoncom  # noqa: PLC0415 - only on Windows
    from win32com.shell import shell  # noqa: PLC0415

    try:
        made: Any = pythoncom.CoCreateInstance(
            shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
        )
        made.SetPath(str(link.target))
        made.SetArguments(link.arguments)
        made.SetDescription(link.tip)
        made.SetIconLocation(str(link.icon), 0)
        made.SetWorkingDirectory(str(link.target.parent))
        made.QueryInterface(pythoncom.IID_IPersistFile).Save(str(link.path), True)
    except pythoncom.com_error as error:
        raise OSError(f"{link.path.name}：{error.strerror}") from error
