"""xlwings' own function machinery on any system.

xlwings imports it on Windows only, where pywin32 is.  Elsewhere its decorators do nothing, so that
nobody could generate the wrapper module or try a function as Excel calls it.  The code that
collects and wraps functions never calls pywin32: empty modules in its place are enough.

Everything is put back afterwards: nobody else must meet a module that only pretends.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest import mock

UDFS = "xlwings.udfs"
ON_WINDOWS = ("xlwings._xlwindows", "xlwings.com_server")
"""What it imports, and nobody else must find where pywin32 is only pretended."""
DECORATORS = {"func": "xlfunc", "arg": "xlarg", "ret": "xlret", "sub": "xlsub", "script": "xlsub"}
"""What xlwings calls its decorators, and what they are called where they are defined."""


@dataclass(frozen=True, slots=True)
class Imported:
    """xlwings' function machinery, and the module of functions that it decorated."""

    udfs: ModuleType
    functions: ModuleType

    @property
    def registered(self) -> dict[str, Mapping[str, Any]]:
        """What xlwings knows of each function: arguments, documentation, category."""
        found = (getattr(self.functions, name) for name in dir(self.functions))
        records = (getattr(each, "__xlfunc__", None) for each in found)
        return {record["name"]: record for record in records if record}


@contextmanager
def decorated(module: str) -> Iterator[Imported]:
    """A module of functions (or package), imported with xlwings' real decorators."""
    from xladdin.safe_xlwings import xw  # noqa: PLC0415 - it may be missing

    with ExitStack() as stack:
        stack.enter_context(kept_apart(UDFS, module))
        if not _has_pywin32():
            stack.enter_context(kept_apart(*ON_WINDOWS))
            stack.enter_context(put_in(stand_ins()))
        udfs = importlib.import_module(UDFS)
        for name, real in DECORATORS.items():
            decorator = getattr(udfs, real)
            stack.enter_context(mock.patch.object(xw, name, decorator, create=True))
        yield Imported(udfs, importlib.import_module(module))


def stand_ins() -> dict[str, ModuleType]:
    """The three modules of pywin32 that xlwings' function machinery imports, empty."""
    pythoncom = _module("pythoncom", CoInitialize=_nothing)
    pywintypes = _module("pywintypes", com_error=type("com_error", (Exception,), {}))
    client = _module("win32com.client", Dispatch=_nothing)
    modules = (pythoncom, pywintypes, client, _module("win32com", client=client))
    return {module.__name__: module for module in modules}


@contextmanager
def put_in(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """These modules in the place of those of their names, and nothing else ever changed.

    Not ``mock.patch.dict``: that takes out again whatever was first imported meanwhile, and who
    imports it later would get second copies of its classes.
    """
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module


@contextmanager
def kept_apart(*names: str) -> Iterator[None]:
    """Import these packages anew inside, and leave no trace of that outside."""

    def inside(name: str) -> bool:
        return any(name == own or name.startswith(f"{own}.") for own in names)

    before = {name: module for name, module in sys.modules.items() if inside(name)}
    attributes = {name: _attribute(name) for name in names}
    for name in before:
        del sys.modules[name]
    try:
        yield
    finally:
        for name in [name for name in sys.modules if inside(name)]:
            del sys.modules[name]
        sys.modules.update(before)
        for restore in attributes.values():
            restore()


def _attribute(name: str) -> Callable[[], None]:
    """Puts back what a submodule's package holds under its name."""
    package, _, own = name.rpartition(".")
    if not package:
        return _nothing
    parent = vars(importlib.import_module(package))
    had, value = own in parent, parent.get(own)

    def restore() -> None:
        if had:
            parent[own] = value
        else:
            parent.pop(own, None)

    return restore


def _has_pywin32() -> bool:
    return sys.platform.startswith("win") and importlib.util.find_spec("pythoncom") is not None


def _module(name: str, **contents: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(contents)
    return module


def _nothing(*_: object, **__: object) -> None:
    """Stands in for whatever is never called."""
