"""All VBA of the add-in, read by an analyser that knows what Excel's compiler refuses.

LibreOffice compiles it too (``test_build``), and finds blocks without an end, which this does not;
but it knows neither Excel's objects nor what 64 bits ask of a ``Declare``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from xladdin.addin import build
from xladdin.addin.glue import PYTHON
from xladdin.addin.vba import Module

from . import samples

FAULTS = {
    # What the add-in's own code would get wrong most easily.
    "a name that nobody declares": ("XladdinRibbon", "Python.Click Mid(", "Pyhton.Click Mid("),
    "an argument too many": (PYTHON, "XLPyLoadDLL\r\n    If 0", "XLPyLoadDLL 1\r\n    If 0"),
    "a procedure that was cut": (PYTHON, "    Prepare\r\n", "    ReadFile command\r\n"),
    "a declaration without PtrSafe": (PYTHON, "Declare PtrSafe Function", "Declare Function"),
}


def errors(path: Path, modules: Sequence[Module]) -> list[str]:
    """What an analyser says of a project; its remarks about style are left out."""
    path.write_bytes(build.add_in(modules, samples.generated()))
    command = [sys.executable, "-m", "pyvbaanalysis", "--format", "json", str(path)]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode in (0, 1), done.stderr.decode()
    return list(_errors(json.loads(done.stdout)))


def _errors(found: object) -> list[str]:
    """Whatever is called an error, wherever it stands in the answer."""
    match found:
        case {"severity": "error", "code": code}:
            return [str(code)]
        case dict():
            return [code for value in found.values() for code in _errors(value)]
        case list():
            return [code for value in found for code in _errors(value)]
        case _:
            return []


def test_nothing_is_refused(tmp_path: Path) -> None:
    assert errors(tmp_path / "xladdin.xlam", samples.modules()) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_would_be_found(tmp_path: Path, fault: str) -> None:
    name, old, new = FAULTS[fault]

    def changed(module: Module) -> Module:
        if module.name != name:
            return module
        assert old in module.source
        return replace(module, source=module.source.replace(old, new))

    assert errors(tmp_path / "broken.xlam", [*map(changed, samples.modules())])
