"""A file's bytes and what kind of file they are; told by content, since endings often lie."""

from __future__ import annotations

from pathlib import Path

from xladdin.problems import Place, Problem

from .limits import MOST_BYTES

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_bytes(path: Path) -> tuple[bytes, list[Problem]]:
    """A file's content, or why there is none; nothing is raised."""
    if path.name.startswith("~$"):
        message = "是Excel打开文件时留下的临时文件，请用原来的文件"
        return b"", [_fault(path, "file_is_lock", message)]
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return b"", [_fault(path, "file_missing", "找不到这个文件")]
    except IsADirectoryError:
        return b"", [_fault(path, "file_is_folder", "是文件夹，这里应为一个表格文件")]
    except (OSError, ValueError):
        # Windows says of a folder that it may not be opened.
        if _is_folder(path):
            return b"", [_fault(path, "file_is_folder", "是文件夹，这里应为一个表格文件")]
        message = "打不开：可能正被Excel占用，或者没有权限；请关闭文件后再试"
        return b"", [_fault(path, "file_unreadable", message)]
    if len(data) > MOST_BYTES:
        message = f"文件太大，没有打开：超过{MOST_BYTES // 1_000_000} MB；请分成几个文件后再试"
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
