"""Repairing what the setup installed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xladdin.addin.setup import staged_app
from xladdin.addin.windows import setup_folder
from xladdin.addin.windows.machine import Machine
from xladdin.addin.windows.setup_folder import SHARED, SetupFolder, repair, setup_of
from xladdin.problems import ProblemsFound

from . import fake


def installed(root: Path) -> Machine:
    """A machine whose Python came by the setup."""
    app = root / "程序 文件" / "app"
    python = fake.written(app / "python" / "python.exe", b"runs")
    fake.written(app / "python" / f"xlwings64-{setup_folder_version()}.dll")
    for number in range(8):
        fake.written(app / "site" / f"module{number}.py")
    staged_app.list_files(app)
    return replace(fake.machine(root), python=str(python))


def setup_folder_version() -> str:
    from xladdin.addin.windows.runtime import XLWINGS  # noqa: PLC0415

    return XLWINGS


def links(setup: SetupFolder) -> tuple[str, ...]:
    return (f"links to {setup.windowed_python.name}",)


def test_a_sound_installation(tmp_path: Path) -> None:
    machine = installed(tmp_path)
    done = repair(machine, links, fake.build)
    assert done.problems == ()
    assert done.told[0] == "安装的文件都是完好的。"
    assert done.told[-1] == "links to pythonw.exe"
    assert machine.add_in.read_bytes() == fake.ADD_IN


def test_damage_is_told_and_the_rest_is_repaired(tmp_path: Path) -> None:
    machine = installed(tmp_path)
    setup = setup_of(machine)
    assert setup is not None
    for number in range(7):
        (setup.app / "site" / f"module{number}.py").unlink()
    done = repair(machine, links, fake.build)
    told = [problem for problem in done.problems if problem.code == "damaged"]
    assert len(told) == setup_folder.MOST + 1
    assert "不见了" in told[0].message
    assert "7 个" in told[-1].message
    assert all("重新运行安装程序" in problem.message for problem in told)
    assert machine.add_in.exists()
    assert "links to pythonw.exe" in done.told


def test_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    machine = installed(tmp_path)
    setup = setup_of(machine)
    assert setup is not None
    (setup.app / "files.json").write_text("{", "utf-8")
    assert [each.code for each in repair(machine, links, fake.build).problems] == ["damaged"]


def test_an_open_excel_is_told_and_the_menus_come_all_the_same(tmp_path: Path) -> None:
    machine = installed(tmp_path)
    fake.written(machine.add_in, b"old")
    with fake.locked(machine.add_in):
        done = repair(machine, links, fake.build)
    assert [each.code for each in done.problems] == ["not_written"]
    assert done.told[-1] == "links to pythonw.exe"


def test_menus_that_the_system_refuses(tmp_path: Path) -> None:
    def refuse(_: SetupFolder) -> tuple[str, ...]:
        raise OSError("no")

    done = repair(installed(tmp_path), refuse, fake.build)
    assert [each.code for each in done.problems] == ["no_links"]


def test_a_share_has_no_menus(tmp_path: Path) -> None:
    machine = installed(tmp_path)
    setup = setup_of(machine)
    assert setup is not None
    fake.written(setup.root / SHARED)
    assert "links to pythonw.exe" not in repair(machine, links, fake.build).told


def test_another_python(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="pip"):
        repair(fake.machine(tmp_path), links, fake.build)
