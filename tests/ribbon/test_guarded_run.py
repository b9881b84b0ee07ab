"""Whatever happens, the user gets one plain message; the details are in the log."""

from __future__ import annotations

import errno
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import xladdin.ribbon
from xladdin import unforeseen
from xladdin.addin.buttons import buttons
from xladdin.app.generating.generate import Stopped
from xladdin.problems import Place, Problem, ProblemsFound, warning
from xladdin.ribbon import commands, guarded_run
from xladdin.ribbon.desk import Desk
from xladdin.ribbon.message_box import MOST, listed


class Screen(SimpleNamespace):
    """As much of an application as messages need."""

    def __init__(self) -> None:
        super().__init__(status_bar="?", told=[])

    def alert(self, prompt: str, **_: object) -> str:
        self.told.append(prompt)
        return "ok"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


def clicked(monkeypatch: pytest.MonkeyPatch, command: Any) -> Screen:
    screen: Any = Screen()
    monkeypatch.setitem(commands.COMMANDS, "test", command)
    guarded_run.run("test", lambda: screen, lambda _: False)
    found: Screen = screen
    return found


def logged() -> str:
    return unforeseen.log_file().read_text("utf-8")


def test_every_button_has_its_command_and_every_command_its_button() -> None:
    assert [each.id for each in buttons()] == list(commands.COMMANDS)
    made = {each.id for each in buttons() if each.makes}
    assert commands.FORMS.keys() == made
    assert commands.OTHERS.keys() == commands.COMMANDS.keys() - made


def test_a_surprise_is_told_plainly_and_logged_without_what_it_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_: Desk) -> None:
        raise ZeroDivisionError("inner")

    screen = clicked(monkeypatch, fails)
    (told,) = screen.told
    assert str(unforeseen.log_file()) in told
    assert "Traceback" not in told
    assert "inner" not in told
    assert "Traceback" in logged()
    assert "in fails\nZeroDivisionError\n" in logged()
    assert "inner" not in logged()
    assert screen.status_bar is False


def test_problems_are_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def finds(_: Desk) -> None:
        place = Place("总表.xlsx", sheet="设置", cell="B5")
        raise ProblemsFound([warning("a", "提醒一"), Problem("b", "错误二", place)])

    (told,) = clicked(monkeypatch, finds).told
    assert told == "总表.xlsx!设置!B5：错误二\n提醒一"
    assert "Traceback" not in logged()
    assert "test: a, b\n" in logged()
    assert "错误二" not in logged()


def test_what_the_disk_is_at_fault_for_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Desk) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "表.xlsx")

    (told,) = clicked(monkeypatch, fails).told
    assert told.startswith("表.xlsx：磁盘已满")
    assert "No space" not in told


def test_no_message_is_turned_round_by_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def asks(desk: Desk) -> None:
        desk.tell("\u202egnp.exe")
        desk.agrees("\u202e?")
        desk.affirms("\u202e?")
        desk.answer("\u202e?")
        desk.progress(0, 1, "\u202e张三")
        assert "\u202e" not in desk.app.status_bar

    assert "\u202e" not in "".join(clicked(monkeypatch, asks).told)


def test_a_message_that_cannot_be_shown_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Screen, "alert", lambda *_, **__: 1 / 0)

    def finds(_: Desk) -> None:
        raise ProblemsFound([Problem("a", "没有")])

    clicked(monkeypatch, finds)
    assert "could not be told" in logged()


def test_no_excel_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> Any:
        raise OSError("no Excel")

    guarded_run.run("help", nothing, lambda _: False)
    assert "help: could not be told" in logged()


def test_a_log_that_cannot_be_written_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    (home / ".xladdin").write_text("in the way")
    done: list[Desk] = []
    clicked(monkeypatch, done.append)
    assert len(done) == 1


def test_the_log_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        clicked(monkeypatch, lambda _: None)
    assert logged().count("test\n") == 3


def test_only_an_esc_during_the_command_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pressed = [True, False, True]
    seen = []

    def works(desk: Desk) -> None:
        desk.progress(0, 2, "一")
        seen.append("一")
        desk.progress(1, 2, "二")

    screen: Any = Screen()
    monkeypatch.setitem(commands.COMMANDS, "test", works)
    guarded_run.run("test", lambda: screen, lambda _: pressed.pop(0))
    assert seen == ["一"]
    assert not pressed
    assert "按 Esc 停下了" in screen.told[0]


def test_the_end_of_the_progress_takes_it_away() -> None:
    screen: Any = Screen()
    desk = Desk(screen, lambda _: False)
    desk.progress(0, 1, "张三")
    assert "1/1：张三" in screen.status_bar
    desk.progress(1, 1, "")
    assert screen.status_bar is False
    with pytest.raises(Stopped):
        Desk(screen, lambda _: True).progress(0, 1, "张三")


def test_a_message_stays_short() -> None:
    problems = [warning(str(i), f"第 {i} 个") for i in range(MOST + 3)]
    lines = listed([*problems, Problem("x", "错误"), problems[0]]).splitlines()
    assert len(lines) == MOST + 1
    assert lines[0] == "错误"
    assert "（2 次）" in lines[1]
    assert lines[-1] == "……另外还有 4 个"


def test_the_macro_calls_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, object]] = []
    monkeypatch.setattr(xladdin.ribbon, "app_of", lambda application: f"app of {application}")
    monkeypatch.setattr(xladdin.ribbon, "run", lambda command, app: asked.append((command, app())))
    monkeypatch.setattr(xladdin.ribbon, "APPLICATION", "Excel")
    xladdin.ribbon.clicked("help")
    assert asked == [("help", "app of Excel")]
    # Kept, it would keep Excel from ending.
    assert xladdin.ribbon.APPLICATION is None


def test_a_log_that_has_grown_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    unforeseen.log_file().parent.mkdir()
    unforeseen.log_file().write_text("x" * (unforeseen.MOST_BYTES + 1), "utf-8")
    clicked(monkeypatch, lambda _: None)
    assert "x" not in logged()
    assert unforeseen.log_file().with_suffix(".old.log").stat().st_size > unforeseen.MOST_BYTES
