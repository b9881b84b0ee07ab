"""The lock of the interpreter: anything that is not as it says ends the build."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import marshal
from pathlib import Path

import pytest

from xladdin.addin.setup import interpreter
from xladdin.addin.setup.interpreter import CATALOGUE, LIBRARY, InterpreterFault, Lock, check
from xladdin.ooxml.archive import Packer

from . import signing

OWNER = "Owner of Programs"
SOURCE = b'"""Told."""\nimport os\n\ndef double(x):\n    return x * 2 + 1.0\n'


def compiled(source: bytes) -> bytes:
    code = compile(source, "elsewhere.py", "exec", dont_inherit=True, optimize=2)
    return importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(code)


def made(root: Path, module: bytes = SOURCE) -> tuple[Path, Lock, Path]:
    """A folder as the embeddable Python is, its lock, and sources at hand."""
    sources, folder = root / "lib", root / "python"
    sources.mkdir()
    folder.mkdir()
    (sources / "own.py").write_bytes(SOURCE)
    packer = Packer()
    packer.add("own.pyc", compiled(module))
    packer.add("another.pyc", compiled(b"x = 1\n"))
    # Sources lie on Windows with its own ends of lines.
    known = hashlib.sha256(SOURCE.replace(b"\n", b"\r\n")).digest()
    files = {
        "python.exe": signing.program(b"runs", signing.signer(OWNER)),
        CATALOGUE: signing.message(b"-" + known + b"-", signing.signer(OWNER)),
        LIBRARY: packer.done().getvalue(),
        "LICENSE.txt": b"MIT",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    signed = {"python.exe", CATALOGUE}
    locked = {
        name: (hashlib.sha256(content).hexdigest(), OWNER if name in signed else "")
        for name, content in files.items()
    }
    return folder, Lock("3.11.9", locked, {OWNER: signing.authority().print}), sources


def test_a_sound_one(tmp_path: Path) -> None:
    folder, lock, sources = made(tmp_path)
    found = check(folder, lock, sources)
    assert (found.same, found.without_source) == (("own.pyc",), ("another.pyc",))


def test_all_faults_at_once(tmp_path: Path) -> None:
    folder, lock, sources = made(tmp_path)
    (folder / "LICENSE.txt").unlink()
    (folder / "more.dll").write_bytes(b"")
    program = folder / "python.exe"
    program.write_bytes(program.read_bytes().replace(b"runs", b"runz"))
    with pytest.raises(InterpreterFault) as raised:
        check(folder, lock, sources)
    assert str(raised.value).splitlines() == [
        "LICENSE.txt: missing",
        "more.dll: not in the lock",
        "python.exe: another hash than in the lock",
        "python.exe: changed since it was signed",
    ]


def test_another_signer(tmp_path: Path) -> None:
    folder, lock, sources = made(tmp_path)
    content = signing.program(b"runs", signing.signer("Somebody Else"))
    (folder / "python.exe").write_bytes(content)
    locked = dict(lock.files) | {"python.exe": (hashlib.sha256(content).hexdigest(), OWNER)}
    with pytest.raises(InterpreterFault, match="Somebody Else with a chain that is not theirs"):
        check(folder, Lock(lock.version, locked, lock.roots), sources)


def test_a_module_that_does_more_than_its_source(tmp_path: Path) -> None:
    folder, lock, sources = made(tmp_path, SOURCE.replace(b"* 2", b"* 3"))
    with pytest.raises(InterpreterFault, match=r"own\.pyc: not what its source compiles to"):
        check(folder, lock, sources)


def test_the_lock_of_this_project() -> None:
    lock = interpreter.read_lock()
    programs = [name for name in lock.files if name.endswith((".exe", ".dll", ".pyd"))]
    assert len(programs) > 25
    assert {lock.files[name][1] for name in programs} == set(lock.roots)
    assert lock.files[CATALOGUE][1] == "Python Software Foundation"
    assert [name for name in programs if not lock.files[name][1].startswith("Python")] == [
        "vcruntime140.dll",
        "vcruntime140_1.dll",
    ]


def test_a_new_lock(tmp_path: Path) -> None:
    folder, lock, _ = made(tmp_path)
    told = json.loads(interpreter.new_lock(folder, lock, "3.11.10"))
    assert told["version"] == "3.11.10"
    found = interpreter.read_lock(json.dumps(told))
    assert (found.files, found.roots) == (lock.files, lock.roots)
