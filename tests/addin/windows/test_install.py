"""Installing and uninstalling, in every state of a machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xladdin.addin.glue import GlueChangedError
from xladdin.addin.windows.install import EXCEL_OPEN, NEXT, NOTHING, install, uninstall
from xladdin.addin.windows.machine import Machine, mark_of
from xladdin.paths import UNDO_FOLDER
from xladdin.problems import Problem, ProblemsFound, errors

from . import fake

CONSOLE = b'"SHOW CONSOLE","True"\r\n'


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return fake.machine(tmp_path)


def put(machine: Machine) -> tuple[str, ...]:
    done = install(machine, fake.build)
    assert not errors(done.problems)
    return done.told


def problems(action: Callable[[], object]) -> list[Problem]:
    with pytest.raises(ProblemsFound) as found:
        action()
    return list(found.value.problems)


def ours(machine: Machine) -> bytes:
    return f'"INTERPRETER_WIN","{machine.python}"\r\n'.encode(machine.code_page)


# Installing.


def test_a_fresh_machine(machine: Machine) -> None:
    done = install(machine, fake.build)
    assert done.problems == ()
    assert done.told == (
        f"加载项写入：{machine.add_in}",
        f"Excel 将使用 {machine.python}，登记在 {machine.conf}",
        NEXT,
    )
    assert machine.add_in.read_bytes() == fake.ADD_IN
    assert machine.conf.read_bytes() == ours(machine)


def test_a_missing_start_folder_is_made(machine: Machine) -> None:
    shutil.rmtree(machine.app_data)
    put(machine)
    assert machine.add_in.read_bytes() == fake.ADD_IN


def test_twice_is_once(machine: Machine, tmp_path: Path) -> None:
    put(machine)
    before = fake.tree(tmp_path)
    with fake.locked(machine.add_in, machine.conf):  # Excel may be open: there is nothing to write
        told = put(machine)
    assert fake.tree(tmp_path) == before
    assert told[0] == f"加载项已经是最新的：{machine.add_in}"
    assert "已经登记在" in told[1]


def test_an_old_add_in_is_replaced(machine: Machine) -> None:
    fake.written(machine.add_in, b"old")
    assert put(machine)[0].startswith("加载项写入")
    assert machine.add_in.read_bytes() == fake.ADD_IN


def test_another_python_takes_the_place_of_the_first(machine: Machine, tmp_path: Path) -> None:
    put(machine)
    moved = replace(machine, python=str(fake.written(tmp_path / "其他" / "python.exe")))
    done = install(moved, fake.build)
    assert moved.conf.read_bytes() == ours(moved)
    assert [problem.code for problem in done.problems] == ["dll"]
    assert not errors(done.problems)  # it is installed; what is left to do is only told


def test_other_settings_are_kept(machine: Machine) -> None:
    fake.written(machine.conf, CONSOLE)
    put(machine)
    assert machine.conf.read_bytes() == ours(machine) + CONSOLE


def test_lines_that_excel_cannot_read_are_kept_and_told(machine: Machine) -> None:
    fake.written(machine.conf, CONSOLE + b"nonsense\r\n")
    found = install(machine, fake.build).problems
    assert [problem.code for problem in found] == ["conf"]
    assert "第 3 行" in found[0].message
    assert machine.conf.read_bytes() == ours(machine) + CONSOLE + b"nonsense\r\n"


@pytest.mark.parametrize(("code_page", "user"), [("cp936", "张三"), ("cp1252", "José")])
def test_a_path_is_written_in_the_code_page(tmp_path: Path, code_page: str, user: str) -> None:
    machine = fake.machine(tmp_path, user=user, code_page=code_page)
    put(machine)
    assert user.encode(code_page) in machine.conf.read_bytes()


def test_a_downloads_mark_is_taken_off(machine: Machine) -> None:
    put(machine)
    fake.written(mark_of(machine.add_in))
    assert "加载项文件“来自网络”的标记已去掉。" in put(machine)
    assert not mark_of(machine.add_in).exists()


def test_a_mark_that_cannot_be_taken_off(machine: Machine) -> None:
    put(machine)
    mark = fake.written(mark_of(machine.add_in))
    with fake.locked(mark):
        assert [it.message for it in problems(lambda: put(machine))] == [EXCEL_OPEN]


# What prevents it.


def test_an_open_excel(machine: Machine, tmp_path: Path) -> None:
    fake.written(machine.add_in, b"old")
    before = fake.tree(tmp_path)
    with fake.locked(machine.add_in):
        (found,) = problems(lambda: put(machine))
    assert "请先关闭所有 Excel 窗口" in found.message
    assert found.place.file == str(machine.add_in)
    assert fake.tree(tmp_path) == before


def test_an_owner_file_beside_the_add_in(machine: Machine) -> None:
    fake.written(machine.add_in, b"old")
    fake.written(machine.add_in.with_name("~$xladdin.xlam"))
    assert [it.message for it in problems(lambda: put(machine))] == [EXCEL_OPEN]


def test_a_folder_that_may_not_be_written(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("xladdin.files._write", refuse)
    found = problems(lambda: put(machine))
    assert [it.message for it in found] == ["没有写入这个文件夹的权限"] * 2
    assert not machine.add_in.exists()


def test_a_file_where_a_folder_should_be(machine: Machine) -> None:
    shutil.rmtree(machine.app_data)
    fake.written(machine.app_data)
    (found,) = problems(lambda: put(machine))
    assert "不是文件夹" in found.message
    assert not machine.conf.exists()


def test_a_folder_where_the_settings_should_be(machine: Machine) -> None:
    machine.conf.mkdir(parents=True)
    (found,) = problems(lambda: put(machine))
    assert found.place.file == str(machine.conf)


@pytest.mark.parametrize("what", ["python", "user_folder"])
def test_a_path_that_the_code_page_lacks(machine: Machine, tmp_path: Path, what: str) -> None:
    path = tmp_path / "张三" / "x"
    changed = replace(machine, code_page="cp1252", python=machine.python)
    changed = (
        replace(changed, python=str(path))
        if what == "python"
        else replace(changed, user_folder=path)
    )
    before = fake.tree(tmp_path)
    (found,) = problems(lambda: put(changed))
    assert found.code == "path"
    assert "“张三”" in found.message
    assert "系统区域设置" in found.message
    assert fake.tree(tmp_path) == before


def test_all_problems_come_at_once(machine: Machine, tmp_path: Path) -> None:
    fake.written(machine.add_in, b"old")
    fake.written(machine.conf, CONSOLE)
    changed = replace(machine, code_page="cp1252", python=str(tmp_path / "张"), xlwings=None)
    before = fake.tree(tmp_path)
    with fake.locked(machine.add_in, machine.conf):
        found = problems(lambda: put(changed))
    assert [it.code for it in found] == ["no_xlwings", "path", "not_written", "not_written"]
    assert fake.tree(tmp_path) == before


@pytest.mark.parametrize(("version", "code"), [(None, "no_xlwings"), ("0.30.1", "wrong_xlwings")])
def test_the_right_xlwings_is_asked_for(machine: Machine, version: str | None, code: str) -> None:
    (found,) = problems(lambda: put(replace(machine, xlwings=version)))
    assert found.code == code
    assert "pip install xladdin" in found.message


def test_an_xlwings_that_somebody_changed(machine: Machine) -> None:
    def build() -> bytes:
        raise GlueChangedError

    (found,) = problems(lambda: install(machine, build))
    assert found.code == "wrong_xlwings"
    assert not machine.conf.exists()


@pytest.mark.parametrize("action", [put, uninstall])
def test_another_system(machine: Machine, action: Callable[[Machine], object]) -> None:
    (found,) = problems(lambda: action(replace(machine, is_windows=False)))
    assert "xladdin addin build" in found.message
    assert "xladdin addin lambdas" in found.message


# Uninstalling.


def test_nothing_to_uninstall(machine: Machine, tmp_path: Path) -> None:
    before = fake.tree(tmp_path)
    assert uninstall(machine).told == (NOTHING,)
    assert fake.tree(tmp_path) == before


def test_it_tells_what_it_took_out(machine: Machine) -> None:
    put(machine)
    assert uninstall(machine).told == (
        f"加载项已删除：{machine.add_in}",
        f"Python 的登记已删除：{machine.conf}",
    )
    assert uninstall(machine).told == (NOTHING,)


def test_snapshots_of_peoples_figures_do_not_stay(machine: Machine) -> None:
    put(machine)
    snapshots = machine.user_folder / UNDO_FOLDER
    (snapshots / "a").mkdir(parents=True)
    (snapshots / "a" / "1.snapshot").write_bytes(b"figures")
    assert uninstall(machine).told[-1] == f"撤销用的快照已删除：{snapshots}"
    assert not snapshots.exists()


def test_only_one_of_both_is_there(machine: Machine) -> None:
    put(machine)
    machine.add_in.unlink()
    assert uninstall(machine).told == (f"Python 的登记已删除：{machine.conf}",)
    put(machine)
    machine.conf.unlink()
    assert uninstall(machine).told == (f"加载项已删除：{machine.add_in}",)


def test_the_log_stays(machine: Machine) -> None:
    put(machine)
    log = fake.written(machine.user_folder / "xladdin.log", b"log")
    uninstall(machine)
    assert list(machine.user_folder.iterdir()) == [log]


def test_an_open_excel_keeps_both(machine: Machine, tmp_path: Path) -> None:
    put(machine)
    before = fake.tree(tmp_path)
    with fake.locked(machine.add_in):
        assert [it.message for it in problems(lambda: uninstall(machine))] == [EXCEL_OPEN]
    assert fake.tree(tmp_path) == before


SETTINGS = st.none() | st.lists(
    st.sampled_from([CONSOLE, b"broken\n", b"\r\n", '"TEMP DIR","D:\\临时"'.encode("cp936")]),
    min_size=1,
).map(b"".join)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(conf=SETTINGS, log=st.booleans(), times=st.integers(1, 3))
def test_out_again_is_as_before(
    tmp_path_factory: pytest.TempPathFactory, conf: bytes | None, log: bool, times: int
) -> None:
    root = tmp_path_factory.mktemp("machine")
    machine = fake.machine(root)
    if conf is not None:
        fake.written(machine.conf, conf)
    if log:
        fake.written(machine.user_folder / "xladdin.log", b"log")
    before = fake.tree(root)
    for _ in range(times):
        put(machine)
    uninstall(machine)
    assert fake.tree(root) == before
