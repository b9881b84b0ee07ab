"""Where this user's menus lie, and our entries put into them; like ``machine`` it asks the system, and holds no decisions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .menu_entries import NAME, Menu, links
from .setup_folder import SetupFolder
from .shortcut import save

FOLDERS = {Menu.PROGRAMS: 0x0002, Menu.SEND_TO: 0x0009}
"""As SHGetFolderPath counts them: CSIDL_PROGRAMS, CSIDL_SENDTO."""


def put_links(setup: SetupFolder) -> Iterable[str]:
    """Make every entry anew, and say so.  OSError where the system refuses."""
    made = links(setup, folder_of)
    for link in made:
        link.path.parent.mkdir(parents=True, exist_ok=True)
        save(link)
    return (f"开始菜单“{NAME}”和右键“发送到”里的 {len(made)} 项都在。",)


def folder_of(menu: Menu) -> Path:
    """The user's own folder of a menu."""
    from win32com.shell import shell  # noqa: PLC0415 - only on Windows

    return Path(shell.SHGetFolderPath(0, FOLDERS[menu], None, 0))
