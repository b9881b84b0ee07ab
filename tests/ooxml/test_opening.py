from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.ooxml import opening
from xladdin.ooxml.opening import OLE, ZIP, is_protected, is_workbook, read_bytes


def test_what_can_be_read_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    assert read_bytes(tmp_path / "a") == (b"1", [])


def test_why_there_is_nothing_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def code(path: Path) -> str:
        data, (problem,) = read_bytes(path)
        assert data == b""
        assert problem.place.file == path.name
        return problem.code

    monkeypatch.setattr(opening, "MOST_BYTES", 3)
    (tmp_path / "large").write_bytes(b"1234")
    assert code(tmp_path / "large") == "file_too_large"
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
