"""Mutations of a zip file (xlsx, ods): its entries, and what it says of them."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from . import markup
from .raw import FOREIGN, Mutation

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
FIELDS = {  # name: offset in the central entry, length
    "version": (6, 2), "flags": (8, 2), "method": (10, 2), "time": (12, 4), "crc": (16, 4),
    "packed": (20, 4), "size": (24, 4), "name length": (28, 2), "extra": (30, 2), "offset": (42, 4),
}  # fmt: skip
BOMB = 300_000_000
"""Bytes of zeros: 300 KB when packed."""


@dataclass(frozen=True)
class Entry:
    name: str
    data: bytes
    method: int = zipfile.ZIP_DEFLATED


Entries = list[Entry]


def unpack(data: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [Entry(it.filename, archive.read(it), it.compress_type) for it in archive.infolist()]


def pack(entries: Entries) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", compresslevel=1) as archive:
        warnings.simplefilter("ignore", UserWarning)  # that a name comes twice is meant
        for entry in entries:
            info = zipfile.ZipInfo(entry.name)  # dated 1980, so that the bytes are the same again
            archive.writestr(info, entry.data, entry.method)
    return buffer.getvalue()


def drop(rng: Random, entries: Entries) -> Entries:
    lost = rng.randrange(len(entries))
    return entries[:lost] + entries[lost + 1 :]


def duplicate(rng: Random, entries: Entries) -> Entries:
    one, other = rng.choice(entries), rng.choice(entries)
    return [*entries, replace(one, data=other.data)]


def rename(rng: Random, entries: Entries) -> Entries:
    def odd(name: str) -> str:
        return rng.choice((
            name.upper(), name.replace("/", "\\"), f"/{name}", f"../{name}", f"./{name}", f"{name}/",
            f"{name} ", name.rpartition("/")[2], f"表/{name}", f"x/{name}", "x" * 5000,
        ))  # fmt: skip

    return _at(rng, entries, lambda entry: replace(entry, name=odd(entry.name)))


def exchange(rng: Random, entries: Entries) -> Entries:
    """Two entries with each other's content."""
    one, other = rng.randrange(len(entries)), rng.randrange(len(entries))
    changed = list(entries)
    changed[one] = replace(entries[one], data=entries[other].data)
    changed[other] = replace(entries[other], data=entries[one].data)
    return changed


def reorder(rng: Random, entries: Entries) -> Entries:
    return rng.sample(entries, len(entries))


def compress(rng: Random, entries: Entries) -> Entries:
    return _at(rng, entries, lambda entry: replace(entry, method=rng.choice(METHODS)))


def fill(rng: Random, entries: Entries) -> Entries:
    return _at(rng, entries, lambda entry: replace(entry, data=rng.choice(FOREIGN)))


def bomb(rng: Random, entries: Entries) -> Entries:
    size = rng.choice((BOMB // 30, BOMB // 3, BOMB))
    filler = rng.choice((b"\0", b" ", b"<x/>"))
    zeros = filler * (size // len(filler))
    return _at(rng, entries, lambda entry: replace(entry, data=entry.data + zeros))


def many(rng: Random, entries: Entries) -> Entries:
    return entries + [Entry(f"xl/x{n}.xml", b"") for n in range(rng.choice((300, 20_000)))]


def _at(rng: Random, entries: Entries, change: Callable[[Entry], Entry]) -> Entries:
    changed = list(entries)
    place = rng.randrange(len(entries))
    changed[place] = change(entries[place])
    return changed


def parts(rng: Random, entries: Entries) -> Entries:
    """One to three changes inside the XML of one part, or of several."""
    changed = list(entries)
    for _ in range(rng.randint(1, 3)):
        place = _a_part(rng, changed)
        if place is not None:
            entry = changed[place]
            changed[place] = replace(entry, data=markup.mutate(rng, entry.name, entry.data))
    return changed


def cells(rng: Random, entries: Entries) -> Entries:
    """Odd values in the cells of one sheet."""
    sheets = [place for place, entry in enumerate(entries) if markup.is_sheet(entry.name)]
    if not sheets:
        return entries
    changed, place = list(entries), rng.choice(sheets)
    changed[place] = replace(entries[place], data=markup.odd_cells(rng, entries[place].data))
    return changed


def _a_part(rng: Random, entries: Entries) -> int | None:
    """Half the time a sheet, else any part, so that a book of many parts is not all styles."""
    xml = [place for place, entry in enumerate(entries) if entry.name.endswith((".xml", ".rels"))]
    sheets = [place for place in xml if markup.is_sheet(entries[place].name)]
    chosen = sheets if sheets and rng.random() < 0.5 else xml
    return rng.choice(chosen) if chosen else None


def _entries(change: Callable[[Random, Entries], Entries]) -> Mutation:
    def mutation(rng: Random, data: bytes) -> bytes:
        return pack(change(rng, unpack(data)))

    mutation.__name__ = change.__name__
    return mutation


def lie(rng: Random, data: bytes) -> bytes:
    """A field of a directory entry, and half the time of the entry itself, that is not true."""
    places = _all(data, CENTRAL)
    if not places:
        return data
    offset, length = rng.choice(list(FIELDS.values()))
    false = rng.choice((0, 1, 0xFFFF, rng.getrandbits(8 * length), (1 << 8 * length) - 1))
    packed = struct.pack("<Q", false)[:length]
    at = rng.choice(places) + offset
    changed = bytearray(data)
    changed[at : at + length] = packed
    if rng.random() < 0.5:
        local = rng.choice(_all(data, LOCAL) or [0]) + offset - 2
        changed[local : local + length] = packed
    return bytes(changed)


def _all(data: bytes, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


ENTRIES = (drop, duplicate, rename, exchange, reorder, compress, fill, many)
ARCHIVE: tuple[Mutation, ...] = (*map(_entries, ENTRIES), lie, lie)
BOMBS: tuple[Mutation, ...] = (_entries(bomb),)
MARKUP: tuple[Mutation, ...] = (_entries(parts),)
CELLS: tuple[Mutation, ...] = (_entries(cells),)
