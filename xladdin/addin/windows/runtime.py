"""The Python behind the functions: the right xlwings, and found by Excel."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from xladdin.addin.glue import GlueChangedError

from .conf import inexpressible, interpreter
from .excel_settings import excel_of
from .findings import Finding, broken, ok, remark
from .machine import Machine

XLWINGS = "0.37.8"
"""As the project's settings pin it: the DLL's name carries the version."""
INSTALL = "请运行 xladdin addin install"
AGAIN = "请重新运行 xladdin addin install"
PIP = "请运行 pip install xladdin"


def built(machine: Machine, build: Callable[[], bytes]) -> bytes | Finding:
    """The add-in of this version, or why there is none."""
    found = xlwings(machine)
    if found.is_broken:
        return found
    try:
        return build()
    except GlueChangedError:
        return broken(
            "wrong_xlwings",
            "安装的 xlwings 被改动过",
            "请运行 pip install --force-reinstall xladdin",
        )


def xlwings(machine: Machine) -> Finding:
    """Whether the running Python has the right xlwings."""
    if machine.xlwings is None:
        return broken("no_xlwings", "没有安装 xlwings", PIP)
    if machine.xlwings != XLWINGS:
        return broken("wrong_xlwings", f"xlwings 是 {machine.xlwings}，需要 {XLWINGS}", PIP)
    return ok("xlwings", f"xlwings {XLWINGS}")


def pywin32(machine: Machine) -> Finding:
    """Whether the running Python can answer Excel."""
    if machine.has_pywin32:
        return ok("pywin32", "pywin32 可以使用")
    advice = "请运行 pip install --force-reinstall pywin32"
    return broken("pywin32", "没有安装 pywin32，或者它不能使用", advice)


def readable_paths(machine: Machine) -> Finding:
    """Whether Excel's VBA, which knows only one code page, can read our paths."""
    for what, path in (("Python ", machine.python), ("用户文件夹", str(machine.user_folder))):
        if letters := inexpressible(path, machine.code_page):
            message = f"{what}的路径 {path} 里有 Excel 的宏读不出的字“{letters}”"
            return broken("path", message, _other_path(machine, what))
    return ok("path", "Excel 的宏读得出各个路径")


def named(machine: Machine) -> Finding:
    """Whether the settings file names a Python that is there."""
    python = python_of(machine)
    if python is None:
        return broken("python", f"没有在 {machine.conf} 里登记 Python", INSTALL)
    if not Path(python).is_file():
        return broken("python", f"登记的 Python 不在了：{python}", INSTALL)
    if not _is_same(python, machine.python):
        advice = f"想让 Excel 用现在这个 {machine.python}，{INSTALL}；否则请用登记的那个运行 doctor"
        return remark("python", f"登记的是另一个 Python：{python}", advice)
    return ok("python", f"Excel 用的 Python：{python}")


def dll(machine: Machine) -> Finding | None:
    """Whether xlwings' DLL for this Excel lies where the add-in looks for it."""
    python = python_of(machine)
    if python is None:
        return None
    excel = excel_of(machine)
    sizes = (excel.bits,) if excel and excel.bits else (64, 32)
    # Two folders: beside Python, and above it, as a virtual environment has it.
    folders = (Path(python).parent, Path(python).parent.parent)
    names = [f"xlwings{bits}-{XLWINGS}.dll" for bits in sizes]
    for path in (folder / name for folder in folders for name in names):
        if path.is_file():
            return ok("dll", f"{path.name} 在 {path.parent}")
    places = " 和 ".join(map(str, folders))
    return broken("dll", f"没有 {' 或 '.join(names)}，找过 {places}", _new_environment())


def python_of(machine: Machine) -> str | None:
    """The Python that the settings file names."""
    try:
        return interpreter(machine.conf.read_bytes(), machine.code_page)
    except OSError:
        return None


def _is_same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _other_path(machine: Machine, what: str) -> str:
    moved = "把 Python 装到只有英文字母的文件夹再试，或者" if what == "Python " else ""
    return (
        f"请{moved}在 Windows 的“区域 → 管理 → 更改系统区域设置”里选中文后重启"
        f"（现在是 {machine.code_page}）"
    )


def _new_environment() -> str:
    # pip without the right to write beside Python puts the DLL where the add-in does not look.
    return (
        "请重新安装：pip install --force-reinstall xladdin；如果还是没有，"
        "请用 python -m venv 建一个虚拟环境，在里面安装后运行 xladdin addin install"
    )
