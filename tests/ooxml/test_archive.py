from __future__ import annotations

import gc
import io
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from xladdin.ooxml import archive as archive_module
from xladdin.ooxml import limits
from xladdin.ooxml.archive import Archive, Packer, State, part_key, state_of
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


@pytest.mark.parametrize("deflated", [True, False])
def test_what_is_packed_can_be_read(deflated: bool) -> None:
    packer = Packer(deflated=deflated)
    packer.add("a", b"1")
    packer.add_pieces("b", [b"2", b"3"])
    archive = Archive(packer.done().read())
    assert [archive.read(entry.filename) for entry in archive.entries] == [b"1", b"23"]
    method = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    assert {entry.compress_type for entry in archive.entries} == {method}


def test_what_is_broken_off_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    packer = Packer()
    packer.add("a", b"1")
    packer.stream.close()
    del packer
    gc.collect()
    assert told == []


def test_an_entry_like_another_has_its_time_and_packing_and_none_of_its_sizes() -> None:
    old = zipfile.ZipInfo("a", (2020, 2, 3, 4, 5, 6))
    old.compress_type, old.external_attr, old.file_size, old.CRC = zipfile.ZIP_STORED, 1 << 16, 9, 9
    packer = Packer()
    packer.add("b", b"1", like=old)
    packer.add("c", b"1")
    like, own = Archive(packer.done().read()).entries
    assert (like.date_time, like.compress_type) == (old.date_time, zipfile.ZIP_STORED)
    assert (like.external_attr, like.file_size) == (1 << 16, 1)
    assert (own.date_time, own.compress_type) == ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED)


WHOLE = packed(("a", bytes(100) + b"12345"), method=zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (WHOLE, State.WHOLE),
        (b"before it" + WHOLE, State.WHOLE),
        (WHOLE[:-30], State.CUT_OFF),
        (b"", State.CUT_OFF),
        (b"P", State.OTHER),
        (b"PK", State.CUT_OFF),
        (b"something else", State.OTHER),
        (WHOLE.replace(b"12345", b"12346"), State.CUT_OFF),
        (b"before it" + WHOLE.replace(b"12345", b"12346"), State.OTHER),
    ],
    ids=range(9),
)
def test_what_there_is_of_a_file(data: bytes, state: State, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)
    assert state_of(tmp_path / "a") is state


def test_what_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    assert state_of(tmp_path) is state_of(tmp_path / "gone") is State.OTHER


@pytest.mark.parametrize("count", [0, 1, 50_000])
def test_what_is_left_out_while_it_is_inflated(count: int) -> None:
    lines = [b"%d;" % n for n in range(count)]
    archive = Archive(packed(("a", b"<a>" + b"".join(lines) + b"</a>")))
    seen: list[bytes] = []

    def thinned(stretch: bytes) -> bytes:
        seen.append(stretch)
        return b";".join(one for one in stretch.split(b";") if not one.endswith(b"7"))

    found = archive.read_thinned("a", thinned, b";")
    assert all(stretch.endswith(b";") for stretch in seen)
    assert found == b"<a>" + b"".join(one for one in lines if not one.endswith(b"7;")) + b"</a>"
    assert archive.read_thinned("a", lambda _: None, b";") == archive.read("a")


def test_what_stays_is_what_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MOST_OF_PART", 1000)
    archive = Archive(packed(("a", b"12345;" * 10_000), ("b", bytes(2000))))
    assert archive.read_thinned("a", lambda _: b"", b";") == b""
    for name in "ab":
        with pytest.raises(TooLargeError):
            archive.read_thinned(name, bytes, b";")


def test_an_entry_as_it_lies_there() -> None:
    data = b"as it is" * 100
    archive = Archive(packed(("a", b"x"), ("b", data)))
    found = archive.packed("b")
    assert found is not None
    crc, deflated, size = found
    assert (zlib.decompress(deflated, -15), crc, size) == (data, zlib.crc32(data), len(data))
    assert Archive(packed(("a", b"x"), method=zipfile.ZIP_STORED)).packed("a") is None
