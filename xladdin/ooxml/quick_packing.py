"""Packages of which most parts are the same again and again: those are deflated once.

The same parts always make the same bytes.  What is written is a plain zip file (PKWARE's APPNOTE,
4.3): entries of method 8 in their order, no time, no extra fields, and the central directory.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_LOCAL, _CENTRAL = struct.Struct("<IHHHHHIIIHH"), struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = 0x04034B50, 0x02014B50, 0x06054B50
_VERSION, _DEFLATED, _FIRST_DAY = 20, 8, 0x21
"""Of zip 2.0, deflated, the first of January 1980."""
_WINDOW = -zlib.MAX_WBITS
"""Without a head of its own, as in zip files."""
QUICK, SMALL = 1, 9


class Part(NamedTuple):
    """A part as it lies in the package."""

    crc: int
    deflated: bytes
    size: int


def part(data: bytes, level: int = SMALL) -> Part:
    """A part that is packed once."""
    packer = zlib.compressobj(level, wbits=_WINDOW)
    return Part(zlib.crc32(data), packer.compress(data) + packer.flush(), len(data))


class Ending:
    """The end of a part that is the same in every copy: deflated once, behind what differs."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        packer = zlib.compressobj(SMALL, wbits=_WINDOW)
        self._deflated = packer.compress(data) + packer.flush()

    def behind(self, pieces: Iterable[bytes]) -> Part:
        """The part that begins with these pieces."""
        start = b"".join(pieces)
        packer = zlib.compressobj(QUICK, wbits=_WINDOW)
        # A full flush ends at a byte and forgets what came before: what follows fits behind anything.
        deflated = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH) + self._deflated
        return Part(zlib.crc32(self.data, zlib.crc32(start)), deflated, len(start) + len(self.data))


class Package:
    """The parts of a package in their order, some of which differ from copy to copy."""

    def __init__(self, names: Sequence[str], same: Mapping[str, Part]) -> None:
        """``names``: of all parts, plain ASCII; those that are not in ``same`` come with each copy."""
        self._names = [(name, name.encode("ascii")) for name in names]
        self._same = {
            name: (it, _local(name.encode("ascii"), it) + it.deflated) for name, it in same.items()
        }

    def packed(self, different: Mapping[str, Part]) -> bytes:
        """A copy with these parts."""
        pieces: list[bytes] = []
        directory: list[bytes] = []
        at = 0
        for name, written in self._names:
            if name in different:
                it = different[name]
                entry = _local(written, it) + it.deflated
            else:
                it, entry = self._same[name]
            pieces.append(entry)
            directory.append(_central(written, it, at))
            at += len(entry)
        listing = b"".join(directory)
        count = len(directory)
        end = _END.pack(_END_SIGN, 0, 0, count, count, len(listing), at, 0)
        return b"".join((*pieces, listing, end))


def _local(name: bytes, it: Part) -> bytes:
    fields = (_LOCAL_SIGN, _VERSION, 0, _DEFLATED, 0, _FIRST_DAY, it.crc, len(it.deflated))
    return _LOCAL.pack(*fields, it.size, len(name), 0) + name


def _central(name: bytes, it: Part, at: int) -> bytes:
    fields = (_CENTRAL_SIGN, _VERSION, _VERSION, 0, _DEFLATED, 0, _FIRST_DAY, it.crc)
    return _CENTRAL.pack(*fields, len(it.deflated), it.size, len(name), 0, 0, 0, 0, 0, at) + name
