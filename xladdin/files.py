"""Files on disk: names that every system takes, and files that are whole or not there.

Everything is written aside, in the same folder, and then renamed: whoever looks sees the old file
or the new one.  What is replaced lends the new file its mode and, as far as the system allows, its
owner and group; a new file has those of the umask, a private one is its owner's alone.  Access
lists (ACLs) are those of the folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
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
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "超过了这个位置允许的文件大小",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "路径中有一段是文件，不是文件夹",
}


OPEN_FILE, PRIVATE_FILE = 0o666, 0o600
OPEN_FOLDER, PRIVATE_FOLDER = 0o777, 0o700
NO_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""What file systems say that know no fsync."""
HOST = hashlib.sha256(b"" if WINDOWS else os.uname().nodename.encode()).hexdigest()[:8]
TEMPORARY = re.compile(r"\.xladdin-(?:([0-9a-f]{8})-(\d+)-)?\w{8}\.tmp")
LEFT_BEHIND = 600.0
"""Seconds after which nobody is still writing a temporary file."""
SCANNED = (0.0, 0.05, 0.1, 0.2, 0.4) if WINDOWS else (0.0,)
"""Pauses in seconds between attempts to rename: scanners hold fresh files on Windows."""


_SWEPT: ContextVar[set[Path] | None] = ContextVar("swept", default=None)
"""Folders that need not be swept again."""


class FileLockedError(Exception):
    """The file is open in Excel, WPS or LibreOffice, or may not be written."""


class FileChangedError(Exception):
    """The file is no longer what was read: somebody has saved, removed or made it since."""


class NotOursError(Exception):
    """There is a file that was not written here, or that somebody has saved since."""


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
    folder, name = os.path.split(path)  # asked for each of many files: a Path for each takes longer
    owners = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#")
    return any(_is_held(os.path.join(folder, owner)) for owner in owners)


def _is_held(owner: str) -> bool:
    """Whether somebody still has what an owner file stands for open.

    After a crash the file stays.  On Windows nobody else may write to it while Excel lives; and if
    it was held after all, the workbook itself cannot be replaced either.
    """
    if not WINDOWS:
        return os.path.exists(owner)
    try:
        with Path(owner).open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


