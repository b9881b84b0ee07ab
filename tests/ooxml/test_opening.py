from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.makers import packed
from xladdin.ooxml import opening
from xladdin.ooxml.opening import OLE, ZIP, OpenedFile, is_protected, is_workbook, open_file
from xladdin.ooxml.refused import DamagedError, TooLargeError


def test_what_can_be_read_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    file = open_file(tmp_path / "a")
    assert (file.name, file.data, file.problems) == ("a", b"1", ())
    assert open_file(file) is file
    assert not file.is_missing
    assert open_file(tmp_path / "b").is_missing


def test_each_reader_of_a_file_has_a_measure_of_its_own() -> None:
    file = OpenedFile(Path("a"), packed({"a": bytes(600)}))
    for _ in range(2):
        reader = file.archive.within(1000)
        assert len(reader.read("a")) == 600
        with pytest.raises(TooLargeError):
            reader.read("a")
    with pytest.raises(DamagedError):
        _ = OpenedFile(Path("a"), b"no zip").archive


def test_why_there_is_nothing_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def code(path: Path) -> str:
        file = open_file(path)
        (problem,) = file.problems
        assert file.data == b""
        assert problem.place.file == path.name
        return problem.code

    monkeypatch.setattr(opening, "MOST_BYTES", 5)
    monkeypatch.setattr(opening, "MOST_TEXT_BYTES", 7)
    for data in (ZIP + b"12", b"1\0" * 3, b"12345678"):
        (tmp_path / "large").write_bytes(data)
        assert code(tmp_path / "large") == "file_too_large"
    (tmp_path / "text").write_bytes(b"1234567")
    assert open_file(tmp_path / "text").data == b"1234567"
    assert code(tmp_path) == "file_is_folder"
    assert code(tmp_path / "gone") == "file_missing"
    assert code(tmp_path / "~$a.xlsx") == "file_is_lock"
    assert code(tmp_path / "a\0b") == "file_unreadable"
    assert code(Path("/dev/zero")) == "file_too_large"


def test_kinds_are_told_by_content() -> None:
    assert is_workbook(ZIP)
    assert is_workbook(OLE)
    assert not is_workbook(b"a,b")
    assert is_protected(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert not is_protected(OLE)
    assert not is_protected(ZIP + "EncryptedPackage".encode("utf-16-le"))
