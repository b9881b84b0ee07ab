"""Hostile workbooks with a password by name: doors that know it open them, the others name it."""

from __future__ import annotations

import struct

from tests.ooxml import sealed

from .books import BOOKS
from .others import _LAUGHS as ENTITIES
from .others import FULL, Maker, noise


def in_circles() -> bytes:
    """Every sector says that the next one is the second of all."""
    data = bytearray(sealed.agile())
    (table,) = struct.unpack_from("<I", data, 76)
    begin = 512 * (table + 1)
    for place in range(begin, begin + 512, 4):
        struct.pack_into("<I", data, place, 1)
    return bytes(data)


def laughs() -> bytes:
    info, package = sealed.streams(sealed.agile())
    return sealed.container(info[:8] + f"<!DOCTYPE a [{ENTITIES}]><a>&a9;</a>".encode(), package)


def of_noise(description: bool) -> bytes:
    info, package = sealed.streams(sealed.agile())
    if description:
        return sealed.container(info[:8] + noise(3000), package)
    return sealed.container(info, noise(FULL - 300_000))


SEALED: dict[str, tuple[Maker, str]] = {
    "sealed": (sealed.agile, "xlsx"),
    "sealed_as_in_2007": (sealed.standard, "xlsx"),
    "sealed_absurd_rounds": (lambda: sealed.with_rounds(2**31 - 1), "xlsx"),
    "sealed_most_rounds": (lambda: sealed.agile(rounds=500_000), "xlsx"),
    "sealed_laughs": (laughs, "xlsx"),
    "sealed_noise": (lambda: of_noise(False), "xlsx"),
    "sealed_description_of_noise": (lambda: of_noise(True), "xlsx"),
    "sealed_bomb": (lambda: sealed.agile(BOOKS["bomb_of_blanks"]()), "xlsx"),
    "sealed_in_circles": (in_circles, "xlsx"),
    **{f"sealed_mutated_{n}": (lambda n=n: sealed.mutated(n), "xlsx") for n in range(4)},  # type: ignore[misc]
}
