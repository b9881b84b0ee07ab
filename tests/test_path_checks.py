"""Questions about paths that never raise."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from xladdin.files import same_file
from xladdin.path_checks import is_folder, may_be_there


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "file.txt").write_text("x", "utf-8")
    (tmp_path / "folder").mkdir()
    return tmp_path


def test_what_is_there(folder: Path) -> None:
    assert is_folder(folder / "folder")
    assert may_be_there(folder / "folder")
    assert may_be_there(folder / "file.txt")
    assert not is_folder(folder / "file.txt")


@pytest.mark.parametrize("name", ["nothing", "file.txt/below", "x" * 300, "a\0b", "y" * 5000])
def test_where_there_is_nothing_and_can_be_nothing(folder: Path, name: str) -> None:
    assert not is_folder(folder / name)
    assert not may_be_there(folder / name)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_where_nobody_may_look_there_may_be_something(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "stat", _refusing(number))
    assert not is_folder(folder / "folder")
    assert may_be_there(folder / "folder")


def test_one_path_in_two_ways(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert same_file(Path("file.txt"), folder / "folder" / ".." / "file.txt")
    assert not same_file(Path("file.txt"), folder / "folder")
    assert same_file(Path("a\0b"), Path("a\0b"))


def test_a_link_that_leads_to_itself(folder: Path) -> None:
    (folder / "loop").symlink_to(folder / "loop")
    assert same_file(folder / "loop", folder / "loop")
    assert not is_folder(folder / "loop")


def _refusing(number: int) -> Callable[..., os.stat_result]:
    def stat(path: object, *_: object, **__: object) -> os.stat_result:
        raise OSError(number, os.strerror(number), path)

    return stat
