"""What 撤销上一步 keeps, how long, and who may read it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from xladdin.paths import UNDO_FOLDER, user_folder
from xladdin.ribbon import undo_steps
from xladdin.ribbon.undo_steps import Step, folder_for, forget, keep, newest, prune

NOW = dt.datetime(2026, 11, 27, 10, 32)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)


def book(path: str, name: str = "总表.xlsx") -> Any:
    full = f"{path}\\{name}" if path else name
    return SimpleNamespace(api=SimpleNamespace(Path=path, FullName=full))


def step(label: str, *, days: int = 0, minutes: int = 0) -> Step:
    when = NOW - dt.timedelta(days=days, minutes=minutes)
    return Step(when=when, label=label, suffix=".xlsx", saved=True)


def labels(folder: Path) -> list[str]:
    """From the top; the stack is empty afterwards."""
    found = []
    while (kept := newest(folder)) is not None:
        assert kept.step is not None
        found.append(kept.step.label)
        forget(kept.path)
    return found


def test_the_newest_is_on_top_and_comes_with_its_copy() -> None:
    folder = folder_for(book("D:\\考核"))
    keep(folder, step("一", minutes=5), b"one")
    keep(folder, step("二"), b"two")
    kept = newest(folder)
    assert kept is not None
    assert kept.copy.read_bytes() == b"two"
    assert labels(folder) == ["二", "一"]
    assert not folder.exists()


def test_everything_of_a_step_comes_back() -> None:
    whole = Step(
        when=NOW,
        label="检查本表",
        suffix=".xlsx",
        saved=False,
        after="a1",
        files=("b2",),
        after_file="c3",
        cells={"岗位": {"A5": "d4"}},
        added={"检查结果": "e5"},
        dropped=("检查结果",),
        coloured={"岗位": [("A5:A6", 255)]},
        shown={"设置": 0},
        tables={"指标": [("A4:P9", "A4:P20")]},
        remark="台账不动",
    )
    folder = folder_for(book("D:\\考核"))
    keep(folder, whole, b"")
    kept = newest(folder)
    assert kept is not None
    assert kept.step == whole


@pytest.mark.skipif(
    os.name == "nt", reason="modes are POSIX's; on Windows the profile's access list"
)
def test_nobody_else_may_read_them() -> None:
    folder = folder_for(book("D:\\考核"))
    keep(folder, step("一"), b"one")
    places = [user_folder() / UNDO_FOLDER, folder, *folder.iterdir()]
    assert [oct(place.stat().st_mode & 0o777) for place in places] == ["0o700"] * 2 + ["0o600"] * 2


def test_after_fourteen_days_a_step_is_forgotten_whosever_it_is() -> None:
    old, other = folder_for(book("D:\\考核")), folder_for(book("D:\\别处"))
    keep(old, step("旧", days=15), b"one")
    keep(other, step("还在", days=13), b"two")
    keep(old, step("新"), b"three")
    assert labels(other) == ["还在"]
    assert labels(old) == ["新"]


def test_of_too_much_the_oldest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_steps, "MOST_BYTES", 5_000)
    folder = folder_for(book("D:\\考核"))
    for minutes in (3, 2, 1):
        keep(folder, step(f"{minutes}", minutes=minutes), bytes(2_000))
    assert labels(folder) == ["1", "2"]


def test_a_copy_without_its_step_goes_too() -> None:
    folder = folder_for(book("D:\\考核"))
    keep(folder, step("一"), b"one")
    kept = newest(folder)
    assert kept is not None
    kept.path.unlink()
    assert newest(folder) is None
    prune(NOW + dt.timedelta(days=15))
    assert not folder.exists()


def test_what_is_broken_is_not_taken_for_nothing() -> None:
    folder = folder_for(book("D:\\考核"))
    keep(folder, step("一"), b"one")
    kept = newest(folder)
    assert kept is not None
    kept.copy.unlink()
    again = newest(folder)
    assert again is not None
    assert again.step is None


def test_every_workbook_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder_for(book("D:\\考核")) == folder_for(book("d:\\考核"))
    assert folder_for(book("D:\\考核")) != folder_for(book("D:\\别处"))
    before = folder_for(book("", "Book1"))
    assert before == folder_for(book("", "Book1"))
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert before != folder_for(book("", "Book1"))
