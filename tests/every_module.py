"""The modules of the package, imported: for tests that look at all of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import xladdin

_LEFT_OUT = ("__main__", "legacy_child", "env", "result_window", "calc_component")
"""Scripts that stand alone, Alembic's to run within a migration, windows that only Windows has, and what
runs in LibreOffice's own Python."""


def modules() -> Iterator[ModuleType]:
    """Every module that may be imported on any system."""
    for found in pkgutil.walk_packages(xladdin.__path__, "xladdin."):
        if found.name.rpartition(".")[2] not in _LEFT_OUT:
            yield importlib.import_module(found.name)
