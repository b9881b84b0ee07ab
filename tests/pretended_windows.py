"""A process of its own: runs some code as on Windows, and prints what is started until it has ended.

    python -m tests.pretended_windows "import xladdin_udfs"

The code runs twice.  The first time as it is, so that everything but xlwings and xladdin has been
imported where it really is; then both anew, where Windows and pywin32 are pretended.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from unittest import mock

from tests.one_excel import started
from tests.udfs.stubs import MENTIONED, _Anything

OWN = ("xlwings", "xladdin", "xladdin_udfs")
MORE = (
    "msvcrt",
    "win32com.client.gencache",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.util",
    "win32event",
    "winreg",
)


def main(code: str) -> None:
    exec(code, {})  # noqa: S102 - the test's own
    for name in [name for name in sys.modules if name.partition(".")[0] in OWN]:
        del sys.modules[name]
    vars(subprocess)["run"] = started
    vars(subprocess)["CREATE_NO_WINDOW"] = 0
    pretend()
    exec(code, {})  # noqa: S102


def pretend() -> None:
    """From now on this is Windows."""
    modules: dict[str, ModuleType] = {name: _Anything(name) for name in (*MENTIONED, *MORE)}
    for name, module in modules.items():
        module.__spec__ = ModuleSpec(name, None)
        package, _, own = name.rpartition(".")
        if package:
            vars(modules[package])[own] = module
    vars(modules["pythoncom"])["TypeIIDs"] = mock.MagicMock()
    sys.modules.update(modules)
    # No window is found, so that this Excel counts as one to end.
    vars(ctypes).update({name: mock.MagicMock() for name in ("oledll", "windll", "PyDLL")})
    vars(ctypes)["windll"].user32.GetTopWindow.return_value = 0
    sys.platform = "win32"


if __name__ == "__main__":
    main(sys.argv[1])
