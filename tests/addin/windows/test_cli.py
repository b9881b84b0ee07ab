"""The three commands, as a clerk and a program meet them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.addin import samples
from tests.app.command import xladdin
from xladdin.addin.windows import machine as port
from xladdin.addin.windows.machine import Machine

from . import fake

pytestmark = pytest.mark.xdist_group("addin")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = fake.machine(tmp_path)
    monkeypatch.setattr(port, "this_machine", lambda: made)
    return made


def test_in_and_out(machine: Machine) -> None:
    done = xladdin("addin", "install")
    assert (done.code, done.err) == (0, "")
    assert "绩效助手" in done.out
    assert machine.add_in.read_bytes() == samples.file()
    assert "已经是最新的" in xladdin("addin", "install").out
    done = xladdin("addin", "doctor")
    assert (done.code, done.err) == (0, "")
    assert "问题 0 个，提醒 0 个。" in done.out
    assert {line[:2] for line in done.out.splitlines()[:-1]} == {"正常"}
    done = xladdin("addin", "uninstall")
    assert (done.code, done.err) == (0, "")
    assert done.out.count("已删除") == 2
    done = xladdin("addin", "uninstall")
    assert (done.code, done.out) == (0, "没有安装加载项，不用卸载。\n")


def test_what_is_left_to_do_is_told_after_installing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(port, "this_machine", lambda: replace(machine, has_pywin32=False))
    done = xladdin("addin", "install")
    assert done.code == 0
    assert "提醒" in done.err
    assert "pywin32" in done.err


def test_the_doctor_tells_each_problem_with_its_advice(machine: Machine) -> None:
    done = xladdin("addin", "doctor")
    assert (done.code, done.err) == (1, "")
    assert (
        f"问题  没有安装加载项：{machine.add_in}\n      请运行 xladdin addin install。" in done.out
    )
    assert "问题 2 个，提醒 0 个。" in done.out


def test_the_doctor_answers_a_program(machine: Machine) -> None:
    done = xladdin("addin", "doctor", "--json")
    assert done.code == 1
    answer = json.loads(done.out)
    assert {finding["state"] for finding in answer["findings"]} == {"ok", "error"}
    assert [problem["code"] for problem in answer["problems"]] == ["python", "addin"]


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_an_open_excel(machine: Machine, command: str) -> None:
    fake.written(machine.add_in, b"old")
    with fake.locked(machine.add_in):
        done = xladdin("addin", command)
    assert (done.code, done.out) == (1, "")
    assert "请先关闭所有 Excel 窗口" in done.err


@pytest.mark.parametrize("command", ["install", "uninstall", "doctor"])
def test_another_system(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setattr(port, "this_machine", lambda: replace(machine, is_windows=False))
    before = fake.tree(tmp_path)
    done = xladdin("addin", command)
    assert done.code == 1
    told = done.out + done.err
    assert [text for text in ("Windows", "addin build", "addin lambdas") if text not in told] == []
    assert fake.tree(tmp_path) == before


def test_the_server_at_logon(machine: Machine) -> None:
    assert "由 Excel 自己启动 Python" in xladdin("addin", "server").out
    done = xladdin("addin", "server", "--on")
    assert (done.code, done.out) == (1, "")
    assert "还没有安装加载项" in done.err
    assert xladdin("addin", "install").code == 0
    assert "正在运行" in xladdin("addin", "server", "--on").out
    assert xladdin("addin", "server").out.startswith("正常")
    machine.server.stop()
    done = xladdin("addin", "server")
    assert (done.code, done.out[:2]) == (1, "问题")
    assert "已经关掉" in xladdin("addin", "server", "--off").out


def test_an_interpreter_that_is_not_there_is_told(machine: Machine, tmp_path: Path) -> None:
    missing, out = tmp_path / "没有.exe", tmp_path / "x.xlam"
    done = xladdin("addin", "build", "--out", str(out), "--interpreter", str(missing))
    assert done.code == 0
    assert f"这台电脑上没有 {missing}" in done.err
    missing.write_bytes(b"")
    assert not xladdin("addin", "build", "--out", str(out), "--interpreter", str(missing)).err
