"""Copies of a workbook: whole, aside, and never none."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import stat
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest

from xladdin.files import FileChangedError, content_of
from xladdin.ooxml.sealing import encrypted
from xladdin.patch import saving
from xladdin.patch.backups import KEPT, back_up, backups, prune
from xladdin.patch.saving import save_over
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook import Workbook
from xladdin.patch.workbook_opening import workbook_of

from .small import small

ROWS = "".join(
    f'<row r="{row}"><c r="A{row}" t="str"><v>{hashlib.sha256(bytes([row])).hexdigest()}</v></c></row>'
    for row in range(1, 250)
)
"""Enough that what encrypts it writes it as a whole."""

NOW = dt.datetime(2026, 11, 5, 9, 30, 0)


def version(value: int) -> bytes:
    return small(f'<row r="1"><c r="A1"><v>{value}</v></c></row>')


BEFORE = version(1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "总表.xlsx"
    target.write_bytes(BEFORE)
    return target


@pytest.fixture(params=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system with second names, and one without."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refuse)


def changed(value: int = 2) -> Workbook:
    book = workbook_of(BEFORE)
    SheetPatch(book, "S").set("A1", Decimal(value))
    return book


def older(path: Path, days: int, content: bytes) -> Path:
    """A copy that was made so many days before."""
    moment = NOW - dt.timedelta(days=days)
    copy = path.with_name(f"{path.stem}.备份-{moment:%Y%m%d-%H%M%S}.xlsx")
    copy.write_bytes(content)
    return copy


@pytest.mark.usefixtures("links")
def test_the_copy_is_what_was_read_and_as_private(path: Path) -> None:
    path.chmod(0o640)
    assert save_over(path, BEFORE, changed(), NOW) == []
    (copy,) = backups(path)
    assert copy.read_bytes() == BEFORE
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IMODE(path.stat().st_mode) == 0o640
    assert set(path.parent.iterdir()) == {path, copy}


@pytest.mark.usefixtures("links")
def test_what_a_killed_run_has_kept_is_not_kept_twice(path: Path) -> None:
    first = back_up(path, BEFORE, NOW)
    again = back_up(path, BEFORE, NOW + dt.timedelta(minutes=1))
    assert (first.new, again.new) == (True, False)
    assert first.path == again.path
    assert backups(path) == [first.path]


@pytest.mark.usefixtures("links")
def test_two_of_one_second_have_a_name_each(path: Path) -> None:
    first = back_up(path, BEFORE, NOW)
    path.unlink()
    path.write_bytes(version(2))
    second = back_up(path, version(2), NOW)
    assert [copy.read_bytes() for copy in (first.path, second.path)] == [BEFORE, version(2)]


def test_a_file_that_is_no_longer_what_was_read_is_not_kept_as_such(path: Path) -> None:
    with pytest.raises(FileChangedError):
        back_up(path, version(7), NOW)
    assert backups(path) == []


@pytest.mark.parametrize("half", [b"", b"PK", BEFORE[:-30], BEFORE[:100] + b"x" + BEFORE[101:]])
def test_half_copies_neither_count_nor_stay(path: Path, half: bytes) -> None:
    good = [older(path, 20 + days, version(days)) for days in range(KEPT - 1)]
    for days in range(4):
        older(path, 1 + days, half)
    assert save_over(path, BEFORE, changed(), NOW) == []
    assert set(backups(path)) == {*good, backups(path)[-1]}
    assert backups(path)[-1].read_bytes() == BEFORE


def test_what_somebody_has_put_there_under_such_a_name_is_left_alone(path: Path) -> None:
    encrypted = older(path, 30, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100)
    folder = path.with_name("总表.备份-20261101-100000.xlsx")
    folder.mkdir()
    for i in range(KEPT + 2):
        assert save_over(path, path.read_bytes(), changed(i + 2), NOW) == []
    assert encrypted.exists()
    assert folder.is_dir()
    assert len(backups(path)) == KEPT + 1


def test_one_that_cannot_be_removed_is_a_remark_and_the_data_is_written(path: Path) -> None:
    old = [older(path, 20 + days, version(days)) for days in range(KEPT + 1)]
    refused = mock.Mock(side_effect=PermissionError(errno.EACCES, "in use"))
    with mock.patch("xladdin.patch.backups.Path.unlink", refused):
        (problem,) = save_over(path, BEFORE, changed(), NOW)
    assert not problem.is_error
    assert old[-1].name in problem.message
    assert path.read_bytes() != BEFORE


def test_the_copy_just_made_stays_whatever_the_clock_says(path: Path) -> None:
    for days in range(KEPT):
        older(path, -1 - days, version(days))
    assert save_over(path, BEFORE, changed(), NOW) == []
    assert BEFORE in [copy.read_bytes() for copy in backups(path)]
    assert len(backups(path)) == KEPT


def test_a_run_with_nothing_to_write_ends_what_a_killed_one_began(path: Path) -> None:
    copies = [older(path, 20 - days, version(days)) for days in range(KEPT + 2)]
    half = older(path, 1, BEFORE[:-30])
    assert save_over(path, BEFORE, workbook_of(BEFORE), NOW) == []
    assert backups(path) == copies[-KEPT:]
    assert not half.exists()


def test_copies_with_a_password_are_counted_like_others(path: Path) -> None:
    sealed = encrypted(small(ROWS), "对的密码")
    copies = [older(path, 20 - days, sealed) for days in range(KEPT + 2)]
    half = older(path, 1, sealed[:-600])
    assert prune(path) == []
    assert backups(path) == copies[-KEPT:]
    assert not half.exists()


def test_where_no_copy_is_whole_none_is_removed(path: Path) -> None:
    halves = [older(path, days, b"PK half") for days in (3, 2, 1)]
    assert save_over(path, BEFORE, workbook_of(BEFORE), NOW) == []
    assert backups(path) == halves


def test_pruning_where_the_folder_cannot_be_read_is_no_error(path: Path) -> None:
    with mock.patch("xladdin.patch.backups.backups", side_effect=PermissionError):
        assert prune(path, path) == []


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_leaves_no_half_copy(path: Path, code: int) -> None:
    with mock.patch("xladdin.files.os.fsync", side_effect=OSError(code, "full")):
        (problem,) = save_over(path, BEFORE, changed(), NOW)
    assert problem.code == "file_unwritable"
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == BEFORE


def test_a_refused_write_leaves_no_copy(path: Path) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    with mock.patch("xladdin.patch.saving.put", refuse):
        (problem,) = save_over(path, BEFORE, changed(), NOW)
    assert problem.code == "file_locked"
    assert list(path.parent.iterdir()) == [path]


def test_a_save_at_the_very_moment_of_the_renaming_is_put_back(path: Path) -> None:
    """Somebody writes into the file between the last look and the renaming."""
    put = saving.put

    def late(aside: Path, target: Path, before: bytes | None) -> None:
        assert content_of(target) == before
        with target.open("r+b") as stream:
            stream.write(version(9))
        put(aside, target, version(9))

    with mock.patch("xladdin.patch.saving.put", late):
        (problem,) = save_over(path, BEFORE, changed(), NOW)
    assert problem.code == "file_changed"
    assert path.read_bytes() == version(9)
    assert list(path.parent.iterdir()) == [path]
