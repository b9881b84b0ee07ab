"""From a file to a workbook that can be changed, or the reason why it cannot."""

from __future__ import annotations

from pathlib import Path

from xladdin.ooxml.opening import OpenedFile, open_file, require_package
from xladdin.ooxml.package import Package
from xladdin.ooxml.refused import SAVE_AS, RefusedError
from xladdin.ooxml.relations import TYPES_PART
from xladdin.ooxml.xml import STRICT
from xladdin.problems import Problem

from .workbook import Workbook


def open_workbook(
    source: Path | OpenedFile, *, is_master: bool = False
) -> tuple[Workbook | None, list[Problem]]:
    """The workbook of a file; nothing is raised.  A master may be larger than others."""
    file = open_file(source)
    if file.problems:
        return None, [*file.problems]
    try:
        return _workbook(file, is_master=is_master), []
    except RefusedError as error:
        return None, [error.problem(file.name)]


def workbook_of(data: bytes) -> Workbook:
    """The workbook; RefusedError for what is damaged, too large, or none that we change."""
    return _workbook(OpenedFile(Path(), data))


def _workbook(file: OpenedFile, *, is_master: bool = False) -> Workbook:
    require_package(file.data)
    package = Package(file.archive, is_master=is_master)
    _check_package(package)
    part = package.main
    if part.lower().endswith(".bin"):
        raise RefusedError("file_binary", f"是二进制工作簿（.xlsb），{SAVE_AS}")
    if str(package.xml(part).tag).startswith(f"{{{STRICT}}}"):
        raise RefusedError("file_strict", f"是“严格 Open XML”格式，{SAVE_AS}")
    return Workbook(package, part)


def _check_package(package: Package) -> None:
    if TYPES_PART not in package:
        raise RefusedError("file_not_workbook", f"不是Excel工作簿（.xlsx），{SAVE_AS}")
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        message = "文件有数字签名，改动会使签名失效；请先在Excel里去掉签名，保存后再试"
        raise RefusedError("file_signed", message)
