"""Pictures for documents: at most 256 colours, without white margins, and small.

Drawn pages come as PPM, which needs no library to be read; what is written is a PNG with a palette.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WHITE = b"\xff\xff\xff"
MARGIN = 10
MOST_BYTES = 60_000
_PALETTES = (256, 128, 64, 48, 32, 24, 16)
"""How many colours are tried, one after the other, until a picture is small enough."""


@dataclass(frozen=True)
class Picture:
    """Rows of pixels, each of three bytes."""

    rows: tuple[bytes, ...]

    @property
    def width(self) -> int:
        return len(self.rows[0]) // 3

    @classmethod
    def read(cls, path: Path) -> Picture:
        """A PPM as pdftoppm writes it."""
        content = path.read_bytes()
        kind, width, height, _ = content[:40].split(maxsplit=4)[:4]
        assert kind == b"P6"
        step = int(width) * 3
        # From the end: the first pixels may look like the blanks of the head.
        pixels = content[-step * int(height) :]
        return cls(tuple(pixels[at : at + step] for at in range(0, len(pixels), step)))

    def trimmed(self) -> Picture:
        """Without the white around it, but for a narrow margin."""
        white = WHITE * self.width
        used = [at for at, row in enumerate(self.rows) if row != white]
        if not used:
            return self
        rows = self.rows[max(used[0] - MARGIN, 0) : used[-1] + MARGIN + 1]
        left = min(len(row) - len(row.lstrip(b"\xff")) for row in rows) // 3
        right = max(len(row.rstrip(b"\xff")) for row in rows) // 3 + 1
        start, stop = max(left - MARGIN, 0) * 3, min(right + MARGIN, self.width) * 3
        return Picture(tuple(row[start:stop] for row in rows))

    def png(self) -> bytes:
        """As small as it has to be."""
        found = b""
        for most in _PALETTES:
            found = self._png(most)
            if len(found) <= MOST_BYTES:
                break
        return found

    def _png(self, most: int) -> bytes:
        pixels = [[row[at : at + 3] for at in range(0, len(row), 3)] for row in self.rows]
        palette, place = _palette(Counter(pixel for row in pixels for pixel in row), most)
        lines = b"".join(b"\0" + bytes(map(place.__getitem__, row)) for row in pixels)
        head = struct.pack(">IIBBBBB", self.width, len(self.rows), 8, 3, 0, 0, 0)
        chunks = [(b"IHDR", head), (b"PLTE", b"".join(palette))]
        chunks += [(b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def _palette(used: Counter[bytes], most: int) -> tuple[list[bytes], dict[bytes, int]]:
    """The colours most used, and for each colour the nearest of them."""
    coarse = Counter[bytes]()
    for colour, count in used.items():
        coarse[_coarse(colour)] += count
    palette = [colour for colour, _ in coarse.most_common(most)]
    near = {colour: _nearest(colour, palette) for colour in coarse}
    return palette, {colour: near[_coarse(colour)] for colour in used}


def _coarse(colour: bytes) -> bytes:
    """Five bits of each part; white and black stay what they are."""
    return bytes((part >> 3) * 255 // 31 for part in colour)


def _nearest(colour: bytes, palette: Sequence[bytes]) -> int:
    red, green, blue = colour
    away = [(r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2 for r, g, b in palette]
    return away.index(min(away))
