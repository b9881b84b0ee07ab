"""What a shortcut says; that Windows writes it is seen in Wine (``tests/windows/check_setup.py``)."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from xladdin.addin.windows.shortcut import Link, save


class ComError(Exception):
    strerror = "拒绝访问"


def refused(*_: object) -> None:
    raise ComError


def test_where_windows_refuses_the_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    com, client = ModuleType("pythoncom"), ModuleType("win32com.shell")
    for name in ("CLSCTX_INPROC_SERVER", "IID_IPersistFile"):
        setattr(com, name, 0)
    com.com_error, com.CoCreateInstance = ComError, refused  # type: ignore[attr-defined]
    client.shell = SimpleNamespace(CLSID_ShellLink=0, IID_IShellLink=0)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pythoncom", com)
    monkeypatch.setitem(sys.modules, "win32com", ModuleType("win32com"))
    monkeypatch.setitem(sys.modules, "win32com.shell", client)
    link = Link(Path("菜单") / "检查.lnk", Path("pythonw.exe"), "-m x", "检查", Path("pythonw.exe"))
    with pytest.raises(OSError, match=r"检查\.lnk：拒绝访问"):
        save(link)
