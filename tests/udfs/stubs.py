"""Excel's side of xlwings without Excel: its real ``call_udf`` and its real reading of values.

``xlwings.udfs`` needs little of pywin32 (see ``xladdin.addin.xlwings_import``).  To be called, a
function also needs ``xlwings._xlwindows``, which turns COM values into Python's and back; its code
is the real one too, imported over stand-ins for the parts of Windows that it only mentions.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import xlwings

from xladdin.addin.xlwings_import import Imported, decorated, kept_apart

MISSING = -2147352572
"""What Excel hands over for an argument that is left out."""
PACKAGE = "xladdin_udfs"
WINDOWS = "xlwings._xlwindows"
PATCHES = "xlwings._win32patch"
COM_SERVER = "xlwings.com_server"
MENTIONED = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32com",
    "win32com.client",
    "win32con",
    "win32gui",
    "win32process",
    "win32timezone",
)
"""Modules of pywin32 that xlwings' module for Excel mentions."""


class ComTime(dt.datetime):
    """A date as pywin32 hands it over: with a time zone that means nothing."""


@dataclass(frozen=True)
class Excel:
    """Calls worksheet functions as the add-in's wrapper does."""

    imported: Imported

    def call(self, name: str, *arguments: Any) -> Any:
        """What Excel gets; a single value as the wrapper unpacks it."""
        wanted = len(self.imported.registered[name]["args"])
        given = (*arguments, *[MISSING] * (wanted - len(arguments)))
        # The wrapper hands over the calling cell; without one, xlwings takes it for VBA.
        rows = self.imported.udfs.call_udf(PACKAGE, name, given, None, SimpleNamespace())
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows


@contextmanager
def excel() -> Iterator[Excel]:
    """The functions, registered and ready to be called."""
    with ExitStack() as stack:
        imported = stack.enter_context(decorated(PACKAGE))
        stack.enter_context(kept_apart(WINDOWS, PATCHES))
        windows = _windows()
        stack.enter_context(mock.patch.dict(sys.modules, {COM_SERVER: _com_server()}))
        engines = xlwings.engines.engines_by_name
        engine = xlwings.Engine(impl=windows.engine)
        stack.enter_context(mock.patch.dict(engines, {"excel": engine}))
        yield Excel(imported)


def _windows() -> ModuleType:
    """xlwings' module for Excel on Windows."""
    modules = {name: _Anything(name) for name in MENTIONED}
    vars(modules["win32com"])["client"] = modules["win32com.client"]
    vars(modules["pywintypes"])["TimeType"] = ComTime
    libraries = {name: mock.MagicMock() for name in ("oledll", "windll", "PyDLL")}
    folder = Path.cwd()
    try:
        with (
            mock.patch.dict(sys.modules, modules),
            mock.patch.multiple(ctypes, create=True, **libraries),
        ):
            return importlib.import_module(WINDOWS)
    finally:
        os.chdir(folder)  # the import goes elsewhere for a moment


def _com_server() -> ModuleType:
    """Only asked for its event loop, which no function here uses."""
    module = ModuleType(COM_SERVER)
    module.loop = None  # type: ignore[attr-defined]
    return module


class _Anything(ModuleType):
    """A module that has every class one could ask for."""

    __file__ = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Exception,), {})
