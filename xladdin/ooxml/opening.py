"""A file opened once, and what kind of file it is: told by content, since endings often lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from xladdin.problems import Place, Problem

from . import passwords
from .archive import Archive
from .decrypting import decrypted
from .limits import MOST_BYTES, MOST_TEXT_BYTES
from .refused import SAVE_AS, RefusedError, protected

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


MISSING = "file_missing"


@dataclass(frozen=True)
class OpenedFile:
    """A file that was opened: its bytes, or why there are none.

    Whoever else needs it gets this, not the path: what two readers of one command see is the same,
    whatever somebody saves between them.
    """

    path: Path
    data: bytes = b""
    problems: tuple[Problem, ...] = ()
    encrypted: bytes | None = field(default=None, repr=False)
    """The bytes as they lie on disk, of a file that was opened with a password."""
    password: str = field(default="", repr=False)
    """The one that opened it."""

    @property
    def on_disk(self) -> bytes:
        """What whoever replaces the file must find there."""
        return self.data if self.encrypted is None else self.encrypted

    @property
    def name(self) -> str:
        """As messages call it."""
        return self.path.name

    @property
    def is_missing(self) -> bool:
        """Whether there is no such file."""
        return any(problem.code == MISSING for problem in self.problems)

    @cached_property
    def archive(self) -> Archive:
        """Its parts, listed once for all readers; raises DamagedError and TooLargeError.

        What is read counts for each reader on its own: see ``Archive.within``.
        """
        return Archive(self.data)


def open_file(source: Path | OpenedFile) -> OpenedFile:
    """A file that is open; nothing is raised."""
    if isinstance(source, OpenedFile):
        return source
    data, problems = _read(source)
    return OpenedFile(source, data, tuple(problems)) if problems else opened(source, data)


def opened(path: Path, data: bytes) -> OpenedFile:
    """A file of which somebody has read the bytes; what has a password is opened with those given.

    Where none was given it stays closed, and whoever reads it says so.
    """
    words = passwords.known()
    if not words or not is_protected(data):
        return OpenedFile(path, data)
    try:
        found = decrypted(data, words)
    except RefusedError as error:
        return OpenedFile(path, problems=(error.problem(path.name),))
    return OpenedFile(path, found.content, encrypted=data, password=found.password)


def _read(path: Path) -> tuple[bytes, list[Problem]]:
    if path.name.startswith("~$"):
        message = "是Excel打开文件时留下的临时文件，请用原来的文件"
        return b"", [_fault(path, "file_is_lock", message)]
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
            most = MOST_BYTES if is_workbook(data) or b"\0" in data else MOST_TEXT_BYTES
            if most >= len(data) > MOST_BYTES:
                data += stream.read(most + 1 - len(data))
    except FileNotFoundError:
        return b"", [_fault(path, MISSING, "找不到这个文件")]
    except IsADirectoryError:
        return b"", [_fault(path, "file_is_folder", "是文件夹，这里应为一个表格文件")]
    except (OSError, ValueError):
        # Windows says of a folder that it may not be opened.
        if _is_folder(path):
            return b"", [_fault(path, "file_is_folder", "是文件夹，这里应为一个表格文件")]
        message = "打不开：可能正被Excel占用，或者没有权限；请关闭文件后再试"
        return b"", [_fault(path, "file_unreadable", message)]
    if len(data) > most:
        message = f"文件太大，没有打开：超过{most // 1_000_000} MB；请分成几个文件后再试"
        return b"", [_fault(path, "file_too_large", message)]
    return data, []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _fault(path: Path, code: str, message: str) -> Problem:
    return Problem(code, message, Place(path.name))


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin as a workbook does."""
    return data.startswith((ZIP, OLE))


def is_protected(data: bytes) -> bool:
    """Whether it is a workbook that opens with a password only, as far as its file says so."""
    return data.startswith(OLE) and _ENCRYPTED in data


def require_package(data: bytes) -> None:
    """RefusedError for whatever is no .xlsx, with the reason."""
    if is_protected(data):
        raise protected()
    if data.startswith(OLE):
        raise RefusedError("file_old", f"是旧格式（.xls），或者有打开密码，{SAVE_AS}")
    if not data.startswith(ZIP):
        raise RefusedError("file_not_workbook", f"不是Excel工作簿（.xlsx），{SAVE_AS}")
