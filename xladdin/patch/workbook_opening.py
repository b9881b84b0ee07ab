"""From a file to a workbook that can be changed, or the reason why it cannot."""

from __future__ import annotations

from pathlib import Path

from xladdin.ooxml.opening import OLE, ZIP, is_protected, read_bytes
from xladdin.ooxml.package import Package
from xladdin.ooxml.refused import SAVE_AS, RefusedError, protected
from xladdin.ooxml.relations import TYPES_PART
from xladdin.ooxml.xml import STRICT
from xladdin.problems import Problem

from .workbook import Workbook

__all__ = ["open_workbook", "opened", "read_bytes", "workbook_of"]


def open_workbook(path: Path) -> tuple[Workbook | None, list[Problem]]:
    """The workbook of a file; nothing is raised."""
    data, problems = read_bytes(path)
    return (None, problems) if problems else opened(path.name, data)


def opened(file: str, data: bytes) -> tuple[Workbook | None, list[Problem]]:
    """The workbook in the bytes of a file that has been read already; nothing is raised."""
    try:
        return workbook_of(data), []
    except RefusedError as error:
        return None, [error.problem(file)]


def workbook_of(data: bytes) -> Workbook:
    """The workbook; RefusedError for what is damaged, too large, or none that we change."""
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
    if is_protected(data):
        raise protected()
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
