"""Zip files, and the only module that knows how they are packed.

Those that somebody else made are inflated piece by piece, and never beyond what fits.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from enum import Enum, auto
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from .limits import MOST_ENTRIES, MOST_OF_PART, MOST_UNPACKED
from .refused import DamagedError, TooLargeError

_ENTRY = b"PK\x01\x02"
_LOCAL = struct.Struct("<26xHH")
"""Of what stands before an entry: how long its name and its other fields are."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What workbooks are packed with; the others reserve memory by what the file says."""
_ENCRYPTED = 0x1
_PIECE = 1 << 18
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises over damaged files."""
_CUT_OFF = (zipfile.BadZipFile, zlib.error, EOFError)
"""What it raises over files that were not written to their end."""
_BEGIN = b"PK"
_BEGINNING = b"PK\x03\x04"
_HEAD = struct.Struct("<4s22xHH")
"""Of an entry: its sign, and the lengths of its name and of what stands behind that."""
_NO_TIME = (1980, 1, 1, 0, 0, 0)
Entry = zipfile.ZipInfo
"""What a zip file notes of one of its parts."""


class Packed(NamedTuple):
    """An entry as it lies in a zip file."""

    method: int
    crc: int
    size: int
    data: bytes


class Archive:
    """The entries of a zip file by name, read when asked for.

    Names do not tell upper from lower case, some writers use backslashes, and some begin with a
    slash.  Every read counts against what may be unpacked in all.
    """

    def __init__(self, data: bytes, most: int = MOST_UNPACKED) -> None:
        """At most so many bytes are inflated; raises DamagedError and TooLargeError."""
        # Counted before zipfile makes an object of each; a few inside other entries do not matter.
        if data.count(_ENTRY) > MOST_ENTRIES:
            raise TooLargeError(f"里面的部件超过{MOST_ENTRIES}个")
        self._most = self._left = most
        self._measured = False
        self._data = data
        with _damage():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._infos: dict[str, Entry] = {}
        for info in self._zip.infolist():
            self._take(info)

    def _take(self, info: Entry) -> None:
        key = part_key(info.filename)
        if key in self._infos:
            raise DamagedError(f"two entries {key}")
        if ".." in key.split("/"):
            raise DamagedError(f"climbing entry {key}")
        if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
            raise DamagedError(f"packed in an unusual way: {key}")
        self._infos[key] = info

    def within(self, most: int) -> Archive:
        """The same entries for another reader, who may inflate so many bytes."""
        other = copy(self)
        other._most = other._left = most
        other._measured = False
        return other

    @property
    def entries(self) -> list[Entry]:
        """Every entry, in the order of the file."""
        return list(self._infos.values())

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._infos

    def read(self, name: str, most: int = MOST_OF_PART) -> bytes:
        """An entry; DamagedError where there is none, TooLargeError where it is a bomb."""
        pieces, size = [], 0
        for piece in self._pieces(name):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise _too_large(most)
        return b"".join(pieces)

    def lying(self, name: str) -> Packed:
        """An entry as it lies in the file; two that are alike hold the same.

        DamagedError where there is none, or where it does not lie where the file says.
        """
        info = self._infos.get(part_key(name))
        if info is None:
            raise DamagedError(f"no entry {name}")
        head = self._data[info.header_offset : info.header_offset + _HEAD.size]
        if len(head) < _HEAD.size:
            raise DamagedError(f"no head of {name}")
        sign, named, more = _HEAD.unpack(head)
        begin = info.header_offset + _HEAD.size + named
        called = self._data[begin - named : begin]
        data = self._data[begin + more : begin + more + info.compress_size]
        coded = info.orig_filename.encode("utf-8" if info.flag_bits & _IN_UTF8 else "cp437")
        if sign != _BEGINNING or called != coded or len(data) != info.compress_size:
            raise DamagedError(f"no beginning of {name}")
        return Packed(info.compress_type, info.CRC, info.file_size, data)

    def packed(self, name: str) -> tuple[int, bytes, int] | None:
        """Checksum, deflated bytes and size of an entry, as they lie there; None for one that is
        not deflated.  Of files that we have made ourselves: nothing is checked."""
        info = self._infos[part_key(name)]
        if info.compress_type != zipfile.ZIP_DEFLATED:
            return None
        head = self._data[info.header_offset : info.header_offset + _LOCAL.size]
        begin = info.header_offset + _LOCAL.size + sum(_LOCAL.unpack(head))
        return info.CRC, self._data[begin : begin + info.compress_size], info.file_size

    def read_thinned(
        self, name: str, thinned: Callable[[bytes], bytes | None], end: bytes
    ) -> bytes:
        """An entry of which some is left out while it is inflated; what stays counts as its size.

        ``thinned`` gets it in stretches that end with ``end``; where it says None, nothing is left
        out.
        """
        waiting, found, size = bytearray(), [], 0
        for piece in self._pieces(name):
            looked_at = max(len(waiting) - len(end), 0)
            waiting += piece
            cut = waiting.rfind(end, looked_at) + len(end)
            if cut >= len(end):
                stretch = thinned(bytes(waiting[:cut]))
                if stretch is None:
                    return self.read(name)
                found.append(stretch)
                size += len(stretch)
                del waiting[:cut]
            if size + len(waiting) > MOST_OF_PART:
                raise _too_large(MOST_OF_PART)
        return b"".join((*found, waiting))

    def measure(self) -> None:
        """Inflate everything once, so that what is asked for later is known to fit."""
        for key in self._infos:
            for _ in self._pieces(key):
                pass
        self._measured = True

    def _pieces(self, name: str) -> Iterator[bytes]:
        info = self._infos.get(part_key(name))
        if info is None:
            raise DamagedError(f"no entry {name}")
        with _damage(), self._zip.open(info) as stream:
            while piece := stream.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0 and not self._measured:
                    raise _too_large(self._most)
                yield piece


def _too_large(most: int) -> TooLargeError:
    return TooLargeError(f"解压后超过{most // 1_000_000} MB")


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise DamagedError(repr(error)) from error


_IN_UTF8 = 0x800
_UNICODE_NAME = 0x7075
_OF_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Bundle:
    """Files that somebody packed into a zip file, by names as they were on that machine."""

    def __init__(self, data: bytes, most: int = MOST_UNPACKED) -> None:
        """At most so many bytes are inflated; raises DamagedError and TooLargeError."""
        if data.count(_ENTRY) > MOST_ENTRIES:
            raise TooLargeError(f"里面的文件超过{MOST_ENTRIES}个")
        self.left = most
        self._most = most
        with _damage():
            self._zip = zipfile.ZipFile(io.BytesIO(data))

    @property
    def files(self) -> list[tuple[str, Entry]]:
        """Name and entry of every file, without those that systems put beside them."""
        named = [(_name_of(entry), entry) for entry in self._zip.infolist() if not entry.is_dir()]
        return [
            (name, entry)
            for name, entry in named
            if not any(part in name for part in _OF_SYSTEMS) and not name.endswith("/")
        ]

    def is_encrypted(self, entry: Entry) -> bool:
        return bool(entry.flag_bits & _ENCRYPTED)

    def read(self, entry: Entry, most: int) -> bytes:
        """One file of at most so many bytes; raises DamagedError and TooLargeError."""
        if entry.compress_type not in _METHODS or self.is_encrypted(entry):
            raise DamagedError("packed in an unusual way")
        if entry.file_size > most:  # no more than it says is ever inflated
            raise _too_large(most)
        pieces, size = [], 0
        with _damage(), self._zip.open(entry) as stream:
            while piece := stream.read(_PIECE):
                pieces.append(piece)
                size += len(piece)
                self.left -= len(piece)
                if size > most or self.left < 0:
                    raise _too_large(min(most, self._most))
        return b"".join(pieces)


def _name_of(entry: Entry) -> str:
    """The name as it was meant: packers in China write GBK without saying so."""
    if entry.flag_bits & _IN_UTF8:
        return entry.filename.replace("\\", "/")
    raw = entry.orig_filename.encode("cp437", errors="replace")
    if (told := _told_name(entry.extra)) is not None:
        return told
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding).replace("\\", "/")
    return entry.filename


def _told_name(extra: bytes) -> str | None:
    """The name in UTF-8 that some packers write beside the other one."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_NAME and size > 5:
            with suppress(UnicodeDecodeError):
                return extra[9 : 4 + size].decode().replace("\\", "/")
        extra = extra[4 + size :]
    return None


