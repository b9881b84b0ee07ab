"""Shortcuts of Windows, made by Windows; like ``machine`` it asks the system, and holds no decisions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .menu_entries import NAME, Link, Menu, links
from .setup_folder import SetupFolder

FOLDERS = {Menu.PROGRAMS: 0x0002, Menu.SEND_TO: 0x0009}
"""As SHGetFolderPath counts them: CSIDL_PROGRAMS, CSIDL_SENDTO."""


def put_links(setup: SetupFolder) -> Iterable[str]:
    """Make every entry anew, and say so.  OSError where the system refuses."""
    made = links(setup, folder_of)
    for link in made:
        link.path.parent.mkdir(parents=True, exist_ok=True)
        _save(link)
    return (f"开始菜单“{NAME}”和右键“发送到”里的 {len(made)} 项都在。",)


def folder_of(menu: Menu) -> Path:
    """The user's own folder of a menu."""
    from win32com.shell import shell  # noqa: PLC0415 - only on Windows

    return Path(shell.SHGetFolderPath(0, FOLDERS[menu], None, 0))


def _save(link: Link) -> None:
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
