"""Files on disk: names that every system takes, and files that are whole or not there."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path

from .characters import visible

WINDOWS = os.name == "nt"
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x85\u2028\u2029]+')
# Names that Windows keeps for devices, whatever the ending.
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])( *\..*)?")
LONGEST_PATH = 218
"""Excel opens and saves no file whose path has more characters (Microsoft, KB 131464)."""
LONGEST, LONGEST_BYTES = 80, 240
"""Most file systems take 255 bytes; a folder's path and an ending come on top of the name."""
REASONS = {
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.EROFS: "这个位置只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "路径中有一段是文件，不是文件夹",
}


class FileLockedError(Exception):
    """The file is open in Excel, WPS or LibreOffice, or may not be written."""


def safe_name(text: str) -> str:
    """A text as part of a file name: no separators, no dots at the ends, at most 80 characters.

    Nor what nobody sees: it would make two names look alike, or turn the ending round.
    """
    name = FORBIDDEN.sub("_", visible(text)).strip(" .")[:LONGEST]
    name = name.encode(errors="ignore")[:LONGEST_BYTES].decode(errors="ignore").strip(" .")
    return f"_{name}" if not name or DEVICES.fullmatch(name) else name


def reason(error: OSError) -> str:
    """Why a file could not be written, in the clerk's words where they are known."""
    return REASONS.get(error.errno or 0, error.strerror or str(error))


def too_long(path: Path) -> bool:
    """Whether Excel on Windows could not open a file because of the length of its path."""
    return WINDOWS and len(str(path.absolute())) > LONGEST_PATH


def in_use(path: Path) -> bool:
    """Whether an office program has the file open (it leaves an owner file beside it)."""
    owners = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any(map(_is_held, map(path.with_name, owners)))


def _is_held(owner: Path) -> bool:
    """Whether somebody still has what an owner file stands for open.

    After a crash the file stays.  On Windows nobody else may write to it while Excel lives; and if
    it was held after all, the workbook itself cannot be replaced either.
    """
    if not WINDOWS:
        return owner.exists()
    try:
        with owner.open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


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
