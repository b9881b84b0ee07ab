"""What `make test-windows` runs is not run by `make test`: here it is at least read."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("windows")
OURS = ("xladdin", "xladdin_udfs", "tests")
NEED_WINDOWS = ("tests.windows",)
"""They import pywin32 themselves; each is read here too."""


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Each name that a check imports from us, with its module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            if module.partition(".")[0] in OURS and not module.startswith(NEED_WINDOWS):
                yield from ((module, alias.name) for alias in node.names)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_what_a_check_imports_is_there(path: Path) -> None:
    for module, name in imports(path):
        found = importlib.import_module(module)
        if not hasattr(found, name):
            importlib.import_module(f"{module}.{name}")
    assert "tests.windows.check_server" not in sys.modules


def test_the_script_runs_every_check() -> None:
    script = (FOLDER / "run.sh").read_text("utf-8")
    checks = {path.stem for path in FOLDER.glob("check_*.py")}
    assert checks
    assert all(check in script for check in checks)
