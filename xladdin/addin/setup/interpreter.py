"""The interpreter of the setup: which files, with which hashes, signed by whom.

It comes out of a package of a third party, so what it is has to be shown: every file has the hash of
the lock; programs and the catalogue are signed by whom the lock names, with a chain that ends where it
says; of the compiled modules see ``standard_library``.  ``python -m xladdin.addin.setup.interpreter
FOLDER`` prints a new lock, to be read before it is committed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from .authenticode import SignatureFault, Signed, signed_message, signed_program
from .standard_library import Compared, LibraryFault, compared

LOCK = "interpreter.json"
PROGRAMS, CATALOGUE, LIBRARY = (".exe", ".dll", ".pyd"), "python.cat", "python311.zip"
SEARCH_PATH = "python311._pth"
"""Where modules are looked for; it is written anew, for the packages beside."""


class InterpreterFault(Exception):
    """Every way in which the interpreter is not the one of the lock, a line each."""


@dataclass(frozen=True, slots=True)
class Lock:
    """File -> hash and signer (nobody for what carries no signature); signer -> trusted certificate."""

    version: str
    files: Mapping[str, tuple[str, str]]
    roots: Mapping[str, str]


def read_lock(text: str | None = None) -> Lock:
    """The lock of this project."""
    if text is None:
        text = resources.files(__package__).joinpath(LOCK).read_text("utf-8")
    told = json.loads(text)
    files = {name: (one["sha256"], one.get("signed_by", "")) for name, one in told["files"].items()}
    return Lock(told["version"], files, told["trusted"])


def check(folder: Path, lock: Lock, sources: Path | None = None) -> Compared:
    """Look at every file.  Raises InterpreterFault with all that is wrong.

    ``sources`` is the standard library of the Python at hand.
    """
    there = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    faults = [f"{name}: missing" for name in lock.files if name not in there]
    faults += [f"{name}: not in the lock" for name in there if name not in lock.files]
    known = {name: content for name, content in there.items() if name in lock.files}
    faults += _faults(known, lock)
    if not faults:
        catalogue = _signed(CATALOGUE, known[CATALOGUE], lock)
        try:
            where = sources or Path(sysconfig.get_path("stdlib"))
            return compared(known[LIBRARY], catalogue.content, where)
        except LibraryFault as error:
            faults.append(f"{LIBRARY}: {error}")
    raise InterpreterFault("\n".join(faults))


def _faults(there: Mapping[str, bytes], lock: Lock) -> Iterator[str]:
    for name, content in there.items():
        wanted, signer = lock.files[name]
        if hashlib.sha256(content).hexdigest() != wanted:
            yield f"{name}: another hash than in the lock"
        if not _has_signature(name):
            continue
        try:
            found = _signed(name, content, lock).organisation
        except SignatureFault as error:
            yield f"{name}: {error}"
        else:
            if found != signer:
                yield f"{name}: signed by {found}, not by {signer}"


def _has_signature(name: str) -> bool:
    return name.endswith(PROGRAMS) or name == CATALOGUE


def _signed(name: str, content: bytes, lock: Lock) -> Signed:
    roots = tuple(lock.roots.values())
    found = (signed_message if name == CATALOGUE else signed_program)(content, roots)
    if lock.roots.get(found.organisation) != found.root:
        raise SignatureFault(f"{found.organisation} with a chain that is not theirs")
    return found


def new_lock(folder: Path, before: Lock, version: str) -> str:
    """The text of a lock for the files of a folder, trusting whom the one before trusts."""
    files = {}
    for path in sorted(each for each in folder.iterdir() if each.is_file()):
        content = path.read_bytes()
        files[path.name] = {"sha256": hashlib.sha256(content).hexdigest()}
        if _has_signature(path.name):
            files[path.name]["signed_by"] = _signed(path.name, content, before).organisation
    told = {"version": version, "trusted": dict(before.roots), "files": files}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(new_lock(Path(sys.argv[1]), read_lock(), sys.argv[2]))
