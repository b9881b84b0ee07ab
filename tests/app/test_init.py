"""Writing a master workbook."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from xladdin.app.init import init
from xladdin.cli import form_commands
from xladdin.company.starting import example_company, shipped_company
from xladdin.master.read_master import read_master
from xladdin.problems import ProblemsFound

from .command import xladdin


def refused(path: Path, **settings: bool) -> str:
    with pytest.raises(ProblemsFound) as found:
        init(path, **settings)
    (problem,) = found.value.problems
    assert problem.place.file == str(path)
    return problem.code


@pytest.mark.parametrize("example", [False, True])
def test_what_is_written_is_what_is_read(example: bool, tmp_path: Path) -> None:
    path = tmp_path / "新" / "主表.xlsx"
    content = init(path, example=example)
    assert content == (example_company() if example else shipped_company())
    assert read_master(path)[0] == content


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "主表.xlsx"
    path.write_bytes(b"mine")
    assert refused(path) == "exists"
    assert path.read_bytes() == b"mine"
    init(path, overwrite=True)
    assert path.read_bytes() != b"mine"


def test_a_file_in_use_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "主表.xlsx"
    path.write_bytes(b"mine")
    (tmp_path / "~$主表.xlsx").touch()
    assert refused(path, overwrite=True) == "file_locked"
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["主表", "主表.xls", "主表.csv"])
def test_other_endings_are_refused(name: str, tmp_path: Path) -> None:
    assert refused(tmp_path / name) == "wrong_suffix"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "主表.xlsx").mkdir()
    assert refused(tmp_path / "主表.xlsx", overwrite=True) == "not_a_file"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    assert refused(tmp_path / "文件" / "主表.xlsx") == "not_written"


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300 + ".xlsx")
    for overwrite in (False, True):
        with pytest.raises(ProblemsFound, match="文件名太长"):
            init(path, overwrite=overwrite)
    assert list(tmp_path.iterdir()) == []


def test_the_master_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        init(tmp_path / "新" / "主表.xlsx")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "新" / "主表.xlsx").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "新").stat().st_mode) == 0o700


def test_who_comes_second_while_the_workbook_is_made_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "主表.xlsx"

    def slow(*_: object) -> bytes:
        path.write_bytes(b"the first one's")
        return b"mine"

    monkeypatch.setattr("xladdin.app.init.workbook_bytes", slow)
    assert refused(path) == "exists"
    assert path.read_bytes() == b"the first one's"


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "主表.xlsx"
    done = xladdin("init", path, "--example")
    assert (done.code, done.err) == (0, "")
    assert "40 人" in done.out
    again = xladdin("init", path)
    assert again.code == 1
    assert "--overwrite" in again.err
    assert xladdin("init", path, "--overwrite").code == 0


def test_a_kind_is_asked_for_at_a_terminal_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["银行", "物业"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _: True})())
    form_commands.init(tmp_path / "问过.xlsx")
    assert "没有这一种" in capsys.readouterr().out
    assert next(answers, None) is None
    names = [each.name for each in read_master(tmp_path / "问过.xlsx")[0].library.positions]
    assert names == ["物业客服", "物业客服主管"]
    # Neither where the example is wanted, nor where a script runs.
    form_commands.init(tmp_path / "示例.xlsx", example=True)
    monkeypatch.setattr("sys.stdin", type("Pipe", (), {"isatty": lambda _: False})())
    form_commands.init(tmp_path / "脚本.xlsx")
    assert read_master(tmp_path / "脚本.xlsx")[0] == shipped_company()
