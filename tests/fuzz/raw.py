"""Mutations of any file: what a bad disk, a broken download or a wrong suffix leaves."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]

FOREIGN = (
    b"", b"\0" * 4096, b"\xef\xbb\xbf", b"\xff\xfe", b"\x89PNG\r\n\x1a\n" + bytes(64), b"%PDF-1.7\n",
    b"PK\x05\x06" + bytes(18), b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "<html><table><tr><td>工号</td></tr></table></html>".encode(), b"{}", b"[]", b"a", b"\n" * 5000,
)  # fmt: skip


def truncate(rng: Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def flip(rng: Random, data: bytes) -> bytes:
    """Up to twenty bytes, each to anything."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 20) if data else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def zero(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + bytes(end - start) + data[end:]


def cut(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def repeat(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:end] + data[start:]


def swap(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    middle = (start + end) // 2
    return data[:start] + data[middle:end] + data[start:middle] + data[end:]


def surround(rng: Random, data: bytes) -> bytes:
    junk = rng.randbytes(rng.randint(1, 3000))
    return rng.choice((junk + data, data + junk, data + data))


def replace(rng: Random, data: bytes) -> bytes:
    return rng.choice(FOREIGN)


def _span(rng: Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.randint(1, 2000))


RAW: tuple[Mutation, ...] = (truncate, flip, flip, flip, zero, cut, repeat, swap, surround, replace)
