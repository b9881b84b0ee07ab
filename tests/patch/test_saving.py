"""Putting a changed workbook in its place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest

from xladdin.patch.saving import KEPT, backups, save_as, save_over
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook import Workbook
from xladdin.patch.workbook_opening import workbook_of

from .parts import filled
from .small import small

NOW = dt.datetime(2026, 11, 5, 9, 30, 0)
BEFORE = small('<row r="1"><c r="A1"><v>1</v></c></row>')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "绩效 [总表].xlsx"
    target.write_bytes(BEFORE)
    return target


def changed(value: int = 2) -> Workbook:
    book = workbook_of(BEFORE)
    SheetPatch(book, "S").set("A1", Decimal(value))
    return book


def test_a_copy_is_kept_beside_the_new_file(path: Path) -> None:
    assert save_over(path, BEFORE, changed(), NOW) == []
    assert filled(path) == {("S", "A1"): 2.0}
    (backup,) = backups(path)
    assert backup.name == "绩效 [总表].备份-20261105-093000.xlsx"
    assert backup.read_bytes() == BEFORE


def test_the_newest_copies_stay(path: Path) -> None:
    other = path.with_name("绩效 [总表].备份-旧.xlsx")
    other.write_bytes(b"")
    for i in range(KEPT + 3):
        moment = NOW + dt.timedelta(minutes=i // 2)  # two within one second
        assert save_over(path, path.read_bytes(), changed(i + 2), moment) == []
    kept = backups(path)
    assert len(kept) == KEPT
    assert [filled(copy)["S", "A1"] for copy in kept] == [4.0, 5.0, 6.0, 7.0, 8.0]
    assert other.exists()


def test_nothing_changed_and_nothing_written(path: Path) -> None:
    assert save_over(path, BEFORE, workbook_of(BEFORE), NOW) == []
    assert backups(path) == []


@pytest.mark.parametrize("owner", ["~${}", ".~lock.{}#"])
def test_a_file_that_is_open_stays_as_it_is(path: Path, owner: str) -> None:
    path.with_name(owner.format(path.name)).write_bytes(b"")
    (problem,) = save_over(path, BEFORE, changed(), NOW)
    assert problem.code == "file_locked"
    assert "关闭后再运行一次" in problem.message
    assert path.read_bytes() == BEFORE
    assert backups(path) == []


def test_a_file_saved_in_the_meantime_is_not_overwritten(path: Path) -> None:
    newer = small('<row r="1"><c r="A1"><v>7</v></c></row>')
    path.write_bytes(newer)
    (problem,) = save_over(path, BEFORE, changed(), NOW)
    assert problem.code == "file_changed"
    assert path.read_bytes() == newer


def test_a_full_disk(path: Path) -> None:
    with mock.patch("xladdin.files.os.fsync", side_effect=OSError(28, "no space")):
        (problem,) = save_over(path, BEFORE, changed(), NOW)
        (other,) = save_as(path, BEFORE, changed())
    assert problem.message == other.message == "没有写入：磁盘已满"
    assert path.read_bytes() == BEFORE
    assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_a_link_still_leads_to_the_file(path: Path) -> None:
    link = path.with_name("快捷.xlsx")
    link.symlink_to(path)
    assert save_over(link, BEFORE, changed(), NOW) == []
    assert link.is_symlink()
    assert filled(path) == {("S", "A1"): 2.0}
