"""Whether the interpreter's zip of compiled modules is Python's own.

Nobody has signed the zip.  But Python's signed catalogue lists the digest of every source of the standard
library, as it lies on Windows.  So a source of another Python at hand that the catalogue knows is the
right one, and the compiled module must be what that compiles to, instruction by instruction.  Of how many
modules that can be said depends on the Python at hand: all of them if it is of the same version.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal  # nosec B302
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from xladdin.ooxml.archive import Archive

HEAD = 16
"""Bytes of a compiled module before its code; the first four say for which Python."""
STRIPPED = 2
"""How the embeddable Python compiles: without asserts and docstrings."""
MOST = 64_000_000


class LibraryFault(Exception):
    """A module is not what its signed source compiles to."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Names of modules: those that are shown to be Python's own, and those without a source at hand."""

    same: tuple[str, ...]
    without_source: tuple[str, ...]


def compared(library: bytes, catalogue: bytes, sources: Path) -> Compared:
    """The zip's modules beside the sources of the Python at hand.  Raises LibraryFault."""
    archive = Archive(library, MOST)
    known: dict[bool, list[str]] = {True: [], False: []}
    for name in sorted(entry.filename for entry in archive.entries):
        module = archive.read(name)
        if not name.endswith(".pyc"):
            known[_is_listed(module, catalogue)].append(name)
            continue
        if module[:4] != importlib.util.MAGIC_NUMBER:
            raise LibraryFault(f"{name}: for another Python than this one")
        source = _signed_source(sources / name.removesuffix("c"), catalogue)
        if source is not None and not _is_compiled(module, source, name):
            raise LibraryFault(f"{name}: not what its source compiles to")
        known[source is not None].append(name)
    return Compared(tuple(known[True]), tuple(known[False]))


def _is_listed(content: bytes, catalogue: bytes) -> bool:
    return hashlib.sha256(content).digest() in catalogue


def _signed_source(path: Path, catalogue: bytes) -> bytes | None:
    """A source that the catalogue lists, with the ends of lines of Windows or as it is."""
    try:
        text = path.read_bytes()
    except OSError:
        return None
    windows = text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return next((each for each in (windows, text) if _is_listed(each, catalogue)), None)


def _is_compiled(module: bytes, source: bytes, name: str) -> bool:
    # Nothing of it is run: it is read as this Python reads its own modules, behind its hash in the lock.
    found = marshal.loads(module[HEAD:])  # noqa: S302  # nosec B302
    own = compile(source, name, "exec", dont_inherit=True, optimize=STRIPPED)
    return isinstance(found, CodeType) and list(_parts(found)) == list(_parts(own))


def _parts(code: CodeType) -> Iterator[object]:
    """All that makes code what it is, but for the place of its source."""
    yield (
        code.co_code,
        code.co_names,
        code.co_varnames,
        code.co_freevars,
        code.co_cellvars,
        code.co_argcount,
        code.co_posonlyargcount,
        code.co_kwonlyargcount,
        code.co_flags,
        code.co_exceptiontable,
        code.co_qualname,
    )
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _parts(constant)
        else:
            # 1, 1.0 and True are equal; a set has no order.
            yield _constant(constant)


def _constant(value: object) -> object:
    match value:
        case tuple():
            return ("tuple", *map(_constant, value))
        case frozenset():
            return ("set", *sorted(repr(_constant(each)) for each in value))
        case _:
            return (type(value).__name__, repr(value))
