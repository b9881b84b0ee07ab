"""xlwings' DLL, called as the add-in's ``XLPy`` calls it: it starts Python, finds it again, ends it.

That a new one starts afterwards is not to be seen: Wine 8 keeps a COM server that has ended in its
table, with or without this DLL.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pythoncom
import win32api
import win32com.client
import win32con
import win32event

from tests.addin.server_command import command
from tests.udfs.stubs import PACKAGE

PYTHON = Path(sys.executable)
FIND, END = 1, -1
VARIANT_SIZE, TEXT = 24, 8
PATIENCE = 10_000
"""Milliseconds."""


class Dll:
    """Its one function that matters; a Variant comes back, as VBA's functions have it."""

    def __init__(self) -> None:
        name = f"xlwings64-{version('xlwings')}.dll"
        self._activate = ctypes.WinDLL(str(PYTHON.with_name(name))).XLPyDLLActivateAuto

    def python(self) -> Any:
        """The server of this command, started unless it runs already."""
        kind, pointer = self._called(FIND)
        assert kind == pythoncom.VT_DISPATCH, kind
        found = pythoncom.ObjectFromAddress(pointer, pythoncom.IID_IDispatch)
        return win32com.client.Dispatch(found)

    def end(self) -> None:
        """End the server of this command."""
        self._called(END)

    def _called(self, mode: int) -> tuple[int, int]:
        result = ctypes.create_string_buffer(VARIANT_SIZE)
        failed = self._activate(result, command(str(PYTHON)).encode("mbcs"), mode)
        kind, pointer = struct.unpack_from("<H6xQ", result)
        if failed:
            raise OSError(ctypes.wstring_at(pointer) if kind == TEXT else f"code {failed}")
        return kind, pointer


def process(python: Any) -> int:
    found: int = python.Var(python.Eval("__import__('os').getpid()"))
    return found


def main() -> None:
    dll = Dll()
    first = process(dll.python())
    score = dll.python().CallUDF(PACKAGE, "KPI_SCORE", [18.0, 20.0, 20.0], None, None)
    print(f"KPI_SCORE(18,20,20) in process {first}: {score}")
    assert score == 18
    assert process(dll.python()) == first, "one process for all calls"
    running = win32api.OpenProcess(win32con.SYNCHRONIZE, False, first)
    dll.end()
    assert win32event.WaitForSingleObject(running, PATIENCE) == win32event.WAIT_OBJECT_0, "ended"
    print("it ended")


if __name__ == "__main__":
    main()
