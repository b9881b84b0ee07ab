"""The Python that is started at logon: asked for, examined, given up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xladdin.addin.windows import conf, logon_server
from xladdin.addin.windows.defences import BY_RULE, RULES
from xladdin.addin.windows.doctor import examine
from xladdin.addin.windows.findings import State
from xladdin.addin.windows.install import install, uninstall
from xladdin.addin.windows.machine import Machine
from xladdin.problems import ProblemsFound

from . import fake


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = fake.machine(tmp_path)
    install(made, fake.build)
    return made


def state(machine: Machine, code: str) -> State | None:
    found = [one.state for one in examine(machine, fake.build) if one.code == code]
    return found[0] if found else None


def test_nothing_is_said_of_it_where_nobody_asked(machine: Machine) -> None:
    assert state(machine, "server") is None
    assert logon_server.turn_off(machine).told == ("没有打开登录时启动的 Python 服务，不用关。",)
    assert not machine.server.answers()


def test_on_and_off(machine: Machine) -> None:
    before = machine.conf.read_bytes()
    done = logon_server.turn_on(machine)
    assert done.problems == ()
    assert "以后登录 Windows 时自动启动" in done.told[0]
    assert machine.server.answers()
    assert logon_server.link_of(machine).is_file()
    assert conf.uses_server(machine.conf.read_bytes())
    assert conf.interpreter(machine.conf.read_bytes(), "cp936") == machine.python
    assert state(machine, "server") is State.OK
    again = machine.conf.read_bytes()
    logon_server.turn_on(machine)
    assert machine.conf.read_bytes() == again
    install(machine, fake.build)  # an update leaves it on
    assert logon_server.is_on(machine)
    assert logon_server.turn_off(machine).problems == ()
    assert machine.conf.read_bytes() == before
    assert not logon_server.is_there(machine)
    assert not machine.server.answers()


def test_without_the_add_in_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as refused:
        logon_server.turn_on(fake.machine(tmp_path))
    assert [one.code for one in refused.value.problems] == ["no_addin"]


def test_one_that_does_not_answer_is_not_left_behind(machine: Machine) -> None:
    before = machine.conf.read_bytes()
    silent = replace(machine, server=fake.Server(silent=True))
    with pytest.raises(ProblemsFound) as refused:
        logon_server.turn_on(silent)
    assert [one.code for one in refused.value.problems] == ["no_answer"]
    assert not logon_server.is_there(silent)
    assert machine.conf.read_bytes() == before


def test_a_menu_that_takes_no_link(machine: Machine) -> None:
    with pytest.raises(ProblemsFound) as refused:
        logon_server.turn_on(replace(machine, server=fake.Server(refuses=True)))
    (problem,) = refused.value.problems
    assert (problem.code, "写不进去" in problem.message) == ("no_link", True)
    assert not logon_server.is_on(machine)


def test_the_doctor_tells_one_that_does_not_run_and_one_that_nobody_asks(machine: Machine) -> None:
    logon_server.turn_on(machine)
    assert state(replace(machine, server=fake.Server()), "server") is State.BROKEN
    machine.conf.write_bytes(conf.without_server(machine.conf.read_bytes()))
    assert state(machine, "server") is State.REMARK


def test_a_rule_against_child_processes_is_no_matter_then(tmp_path: Path) -> None:
    made = fake.machine(tmp_path, registry={BY_RULE[0]: {RULES[0].id: "1"}})
    install(made, fake.build)
    assert state(made, "attack_surface") is State.BROKEN
    (told,) = [one for one in examine(made, fake.build) if one.code == "attack_surface"]
    assert logon_server.ON in told.advice
    logon_server.turn_on(made)
    assert state(made, "attack_surface") is State.OK


def test_who_uninstalls_ends_it_first(machine: Machine) -> None:
    logon_server.turn_on(machine)
    told = uninstall(machine).told
    assert "登录时启动的 Python 服务已经关掉" in told[0]
    assert not machine.server.answers()
    assert not logon_server.is_there(machine)
    assert not machine.conf.exists()


def test_one_that_does_not_end_is_not_taken_from_under_its_files(machine: Machine) -> None:
    logon_server.turn_on(machine)
    stuck = replace(machine, server=fake.Server(stuck=True))
    with pytest.raises(ProblemsFound) as refused:
        uninstall(stuck)
    assert [one.code for one in refused.value.problems] == ["still_runs"]
    assert machine.add_in.exists()


@pytest.mark.parametrize("turn", [logon_server.turn_on, logon_server.turn_off])
def test_elsewhere_it_is_refused(machine: Machine, turn: object) -> None:
    assert callable(turn)
    with pytest.raises(ProblemsFound) as refused:
        turn(replace(machine, is_windows=False))
    assert [one.code for one in refused.value.problems] == ["windows"]


def test_it_runs_without_a_window_where_it_can(tmp_path: Path) -> None:
    python = fake.written(tmp_path / "python.exe")
    assert logon_server.windowless(str(python)) == python
    without = fake.written(tmp_path / "pythonw.exe")
    assert logon_server.windowless(str(python)) == without
