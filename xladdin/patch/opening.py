"""From a file to a workbook that can be changed, or the reason why it cannot."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from xladdin.problems import Place, Problem

from .package import TYPES_PART, Package, TooLargeError
from .refused import RefusedError
from .workbook import Workbook
from .xml import STRICT, BrokenXmlError

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BROKEN = (
    BrokenXmlError,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What a damaged file makes zipfile and our own readers raise."""

SAVE_AS = "请在Excel里另存为“Excel 工作簿（*.xlsx）”后再试"


def open_workbook(path: Path) -> tuple[Workbook | None, list[Problem]]:
    """The workbook of a file; nothing is raised."""
    data, problems = read_bytes(path)
    if problems:
        return None, problems
    try:
        return workbook_of(data), []
    except RefusedError as error:
        return None, [error.problem(path.name)]
    except TooLargeError:
        return None, [Problem("file_too_large", "文件太大，没有打开", Place(path.name))]
    except BROKEN:
        message = f"文件已损坏，或者不是Excel工作簿，{SAVE_AS}"
        return None, [Problem("file_corrupt", message, Place(path.name))]


def read_bytes(path: Path) -> tuple[bytes, list[Problem]]:
    """A file's content, or why there is none."""
    if path.name.startswith("~$"):
        return b"", [
            _fault(path, "file_is_lock", "是Excel打开文件时留下的临时文件，请用原来的文件")
        ]
    try:
        return path.read_bytes(), []
    except FileNotFoundError:
        return b"", [_fault(path, "file_missing", "找不到这个文件")]
    except IsADirectoryError:
        return b"", [_fault(path, "file_is_folder", "是文件夹，这里应为一个工作簿")]
    except (OSError, ValueError):
        message = "打不开：可能正被Excel占用，或者没有权限；请关闭文件后再试"
        return b"", [_fault(path, "file_unreadable", message)]


def _fault(path: Path, code: str, message: str) -> Problem:
    return Problem(code, message, Place(path.name))


def workbook_of(data: bytes) -> Workbook:
    """The workbook; RefusedError for what is none that we change, BROKEN for damage."""
    _check_kind(data)
    package = Package(data)
    _check_package(package)
    part = next(iter(package.related("", "officeDocument")), "xl/workbook.xml")
    if part.lower().endswith(".bin"):
        raise RefusedError("file_binary", f"是二进制工作簿（.xlsb），{SAVE_AS}")
    if str(package.xml(part).tag).startswith(f"{{{STRICT}}}"):
        raise RefusedError("file_strict", f"是“严格 Open XML”格式，{SAVE_AS}")
    return Workbook(package, part)


def _check_kind(data: bytes) -> None:
    if ENCRYPTED in data and data.startswith(OLE):
        raise RefusedError("file_protected", "文件有打开密码，请在Excel里取消密码、保存后再试")
    if data.startswith(OLE):
        raise RefusedError("file_old", f"是旧格式（.xls），或者有打开密码，{SAVE_AS}")
    if not data.startswith(ZIP):
        raise RefusedError("file_not_workbook", f"不是Excel工作簿（.xlsx），{SAVE_AS}")


def _check_package(package: Package) -> None:
    if TYPES_PART not in package:
        raise RefusedError("file_not_workbook", f"不是Excel工作簿（.xlsx），{SAVE_AS}")
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        message = "文件有数字签名，改动会使签名失效；请先在Excel里去掉签名，保存后再试"
        raise RefusedError("file_signed", message)
