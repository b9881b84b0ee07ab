"""``xladdin`` alone, in folders of every kind."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.app.months.test_opening_month import master
from xladdin.app.next_steps import next_steps
from xladdin.app.recent_use import Used

LAST = "全部命令：xladdin --help"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    return tmp_path


def test_an_empty_folder(empty: Path) -> None:
    done = xladdin()
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "这个文件夹里还没有总表。",
        "新建总表：xladdin init 总表.xlsx",
        "先看示例公司怎么用：xladdin demo",
        LAST,
    ]
    assert list(empty.iterdir()) == []


def test_a_folder_with_a_master(empty: Path) -> None:
    master(empty)
    done = xladdin()
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("总表.xlsx：2026年11月已开")
    assert done.out.splitlines()[-1] == LAST
    assert [path.name for path in empty.iterdir()] == ["总表.xlsx"]


@pytest.mark.parametrize("name", ["a.xlsx", "总表.xlsm", "~$总表.xlsx", "总表.备份-1.xlsx"])
def test_files_that_are_no_masters(empty: Path, name: str) -> None:
    if "备份" in name or name.startswith("~"):
        shutil.move(master(empty), empty / name)
    else:
        (empty / name).write_bytes(b"PK\x03\x04 no workbook")
    (empty / "文件夹.xlsx").mkdir()
    assert next_steps(empty)[0] == "这个文件夹里还没有总表。"


def test_of_several_masters_the_one_that_was_saved_last(empty: Path) -> None:
    old = empty / "去年.xlsx"
    shutil.copy(master(empty), old)
    os.utime(old, (1, 1))
    lines = next_steps(empty)
    assert lines[0] == "这里的总表有去年.xlsx、总表.xlsx，下面说的是最近保存的 总表.xlsx。"
    assert lines[1].startswith("总表.xlsx：")


def test_where_the_last_master_lies_is_said_and_nothing_is_done_there(empty: Path) -> None:
    (empty / "elsewhere").mkdir()
    path = master(empty / "elsewhere")
    known = {empty / "gone.xlsx": Used(), path: Used("2026-11")}
    assert next_steps(empty, known)[-1] == f"上次用的总表：{path}"
    assert len(next_steps(empty, {empty / "gone.xlsx": Used()})) == 3


def test_a_folder_that_cannot_be_read(tmp_path: Path) -> None:
    assert next_steps(tmp_path / "nowhere")[0] == "这个文件夹里还没有总表。"
