"""The only module that imports LibreOffice's `uno`, which is not a package of the environment.

Debian installs it for the system's Python. Its import appends to `sys.path`, replaces
`builtins.__import__` and exports URE_BOOTSTRAP; all three are undone here, so that neither the
environment's own packages nor any other child process notice it. `from com.sun.star import ...`
therefore does not work: ask `uno_class` and `uno_struct` instead.
"""

from __future__ import annotations

import builtins
import importlib
import os
import sys
from functools import cache
from typing import Any

from .tools import ToolMissing

SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"


@cache
def load_uno() -> Any:
    """Import `uno` and undo its side effects; raise `ToolMissing` when it cannot be loaded."""
    kept_path, kept_import = list(sys.path), builtins.__import__
    sys.path.append(SYSTEM_PACKAGES)
    try:
        return importlib.import_module("uno")
    except ImportError as error:
        raise ToolMissing("python3-uno for this Python version", str(error)) from error
    finally:
        sys.path[:] = kept_path
        builtins.__import__ = kept_import
        os.unsetenv("URE_BOOTSTRAP")


@cache
def uno_class(name: str) -> Any:
    """Return the class of a UNO exception or struct, for example `com.sun.star.uno.Exception`."""
    return load_uno().getClass(name)


def properties(**values: object) -> tuple[Any, ...]:
    """Return UNO PropertyValues, as the media descriptors of open and save want them."""
    make = uno_class("com.sun.star.beans.PropertyValue")
    return tuple(make(Name=name, Value=value) for name, value in values.items())


def connect(pipe: str) -> Any | None:
    """Return the component context of the soffice that listens on a pipe, None if none does."""
    local = load_uno().getComponentContext()
    resolver = create(local, "com.sun.star.bridge.UnoUrlResolver")
    try:
        return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    except uno_class("com.sun.star.connection.NoConnectException"):
        return None


def create(context: Any, service: str) -> Any:
    """Return a new instance of a UNO service in the given context."""
    return context.ServiceManager.createInstanceWithContext(service, context)