def same_file(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file, as far as that can be known: through links, relative, in
    other letter case."""
    with suppress(OSError, ValueError):
        return path.samefile(other)
    with suppress(OSError, RuntimeError, ValueError):
        return path.resolve() == other.resolve()
    return path.absolute() == other.absolute()


def content_of(path: Path) -> bytes | None:
    """What a file holds; None where there is none.

    Raises FileLockedError where it may not be read or is a folder, OSError for anything else.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except (PermissionError, IsADirectoryError) as error:
        raise FileLockedError(str(path)) from error


def replaceable(path: Path, ours: Callable[[bytes], bool], *, overwrite: bool) -> bytes | None:
    """The content that may be replaced, to be handed to ``save_if_same``; None: no file yet.

    Raises NotOursError for a file that is not ours, unless it is to be overwritten all the same;
    otherwise what ``content_of`` raises.
    """
    # Also where nothing will be written: a killed run may have done all but tidy up.
    sweep(path.parent)
    before = content_of(path)
    if before is not None and not overwrite and not ours(before):
        raise NotOursError(str(path))
    return before


def save_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file so that it is never seen half-written, over whatever is there.

    Raises FileLockedError where the target is open in an office program or cannot be replaced,
    OSError where the disk refuses.  ``private`` makes a new file, and new folders, their owner's.
    """
    with written_aside(path, content, private=private) as aside:
        _rename(aside, path)


def save_if_same(
    path: Path, before: bytes | None, content: bytes, *, private: bool = False
) -> None:
    """Write a file over what was read from it, and over nothing else; None: over no file.

    Raises what ``save_whole`` raises, and FileChangedError where there is something else now.
    """
    with written_aside(path, content, private=private) as aside:
        put(aside, path, before)


def move_over(
    old: Path, before: bytes, new: Path, content: bytes, *, private: bool = False
) -> None:
    """Write a file where none is, in the place of another that is removed once it is there.

    Raises what ``save_if_same`` raises; FileChangedError also where the old file is no longer the
    one that was read before: then both are there.
    """
    save_if_same(new, None, content, private=private)
    if in_use(old):
        raise FileLockedError(str(old))
    if content_of(old) != before:
        raise FileChangedError(str(old))
    try:
        old.unlink()
    except PermissionError as error:
        raise FileLockedError(str(old)) from error


def add_lines(path: Path, lines: bytes) -> None:
    """Write on at the end of a file, which is no book: half a line may be there after a crash.

    Raises OSError.
    """
    make_folder(path.parent)
    with path.open("ab") as stream:
        stream.write(lines)


@contextmanager
def written_aside(path: Path, content: bytes, *, private: bool = False) -> Iterator[Path]:
    """A file beside the target, written and safe on the disk; gone at the end unless it was put.

    What killed runs have left in the folder is swept before.
    """
    with locked_if_refused(path):
        aside = begun_aside(path, content, private=private)
        try:
            make_lasting(aside)
            yield aside
            sync_folder(path.parent)
        finally:
            discard(aside)


@contextmanager
def locked_if_refused(path: Path) -> Iterator[None]:
    """FileLockedError for what the system says where a file may not be written."""
    try:
        yield
    except (PermissionError, IsADirectoryError) as error:
        raise FileLockedError(str(path)) from error


def begun_aside(path: Path, content: bytes, *, private: bool = False) -> Path:
    """A file beside the target that need not be safe on the disk yet; nothing where it fails."""
    if in_use(path):
        raise FileLockedError(str(path))
    make_folder(path.parent, private=private)
    sweep(path.parent)
    aside = path.with_name(f".xladdin-{HOST}-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        _write(aside, content, _stat(path), private)
    except BaseException:
        discard(aside)
        raise
    return aside


def discard(aside: Path) -> None:
    """Remove a file that was not put in its place; where that cannot be, the next run sweeps it."""
    with suppress(OSError):
        aside.unlink(missing_ok=True)


def make_lasting(aside: Path) -> None:
    """Wait until a file is safe on the disk.  Raises OSError."""
    file = os.open(aside, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        _sync(file)
    finally:
        os.close(file)


def put(aside: Path, path: Path, before: bytes | None) -> None:
    """Rename a file into place if its content is still the one that was read before.

    Looked at last thing: between the look and the renaming lie two calls of the system.
    """
    if before is None:
        _put_new(aside, path)
        return
    seen = _stat(path)
    if seen is None or content_of(path) != before or _changed(seen, path):
        raise FileChangedError(str(path))
    _rename(aside, path)


def _changed(seen: os.stat_result, path: Path) -> bool:
    now = _stat(path)
    told = ("st_ino", "st_dev", "st_size", "st_mtime_ns")
    return now is None or any(getattr(now, name) != getattr(seen, name) for name in told)


def _put_new(aside: Path, path: Path) -> None:
    """Into a place where no file may be: of two who try at once one wins."""
    try:
        if WINDOWS:
            _rename(aside, path, os.rename)
        elif not _linked(aside, path):
            # No hard links here (FAT, some shares): between the look and the renaming lies a call.
            if path.exists():
                raise FileExistsError(str(path))
            _rename(aside, path)
    except FileExistsError as error:
        raise FileChangedError(str(path)) from error


def _linked(aside: Path, path: Path) -> bool:
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def _rename(aside: Path, path: Path, how: Callable[[Path, Path], object] = os.replace) -> None:
    for pause in SCANNED[1:]:
        with suppress(PermissionError):
            how(aside, path)
            return
        time.sleep(pause)
    how(aside, path)


def make_folder(folder: Path, *, private: bool = False) -> None:
    """The folder and those above it; those that are there keep their modes.  Raises OSError."""
    if not folder.is_dir() and folder != folder.parent:
        make_folder(folder.parent, private=private)
        folder.mkdir(PRIVATE_FOLDER if private else OPEN_FOLDER, exist_ok=True)


def _write(aside: Path, content: bytes, before: os.stat_result | None, private: bool) -> None:
    # Private until it is known who may read it.
    mode = PRIVATE_FILE if private or before else OPEN_FILE
    with open(aside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as stream:
        stream.write(content)
        stream.flush()
        if before is not None and not WINDOWS:
            _take_over(stream.fileno(), before)


def _take_over(file: int, before: os.stat_result) -> None:
    """Owner, group and mode of the file that will be replaced, as far as the system allows."""
    mode = stat.S_IMODE(before.st_mode) & OPEN_FOLDER
    now = os.fstat(file)
    if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        for owner in (before.st_uid, -1):
            with suppress(OSError):
                os.fchown(file, owner, before.st_gid)
                break
        if os.fstat(file).st_gid != before.st_gid:
            # What one group might do is not for another.
            mode &= ~stat.S_IRWXG
    # Some shares know no modes.
    with suppress(OSError):
        os.fchmod(file, mode)


def _sync(file: int) -> None:
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise


def sync_folder(folder: Path) -> None:
    """Make the new name last; Windows sees to that by itself, and shares need not know it."""
    if WINDOWS:
        return
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


@contextmanager
def sweeping_once() -> Iterator[None]:
    """Each folder is swept once only within: to look through it for each of its files takes time
    that grows with the square of their number."""
    before = _SWEPT.set(set())
    try:
        yield
    finally:
        _SWEPT.reset(before)


def sweep(folder: Path) -> None:
    """Remove the temporary files of runs that were killed, never those of a living one."""
    swept = _SWEPT.get()
    if swept is not None:
        if folder in swept:
            return
        swept.add(folder)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = TEMPORARY.fullmatch(entry.name)
            if found and _is_left_behind(entry, found[1], found[2]):
                with suppress(OSError):
                    Path(entry.path).unlink()


def _is_left_behind(entry: os.DirEntry[str], host: str | None, process: str | None) -> bool:
    """Of a process of this machine that is gone; else, old.

    On Windows a process cannot be asked without a risk to it, so there it is the age alone.
    """
    if host == HOST and process and not WINDOWS and not _runs(int(process)):
        return True
    try:
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > LEFT_BEHIND
    except OSError:
        return False


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