def part_key(name: str) -> str:
    """How a part's name is compared."""
    return name.replace("\\", "/").lstrip("/").lower()


_SYSTEM = 0
"""What a zip file calls the system that it was made on: the same bytes come out on every one."""


class _Unfinished(zipfile.ZipFile):
    """What is broken off is thrown away as it is.

    Its stream may be gone before it; then the end that ``zipfile`` would write as well has no place, and
    Python tells the user of it.
    """

    def __del__(self) -> None:
        pass


class Packer:
    """A new zip file in memory, entry by entry."""

    def __init__(self, *, deflated: bool = True) -> None:
        self.stream = io.BytesIO()
        method = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
        self._zip = _Unfinished(self.stream, "w", method)

    def add(self, name: str, data: bytes, like: Entry | None = None) -> None:
        """An entry, with the time and packing of another; without one it bears no time.

        What the other notes of sizes and sums is not taken over: it no longer holds.
        """
        self._zip.writestr(self._entry(name, like), data)

    def add_all(
        self, name: str, pieces: Iterable[bytes | memoryview], like: Entry | None = None
    ) -> None:
        """The same, of pieces; one that comes in many need not be in memory as a whole."""
        first, *others = list(islice(pieces := iter(pieces), 2))
        if not others:
            self.add(name, bytes(first), like)
            return
        with self._zip.open(self._entry(name, like), "w") as entry:
            for piece in chain((first,), others, pieces):
                entry.write(piece)

    def _entry(self, name: str, like: Entry | None) -> Entry:
        entry = Entry(name, like.date_time if like else _NO_TIME)
        entry.compress_type = like.compress_type if like else self._zip.compression
        entry.external_attr = like.external_attr if like else 0
        entry.create_system = _SYSTEM
        return entry

    def add_pieces(self, name: str, pieces: Iterable[bytes | memoryview]) -> None:
        """An entry that need not be in memory as a whole."""
        with self._zip.open(name, "w") as entry:
            for piece in pieces:
                entry.write(piece)

    def done(self) -> io.BytesIO:
        """The whole file, to be read from its beginning."""
        self._zip.close()
        self.stream.seek(0)
        return self.stream


class State(Enum):
    """What there is of a zip file on disk."""

    WHOLE = auto()
    CUT_OFF = auto()
    """The beginning of one, or nothing at all: whoever wrote it did not come to the end."""
    OTHER = auto()
    """Not to be read, or no zip file."""


def state_of(path: Path) -> State:
    """Look through a file of any size, without keeping anything of it; nothing is raised."""
    begins = False
    try:
        with path.open("rb") as stream:
            begins = stream.read(len(_BEGIN)) in (b"", _BEGIN)
            with zipfile.ZipFile(stream) as package:
                sound = package.testzip() is None
    except _CUT_OFF:
        sound = False
    except (OSError, RuntimeError, NotImplementedError, ValueError):
        return State.OTHER
    if sound:
        return State.WHOLE
    return State.CUT_OFF if begins else State.OTHER
