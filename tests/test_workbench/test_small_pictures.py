"""Pictures for documents: small, few colours, without margins."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.workbench import small_pictures
from tests.workbench.small_pictures import MARGIN, WHITE, Picture

RED, BLUE = b"\xff\x00\x00", b"\x00\x00\xff"


def ppm(path: Path, rows: list[bytes]) -> Path:
    head = f"P6\n{len(rows[0]) // 3} {len(rows)}\n255\n".encode()
    path.write_bytes(head + b"".join(rows))
    return path


def unpacked(png: bytes) -> tuple[int, int, list[bytes], list[bytes]]:
    """Width, height, colours, and the rows as places among these."""
    chunks, at = {}, 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(
            name + content
        )
        chunks[name] = content
        at += 12 + size
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    colours = [chunks[b"PLTE"][n : n + 3] for n in range(0, len(chunks[b"PLTE"]), 3)]
    lines = zlib.decompress(chunks[b"IDAT"])
    rows = [lines[n * (width + 1) + 1 : (n + 1) * (width + 1)] for n in range(height)]
    return width, height, colours, rows


def test_colours_and_places_are_kept(tmp_path: Path) -> None:
    rows = [RED + BLUE + WHITE, WHITE + RED + RED]
    width, height, colours, found = unpacked(Picture.read(ppm(tmp_path / "a.ppm", rows)).png())
    assert (width, height) == (3, 2)
    assert [b"".join(colours[n] for n in row) for row in found] == rows


def test_a_picture_that_begins_with_a_blank_byte_is_read_whole(tmp_path: Path) -> None:
    rows = [b"\x20\x0a\x20" * 2]
    assert Picture.read(ppm(tmp_path / "a.ppm", rows)).rows == tuple(rows)


def test_white_around_it_goes_but_for_a_margin() -> None:
    blank = WHITE * 60
    rows = [blank] * 30 + [WHITE * 25 + RED * 2 + WHITE * 33] + [blank] * 30
    found = Picture(tuple(rows)).trimmed()
    assert len(found.rows) == 2 * MARGIN + 1
    assert 2 * MARGIN + 2 <= found.width <= 2 * MARGIN + 3
    assert any(RED in row for row in found.rows)


def test_a_white_page_stays() -> None:
    page = Picture((WHITE * 5,) * 5)
    assert page.trimmed() == page


def test_many_colours_become_few_until_it_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(
        b"".join(bytes(((x * y) % 256, (x * 7 + y) % 256, (y * 3) % 256)) for x in range(40))
        for y in range(40)
    )
    *_, colours, _ = unpacked(Picture(rows).png())
    assert len(colours) == 256
    fewer = len(Picture(rows)._png(64))
    monkeypatch.setattr(small_pictures, "MOST_BYTES", fewer)
    assert len(Picture(rows).png()) == fewer
    monkeypatch.setattr(small_pictures, "MOST_BYTES", 1)
    *_, colours, _ = unpacked(Picture(rows).png())
    assert len(colours) == 16
