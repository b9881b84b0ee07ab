"""Files on disk: names that every system takes, and files that are whole or not there."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
# Names that Windows keeps for devices, whatever the ending.
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
LONGEST = 80


class FileLockedError(Exception):
    """The file is open in Excel, WPS or LibreOffice, or may not be written."""


def safe_name(text: str) -> str:
    """A text as part of a file name: no separators, no dots at the ends, at most 80 characters."""
    name = FORBIDDEN.sub("_", text).strip(" .")[:LONGEST].strip(" .")
    return f"_{name}" if not name or DEVICES.fullmatch(name) else name


def in_use(path: Path) -> bool:
    """Whether an office program has the file open (it leaves an owner file beside it)."""
    owners = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any(path.with_name(owner).exists() for owner in owners)


def save_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half-written: aside, then renamed into place.

    Raises FileLockedError where the target is open in an office program or cannot be replaced.
    """
    if in_use(path):
        raise FileLockedError(str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".xladdin-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # mkstemp makes the file private; a form is to be handed around.
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except (PermissionError, IsADirectoryError) as error:
        raise FileLockedError(str(path)) from error
    finally:
        Path(aside).unlink(missing_ok=True)
