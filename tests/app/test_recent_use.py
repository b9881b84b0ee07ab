"""What was typed last is kept for suggestions, and used for nothing else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.app.months.test_opening_month import master
from xladdin import console
from xladdin.app.recent_use import MOST_KEPT, Used, recall, remember, typed
from xladdin.domain.people import Period
from xladdin.paths import RECENT


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console.out, "_force_terminal", True)


def test_a_month_and_folders_by_command(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    (tmp_path / "收到").mkdir()
    remember("generate", {"master": path, "period": Period("2026-10"), "out": Path("表")})
    remember("collect", {"master": path, "period": None, "paths": [Path("收到")]})
    remember("summary", {"master": path, "period": Period("2026-11"), "out": Path("汇总.xlsx")})
    folders = {"generate": str(tmp_path / "表"), "collect": str(tmp_path / "收到")}
    assert recall() == {path.resolve(): Used("2026-11", folders)}
    assert stat.S_IMODE((home / ".xladdin" / RECENT).stat().st_mode) == 0o600


def test_nothing_is_known_of_what_is_no_master(home: Path) -> None:
    remember("generate", {"master": None, "period": Period("2026-10"), "out": Path("表")})
    remember("demo", {"folder": Path("demo")})
    assert recall() == {}
    assert not home.exists()


def test_the_oldest_are_forgotten(home: Path, tmp_path: Path) -> None:
    del home
    for number in range(MOST_KEPT + 5):
        remember("month", {"master": tmp_path / f"{number}.xlsx", "period": Period("2026-10")})
    remember("month", {"master": tmp_path / "7.xlsx", "period": Period("2026-11")})
    known = recall()
    assert len(known) == MOST_KEPT
    assert next(reversed(known)) == tmp_path / "7.xlsx"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"a": 1}', '{"a": {"month": 1}}', '{"a": {"folders": []}}', "[" * 90_000],
)
def test_a_file_that_is_broken_is_no_memory_and_no_fault(home: Path, text: str) -> None:
    (home / ".xladdin").mkdir(parents=True)
    (home / ".xladdin" / RECENT).write_text(text, "utf-8")
    assert recall() == {}
    assert xladdin().code == 0


def test_a_home_that_cannot_be_written_stops_nothing(home: Path) -> None:
    home.write_text("a file", "utf-8")
    remember("month", {"master": Path("总表.xlsx"), "period": Period("2026-10")})
    assert recall() == {}


def test_a_script_leaves_no_trace_and_a_person_does(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = master(tmp_path)
    command = ("month", "总表.xlsx", "--period", "2026-12")
    assert xladdin(*command).code == 0
    assert not home.exists()
    at_a_terminal(monkeypatch)
    assert xladdin(*command).code == 0
    assert recall() == {path: Used("2026-12")}


def test_a_command_takes_nothing_from_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del home
    path = master(tmp_path)
    at_a_terminal(monkeypatch)
    remember("month", {"master": path, "period": Period("2026-11")})
    assert xladdin("month", "总表.xlsx").code == 2


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("init", "总表.xlsx"), "xladdin init 总表.xlsx"),
        (("generate", "我的 总表.xlsx"), 'xladdin generate "我的 总表.xlsx"'),
        (("check", r"D:\考核\总表.xlsx"), r"xladdin check D:\考核\总表.xlsx"),
        (("check", "表(1).xlsx"), 'xladdin check "表(1).xlsx"'),
    ],
)
def test_how_a_command_is_typed(words: tuple[str, ...], text: str) -> None:
    assert typed(*words) == text
