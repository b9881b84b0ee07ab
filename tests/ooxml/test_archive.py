from __future__ import annotations

import io
import zipfile

import pytest

from xladdin.ooxml import limits
from xladdin.ooxml.archive import Archive, Packer, part_key
from xladdin.ooxml.refused import DamagedError, TooLargeError


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, data in entries:
            package.writestr(name, data)
    return stream.getvalue()


def test_names_as_writers_write_them() -> None:
    archive = Archive(packed(("\\XL\\Workbook.xml", b"a"), ("/b.xml", b"b")))
    assert archive.read("xl/workbook.xml") == b"a"
    assert "B.XML" in archive
    assert "c.xml" not in archive
    assert part_key("/A\\b") == "a/b"


def test_what_is_not_there_is_damage() -> None:
    with pytest.raises(DamagedError):
        Archive(packed(("a", b"a"))).read("b")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        packed(("a", b"a"))[:-30],
        packed(("a/../../b", b"x")),
        packed(("..\\b", b"x")),
        packed(("a.xml", b"1"), ("/A.xml", b"2")),
        packed(("a", b"a"), method=zipfile.ZIP_LZMA),
        packed(("a", b"a"), method=zipfile.ZIP_BZIP2),
    ],
    ids=range(8),
)
def test_what_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedError):
        Archive(data)


def test_every_read_counts_until_all_is_measured() -> None:
    data = packed(("a", bytes(400)), ("b", bytes(400)))
    archive = Archive(data, 1000)
    for _ in range(2):
        archive.read("a")
    with pytest.raises(TooLargeError):
        archive.read("a")
    measured = Archive(data, 1000)
    measured.measure()
    assert all(len(measured.read("b")) == 400 for _ in range(5))
    with pytest.raises(TooLargeError):
        Archive(packed(("a", bytes(600)), ("b", bytes(600))), 1000).measure()


def test_a_size_that_lies() -> None:
    data = bytearray(packed(("a", bytes(100_000))))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(DamagedError):
        Archive(bytes(data)).read("a")


def test_entries_are_counted_before_they_are_listed() -> None:
    Archive(packed(*((str(i), b"") for i in range(limits.MOST_ENTRIES))))
    with pytest.raises(TooLargeError):
        Archive(b"PK\x03\x04" + b"PK\x01\x02" * (limits.MOST_ENTRIES + 1))


def test_what_is_packed_can_be_read() -> None:
    packer = Packer(zipfile.ZIP_STORED)
    packer.add("a", b"1")
    packer.add(zipfile.ZipInfo("b"), b"2")
    archive = Archive(packer.done().read())
    assert [archive.read(info.filename) for info in archive.infos] == [b"1", b"2"]
