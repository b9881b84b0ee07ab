"""Where a workbook that is open in Excel lies on this computer."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .path_checks import is_folder

if sys.platform == "win32":
    import winreg

ONLINE = {
    "OneDriveCommercial": re.compile(
        r"https://[^/]+-my\.sharepoint\.(?:com|cn)/personal/[^/]+/Documents/?(.*)"
    ),
    "OneDriveConsumer": re.compile(r"https://d\.docs\.live\.net/[^/]+/?(.*)"),
}
"""Environment variable with the folder on this computer -> the address of what lies in it."""
PROVIDERS = r"Software\SyncEngines\Providers\OneDrive"
"""Where OneDrive notes, for each library that it keeps on this computer, its address and its folder."""

Kept = Iterable[tuple[str, str]]
"""Addresses in the cloud, and the folders on this computer where what lies there is kept."""


def folder_of(
    book: Any,
    environment: Mapping[str, str] = os.environ,
    kept: Callable[[], Kept] | None = None,
) -> Path | None:
    """The folder on this computer where a workbook lies; None where there is none.

    xlwings looks for one in the cloud by searching whole disks, and raises what it happens to.
    """
    place = str(book.api.Path)
    if "://" not in place:
        return Path(place) if place and is_folder(Path(place)) else None
    for folder in (
        *_below_libraries(place, (kept or libraries)()),
        *_below_home(place, environment),
    ):
        if is_folder(folder):
            return folder
    return None


def _below_libraries(place: str, kept: Kept) -> Iterator[Path]:
    """Where it lies below a library that is kept here; the library nearest to it first."""
    asked = [unquote(part) for part in place.split("/")]
    folded = [part.casefold() for part in asked]
    found = []
    for address, folder in kept:
        begins = [unquote(part).casefold() for part in address.rstrip("/").split("/")]
        if len(begins) > SERVER and folded[: len(begins)] == begins:
            found.append((len(begins), Path(folder, *asked[len(begins) :])))
    yield from (path for _, path in sorted(found, reverse=True))


SERVER = 2
"""Parts of an address before the one that names the server: ``https:``, nothing."""


def _below_home(place: str, environment: Mapping[str, str]) -> Iterator[Path]:
    """Where it lies below somebody's own OneDrive, as older ones tell it."""
    for name, address in ONLINE.items():
        if (found := address.fullmatch(place)) and (home := environment.get(name)):
            yield Path(home) / unquote(found[1])


def libraries() -> Kept:
    """What OneDrive keeps on this computer: one's own files, and libraries of SharePoint, whatever
    cloud they are in (in China its servers have other names)."""
    found: list[tuple[str, str]] = []
    if sys.platform == "win32":
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, PROVIDERS) as providers:
            for number in range(winreg.QueryInfoKey(providers)[0]):
                with (
                    suppress(OSError),
                    winreg.OpenKey(providers, winreg.EnumKey(providers, number)) as one,
                ):
                    address, _ = winreg.QueryValueEx(one, "UrlNamespace")
                    folder, _ = winreg.QueryValueEx(one, "MountPoint")
                    found.append((str(address), str(folder)))
    return found
