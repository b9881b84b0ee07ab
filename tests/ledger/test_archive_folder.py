"""Files by the hash of their content: kept once, whole, their owner's alone."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from xladdin.ledger.archive_folder import FOLDER, Archive


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.XLSX", ".xlsx"), ("a.tar.gz", ".gz"), ("a", ""), ("a.坏", ""), ("a.x/../b", "")],
)
def test_a_file_is_kept_once(tmp_path: Path, name: str, ending: str) -> None:
    archive = Archive(tmp_path)
    digest = hashlib.sha256(b"content").hexdigest()
    assert archive.keep(b"content", name) == archive.keep(b"content", "other.csv") == digest
    kept = tmp_path / FOLDER / digest[:2] / f"{digest}{ending}"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]
    assert archive.find(digest) == kept
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_what_was_touched_is_told_and_mended_by_the_same_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, two = archive.keep(b"1", "1.xlsx"), archive.keep(b"2", "2.xlsx")
    assert archive.touched([one, two]) == ([], [])
    place = archive.find(one)
    assert place is not None
    place.write_bytes(b"x")
    assert archive.touched([one, two, "0" * 64]) == ([one], ["0" * 64])
    archive.keep(b"1", "1.xlsx")
    assert archive.touched([one, two]) == ([], [])


def test_files_are_removed_by_their_hash_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, two = archive.keep(b"1", "1.xlsx"), archive.keep(b"2", "2.xlsx")
    (tmp_path / "绩效台账.db").write_bytes(b"")
    assert archive.remove([one, "0" * 64, "../*", "*"]) == []
    assert archive.find(one) is None
    assert archive.find(two) is not None
    assert (tmp_path / "绩效台账.db").exists()
