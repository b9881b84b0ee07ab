"""The compression of VBA source text ([MS-OVBA] 2.4.1): copies of what stood before in a chunk."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

CHUNK = 4096
SIGNATURE = b"\x01"
COMPRESSED, RAW = 0xB000, 0x3000
SHORTEST_COPY, FEWEST_OFFSET_BITS = 3, 4
TOKENS = 8
"""So many tokens share one byte of flags."""


def compress(data: bytes) -> bytes:
    """A container of chunks, each of 4096 bytes and compressed for itself."""
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return SIGNATURE + b"".join(map(_chunk, chunks))


def _chunk(content: bytes) -> bytes:
    body = b"".join(_Chunk(content).groups())
    if len(body) < CHUNK:
        return struct.pack("<H", len(body) - 1 | COMPRESSED) + body
    if len(content) < CHUNK:
        raise ValueError("a short last chunk must become shorter: it cannot be stored raw")
    return struct.pack("<H", CHUNK - 1 | RAW) + content


@dataclass
class _Chunk:
    """A chunk being compressed: how far, and where each three bytes have stood."""

    content: bytes
    done: int = 0
    seen: dict[bytes, list[int]] = field(default_factory=dict)

    def groups(self) -> Iterator[bytes]:
        while self.done < len(self.content):
            yield self._group()

    def _group(self) -> bytes:
        flags, tokens = 0, bytearray()
        for bit in range(TOKENS):
            if self.done == len(self.content):
                break
            length, distance = self._longest_copy()
            flags |= bool(length) << bit
            tokens += self._copy(length, distance) if length else self._letter()
        return bytes([flags]) + tokens

    def _letter(self) -> bytes:
        letter = self.content[self.done : self.done + 1]
        self._advance(1)
        return letter

    def _copy(self, length: int, distance: int) -> bytes:
        token = (distance - 1) << (16 - self._offset_bits()) | (length - SHORTEST_COPY)
        self._advance(length)
        return struct.pack("<H", token)

    def _advance(self, length: int) -> None:
        for place in range(self.done, self.done + length):
            self.seen.setdefault(self._three(place), []).append(place)
        self.done += length

    def _longest_copy(self) -> tuple[int, int]:
        """Length and distance of the nearest longest copy; nought where there is none."""
        limit = min((0xFFFF >> self._offset_bits()) + SHORTEST_COPY, len(self.content) - self.done)
        best, distance = 0, 0
        for place in reversed(self.seen.get(self._three(self.done), ())):
            length = self._same(place, limit)
            if length > best:
                best, distance = length, self.done - place
            if best == limit:
                break
        return (best, distance) if best >= SHORTEST_COPY else (0, 0)

    def _same(self, place: int, limit: int) -> int:
        length = 0
        while length < limit and self.content[place + length] == self.content[self.done + length]:
            length += 1
        return length

    def _three(self, place: int) -> bytes:
        return self.content[place : place + SHORTEST_COPY]

    def _offset_bits(self) -> int:
        """How many bits of a token tell the distance: as few as reach back to the start."""
        return max((self.done - 1).bit_length(), FEWEST_OFFSET_BITS)
