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
SMALL = 9
_STORED = struct.Struct("<BHH")
_MOST_STORED = 0xFFFF
"""Bytes of a block that is not deflated (RFC 1951, 3.2.4), behind which stands how many they are."""


class Part(NamedTuple):
    """A part as it lies in the package."""

    crc: int
    deflated: bytes
    size: int


def part(data: bytes) -> Part:
    """A part that is packed once."""
    return Part(zlib.crc32(data), _deflated(data, zlib.Z_FINISH), len(data))


class Pieces:
    """A part whose pieces are the same in every copy, but for what stands between them.

    Each piece is deflated once, up to a byte's end and without a look back, so that it fits behind
    anything; what stands between them is stored as it is.  So a copy costs no deflating at all.
    """

    def __init__(self, pieces: Sequence[bytes]) -> None:
        """At least one; what differs stands behind each but the last."""
        *before, last = pieces
        self._pieces = [(data, _deflated(data, zlib.Z_FULL_FLUSH)) for data in before]
        self._last, self._deflated_last = last, _deflated(last, zlib.Z_FINISH)

    def part(self, between: Iterable[bytes]) -> Part:
        """The copy with these contents, one behind each piece but the last."""
        plain: list[bytes] = []
        packed: list[bytes] = []
        for (data, deflated), content in zip(self._pieces, between, strict=True):
            plain += (data, content)
            packed.append(deflated)
            for at in range(0, len(content), _MOST_STORED):
                some = content[at : at + _MOST_STORED]
                packed += (_STORED.pack(0, len(some), len(some) ^ 0xFFFF), some)
        plain.append(self._last)
        packed.append(self._deflated_last)
        whole = b"".join(plain)
        return Part(zlib.crc32(whole), b"".join(packed), len(whole))


def _deflated(data: bytes, end: int) -> bytes:
    packer = zlib.compressobj(SMALL, wbits=_WINDOW)
    return packer.compress(data) + packer.flush(end)


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
