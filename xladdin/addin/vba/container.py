"""Streams and folders in one file: a compound file of version 3 ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Tree = Mapping[str, "bytes | Tree"]

FREE, END, TABLE, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
FOLDER, STREAM, ROOT = 1, 2, 5
SECTOR, SMALL_SECTOR, LEAST_LARGE = 512, 64, 4096
NUMBERS = SECTOR // 4
"""So many sector numbers fill a sector."""
MOST_TABLES = 109
"""Tables that the header itself can list; enough for 6.8 MB."""
MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
LONGEST_NAME = 31
UNUSED = bytes(68) + struct.pack("<III", NONE, NONE, NONE) + bytes(48)


def container(tree: Tree) -> bytes:
    """The file of a tree; equal trees give equal bytes."""
    entries = [_Entry("Root Entry", ROOT)]
    _add(tree, entries[0], entries)
    sectors, small = _Sectors(SECTOR), _Sectors(SMALL_SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.size = len(entry.data)
            entry.start = (small if entry.size < LEAST_LARGE else sectors).add(entry.data)
    entries[0].start, entries[0].size = sectors.add(small.content), len(small.content)
    return _file(sectors, small.chain, entries)


def _file(sectors: _Sectors, small: Sequence[int], entries: Sequence[_Entry]) -> bytes:
    small_table = _numbers(small)
    small_start = sectors.add(small_table)
    listing = b"".join(entry.written() for entry in entries)
    missing = -len(listing) % SECTOR // len(UNUSED)
    listing_start = sectors.add(listing + UNUSED * missing)
    used, count = len(sectors.chain), 1
    while count * NUMBERS < used + count:
        count += 1
    if count > MOST_TABLES:
        raise ValueError("too much for one project")
    tables = range(used, used + count)
    header = b"".join(
        (
            MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6),
            struct.pack("<IIII", 0, count, listing_start, 0),
            struct.pack("<III", LEAST_LARGE, small_start, len(small_table) // SECTOR),
            struct.pack("<II", END, 0),
            struct.pack(f"<{MOST_TABLES}I", *tables, *[FREE] * (MOST_TABLES - count)),
        )
    )
    return header + sectors.content + _numbers([*sectors.chain, *[TABLE] * count])


def _numbers(values: Sequence[int]) -> bytes:
    """Sector numbers in whole sectors."""
    missing = -len(values) % NUMBERS
    return struct.pack(f"<{len(values) + missing}I", *values, *[FREE] * missing)


@dataclass
class _Sectors:
    """Sectors of one size, and for each the one that follows."""

    size: int
    content: bytes = b""
    chain: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Append the data in whole sectors; where it starts."""
        if not data:
            return END
        start, count = len(self.chain), -(-len(data) // self.size)
        self.content += data.ljust(count * self.size, b"\0")
        self.chain += [*range(start + 1, start + count), END]
        return start


@dataclass
class _Entry:
    """A folder or stream in the listing, and its place in the search tree of its folder."""

    name: str
    kind: int
    data: bytes = b""
    left: int = NONE
    right: int = NONE
    child: int = NONE
    start: int = 0
    size: int = 0
    black: bool = True

    def written(self) -> bytes:
        name = self.name.encode("utf-16-le") + bytes(2)
        links = struct.pack("<III", self.left, self.right, self.child)
        kinds = struct.pack("<HBB", len(name), self.kind, self.black)
        return b"".join(
            (
                name.ljust(64, b"\0"),
                kinds,
                links,
                bytes(36),
                struct.pack("<IQ", self.start, self.size),
            )
        )

    @property
    def order(self) -> tuple[int, str]:
        """Shorter names come first, whatever their letters."""
        return len(self.name), self.name.upper()


def _add(tree: Tree, parent: _Entry, entries: list[_Entry]) -> None:
    """List what a folder holds, and below it what its folders hold."""
    numbers: list[int] = []
    for name, held in tree.items():
        if len(name) > LONGEST_NAME:
            raise ValueError(f"{name}: too long a name")
        numbers.append(len(entries))
        data, kind = (held, STREAM) if isinstance(held, bytes) else (b"", FOLDER)
        entries.append(_Entry(name, kind, data))
    ordered = sorted(numbers, key=lambda number: entries[number].order)
    parent.child = _linked(ordered, entries, (len(ordered) + 1).bit_length() - 1)
    for number, held in zip(numbers, tree.values(), strict=True):
        if not isinstance(held, bytes):
            _add(held, entries[number], entries)


def _linked(ordered: Sequence[int], entries: Sequence[_Entry], full_levels: int) -> int:
    """The middle entry, with those before and after it as subtrees.

    Red are only the entries of a last level that is not full: so the tree is balanced as asked.
    """
    if not ordered:
        return NONE
    middle = len(ordered) // 2
    entry = entries[ordered[middle]]
    entry.black = full_levels > 0
    entry.left = _linked(ordered[:middle], entries, full_levels - 1)
    entry.right = _linked(ordered[middle + 1 :], entries, full_levels - 1)
    return ordered[middle]
