"""The ``dir`` stream: what a project is, refers to and consists of ([MS-OVBA] 2.3.4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

from .modules import Kind, Module

WINDOWS, ENGLISH, CODE_PAGE = 1, 0x409, 1252
VERSION = (0x6C919D94, 5)
NO_COOKIE = b"\xff\xff"
REFERENCES = {
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#"
    r"C:\Windows\System32\stdole2.tlb#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
    r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL"
    "#Microsoft Office 16.0 Object Library",
}
"""The libraries that Excel itself writes down; those of VBA and of Excel go without saying."""
Record = tuple[int, bytes]


def directory(name: str, modules: Sequence[Module]) -> bytes:
    """The stream before it is compressed."""
    return b"".join(
        (
            _written(_information(name)),
            # The only record whose length field (4) does not count what follows (6 bytes).
            struct.pack("<HIIH", 0x09, 4, *VERSION),
            _written([(0x0C, b""), (0x3C, b"")]),
            _written(record for reference in REFERENCES for record in _reference(reference)),
            _written([(0x0F, struct.pack("<H", len(modules))), (0x13, NO_COOKIE)]),
            _written(record for module in modules for record in _module(module)),
            _written([(0x10, b"")]),
        )
    )


def _written(records: Iterable[Record]) -> bytes:
    return b"".join(struct.pack("<HI", kind, len(data)) + data for kind, data in records)


def _information(name: str) -> Iterator[Record]:
    yield 0x01, struct.pack("<I", WINDOWS)
    yield 0x02, struct.pack("<I", ENGLISH)
    yield 0x14, struct.pack("<I", ENGLISH)
    yield 0x03, struct.pack("<H", CODE_PAGE)
    yield 0x04, name.encode("ascii")
    # Description and help file, each twice, are empty; so are help context and flags.
    yield from ((kind, b"") for kind in (0x05, 0x40, 0x06, 0x3D))
    yield from ((kind, bytes(4)) for kind in (0x07, 0x08))


def _reference(name: str) -> Iterator[Record]:
    library = REFERENCES[name].encode("ascii")
    yield from _name(name, 0x16, 0x3E)
    yield 0x0D, struct.pack("<I", len(library)) + library + bytes(6)


def _module(module: Module) -> Iterator[Record]:
    yield from _name(module.name, 0x19, 0x47)
    yield from _name(module.name, 0x1A, 0x32)
    yield from ((kind, b"") for kind in (0x1C, 0x48))
    # Nothing compiled stands before the source, and there is no help context.
    yield from ((kind, bytes(4)) for kind in (0x31, 0x1E))
    yield 0x2C, NO_COOKIE
    yield 0x21 if module.kind is Kind.STANDARD else 0x22, b""
    yield 0x2B, b""


def _name(name: str, kind: int, wide: int) -> Iterator[Record]:
    yield kind, name.encode("ascii")
    yield wide, name.encode("utf-16-le")
