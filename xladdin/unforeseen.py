"""What nobody foresaw: one Chinese sentence for the user, the details for whoever helps.

All fronts end here: the command line, the ribbon, a cell.  The details go to a log in the user's
own folder.  It is meant to be sent to somebody else, so it holds nobody's data: no message of an
exception (it quotes ids, names, figures), no argument, no path above a module.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from . import __version__
from .files import REASONS, FileLockedError
from .paths import PACKAGE, templates_dir, user_folder
from .problems import Place, Problem

EXIT_CODE = 70
"""What a program ends with after an internal fault (sysexits: EX_SOFTWARE)."""
NAME, MOST_BYTES = "xladdin.log", 1_000_000
MOST_FRAMES = 60
"""Of endless recursion the ends tell everything."""

WHOLE = "这一步没有做完，已经写好的文件都是完整的"
_ANYWHERE = {
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "ENOENT": "找不到这个文件或文件夹",
    "EISDIR": "是文件夹，不是文件",
    "EIO": "磁盘或网络出错",
    "EDQUOT": "磁盘配额已满",
    "EFBIG": "文件太大",
    "ELOOP": "链接绕成了圈",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "EBUSY": "正在被别的程序使用",
    "ETXTBSY": "正在被别的程序使用",
    "ENOTEMPTY": "文件夹不是空的",
    "EXDEV": "不能移到另一个磁盘",
    "EINVAL": "名字或位置不能用",
    "ENODEV": "磁盘或网络位置不在了",
    "ENXIO": "磁盘或网络位置不在了",
    "ESTALE": "网络位置断开了",
    "ETIMEDOUT": "网络位置没有回应",
    "EHOSTDOWN": "网络位置没有回应",
    "EHOSTUNREACH": "连不上网络位置",
    "ENETUNREACH": "连不上网络位置",
    "ENOTCONN": "网络位置断开了",
}
"""By name, since not every system knows every one."""
FORESEEN = REASONS | {
    getattr(errno, name): said for name, said in _ANYWHERE.items() if hasattr(errno, name)
}
"""What may happen to any file at any time, and is nobody's mistake in the program."""


def log_file() -> Path:
    """The log, in the user's own folder; RuntimeError where the user has none."""
    return user_folder() / NAME


def note(text: str) -> bool:
    """Add a line with the time to the log; whether it is there now.  Never raises.

    Two processes may write at once: each entry is written in one piece at the end.
    """
    line = f"{dt.datetime.now():%Y-%m-%d %H:%M:%S} {text}\n"
    try:
        _append(log_file(), line.encode("utf-8", "replace"))
    except (OSError, RuntimeError, ValueError):
        return False
    return True


def _append(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _put_aside(path)
    # Not through a link that somebody has put there, nor waiting for whoever reads a pipe.
    only = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | only, 0o600)
    try:
        with suppress(OSError, AttributeError):  # Windows has no such modes
            os.fchmod(handle, 0o600)
        if os.write(handle, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(handle)


def _put_aside(path: Path) -> None:
    """Begin anew when the log has grown; the one before is kept."""
    with suppress(OSError):
        if path.stat().st_size > MOST_BYTES:
            path.replace(path.with_suffix(".old.log"))


def record(what: str, error: BaseException) -> bool:
    """Log an exception under ``what`` was being done; whether that worked.  Never raises."""
    try:
        return note(f"{what}\n{details(error)}")
    except Exception:
        # Whatever is wrong with the exception: that there was one is known at least.
        return note(f"{what}\n{type(error).__name__}")


def details(error: BaseException) -> str:
    """Versions, and where the exception came from, and all that led to it."""
    system = f"Python {platform.python_version()}, {sys.platform}"
    return "\n".join([f"xladdin {__version__}, {system}", *_chain(error)])


def _chain(error: BaseException) -> Iterator[str]:
    for number, found in enumerate(causes(error)):
        if number:
            yield "which came after:"
        yield "Traceback (most recent call last):"
        yield from _frames(found)
        yield f"{_kind(found)}{_number(found)}"


def causes(error: BaseException) -> Iterator[BaseException]:
    """An exception, and each that led to the one before."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _frames(error: BaseException) -> list[str]:
    # Not as the standard library formats it: that reads source files, and disks may be full.
    told = [
        f'  File "{_below(frame.f_code.co_filename)}", line {line}, in {frame.f_code.co_name}'
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    if len(told) <= MOST_FRAMES:
        return told
    half = MOST_FRAMES // 2
    return [*told[:half], f"  … {len(told) - 2 * half} more …", *told[-half:]]


def _below(filename: str) -> str:
    """A module's file below the folder of packages: what is above names people and companies."""
    path = PurePath(filename)
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE.parent).as_posix()
    parts = path.parts
    known = [i for i, part in enumerate(parts) if part in ("site-packages", "dist-packages")]
    return "/".join(parts[known[-1] + 1 :]) if known else path.name


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _number(error: BaseException) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return "" if number is None else f" {errno.errorcode.get(number, number)}"


def sentence(error: BaseException, *, logged: bool) -> str:
    """What a user is told: what happened, that what was written is whole, where the details are."""
    where = (
        f"详情记在 {log_file()}，可以发给技术支持"
        if logged
        else f"详情没能记下来（{_place(error)}）"
    )
    return f"出了意外（{_said(error)}），{WHOLE}；{where}。"


def _said(error: BaseException) -> str:
    match error:
        case MemoryError():
            return "内存不够"
        case RecursionError():
            return "内容套得太深"
        case OSError():
            return "读写文件或设备时出错"
        case _:
            return "程序内部出错"


def _place(error: BaseException) -> str:
    """The exception and where it came from, for who can be sent nothing else."""
    where = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        where = f" {_below(frame.f_code.co_filename)}:{line}"
    return f"{_kind(error)}{_number(error)}{where}"


def foreseen(error: BaseException) -> Problem | None:
    """The problem that an exception stands for where it is the world's fault, not the program's.

    Whoever works on files says more exactly what is wrong with which; this is for the moments that
    nobody thought of.  A file of our own that is missing is no such thing.
    """
    if isinstance(error, FileLockedError):
        message = "文件打不开或正在被 Excel、WPS 使用，请关闭后再试"
        return Problem("file_locked", message, Place(file=str(error)))
    if not isinstance(error, OSError) or error.errno not in FORESEEN:
        return None
    name = error.filename
    file = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else ""
    if file and _is_ours(file):
        return None
    return Problem("os_error", f"{FORESEEN[error.errno]}，这一步没有做完", Place(file=file))


def _is_ours(file: str) -> bool:
    with suppress(FileNotFoundError):
        if PurePath(file).is_relative_to(templates_dir()):
            return True
    return PurePath(file).is_relative_to(PACKAGE)
