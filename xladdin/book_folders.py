"""Where a workbook that is open in Excel lies on this computer."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .path_checks import is_folder

ONLINE = {
    "OneDriveCommercial": re.compile(
        r"https://[^/]+-my\.sharepoint\.com/personal/[^/]+/Documents/?(.*)"
    ),
    "OneDriveConsumer": re.compile(r"https://d\.docs\.live\.net/[^/]+/?(.*)"),
}
"""Environment variable with the folder on this computer -> the address of what lies in it."""


def folder_of(book: Any, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder on this computer where a workbook lies; None where there is none.

    xlwings looks for one in the cloud by searching whole disks, and raises what it happens to.
    """
    place = str(book.api.Path)
    if "://" not in place:
        return Path(place) if place and is_folder(Path(place)) else None
    for name, address in ONLINE.items():
        if (found := address.fullmatch(place)) and (home := environment.get(name)):
            folder = Path(home) / unquote(found[1])
            return folder if is_folder(folder) else None
    return None
