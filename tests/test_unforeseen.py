"""Faults that nobody foresaw: one sentence, a log without anybody's data, and nothing raised."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin import unforeseen
from xladdin.files import FileLockedError
from xladdin.paths import PACKAGE, templates_dir
from xladdin.problems import Place, Problem

SECRETS = ("张三", "C001", "83.5", "工资")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, with a name that is nobody's business either."""
    folder = tmp_path / "home" / "张三"
    monkeypatch.setattr(Path, "home", lambda: folder)
    return folder


def raised(error: BaseException) -> BaseException:
    """An exception as it is caught: with where it came from."""
    try:
        raise error
    except BaseException as caught:
        return caught


def logged() -> str:
    return unforeseen.log_file().read_text("utf-8")


def validation_error() -> BaseException:
    from xladdin.domain.people import Employee  # noqa: PLC0415 - of a room above

    try:
        Employee.model_validate({"id": "C001", "name": "张三", "工资": 83.5})
    except ValueError as caught:
        return caught
    raise AssertionError


def chained() -> BaseException:
    try:
        try:
            raise KeyError("张三")
        except KeyError as inner:
            raise ValueError("C001 83.5") from inner
    except ValueError as caught:
        return caught


def endless() -> BaseException:
    def call(depth: int) -> int:
        return call(depth + 1)

    try:
        call(0)
    except RecursionError as caught:
        return caught
    raise AssertionError


@pytest.mark.parametrize("make", [validation_error, chained, lambda: raised(OSError(2, "工资", "张三.xlsx"))])  # fmt: skip
def test_the_log_holds_nobodys_data(make: Callable[[], BaseException], home: Path) -> None:
    error = make()
    error.add_note("张三 83.5")
    assert unforeseen.record("xladdin check", error)
    assert not [secret for secret in SECRETS if secret in logged()]
    assert str(home.parent) not in logged()
    assert 'File "test_unforeseen.py"' in logged()


def test_the_log_says_where_it_was_and_what_led_to_it() -> None:
    unforeseen.record("xladdin check --roster", chained())
    text = logged()
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d xladdin check --roster\n", text)
    assert f"Python {sys.version.split()[0]}" in text
    assert text.index("ValueError") < text.index("which came after") < text.index("KeyError")


def test_endless_recursion_does_not_fill_the_log() -> None:
    unforeseen.record("x", endless())
    assert len(logged().splitlines()) < unforeseen.MOST_FRAMES + 10
    assert " more …" in logged()


def test_modules_are_named_below_the_folder_of_packages() -> None:
    own = str(PACKAGE / "cli" / "data_commands.py")
    assert unforeseen._below(own) == "xladdin/cli/data_commands.py"
    assert unforeseen._below("/opt/.venv/lib/site-packages/rich/text.py") == "rich/text.py"
    assert unforeseen._below("/usr/lib/python3.11/pathlib.py") == "pathlib.py"
    assert unforeseen._below("<string>") == "<string>"


def test_a_chain_that_bites_its_tail_ends() -> None:
    error = ValueError()
    other = KeyError()
    error.__cause__, other.__cause__ = other, error
    assert unforeseen.details(error).count("ValueError") == 1


# The log file.


def test_the_log_is_its_owners_alone() -> None:
    before = os.umask(0)
    try:
        unforeseen.note("one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(unforeseen.log_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(unforeseen.log_file().parent.stat().st_mode) == 0o700


def test_a_log_of_an_earlier_version_becomes_its_owners_alone() -> None:
    unforeseen.log_file().parent.mkdir(parents=True)
    unforeseen.log_file().write_text("before\n", "utf-8")
    unforeseen.log_file().chmod(0o644)
    unforeseen.note("now")
    assert stat.S_IMODE(unforeseen.log_file().stat().st_mode) == 0o600
    assert logged().startswith("before\n")


def test_a_log_that_has_grown_is_put_aside() -> None:
    unforeseen.note("x" * (unforeseen.MOST_BYTES + 1))
    unforeseen.note("new")
    assert "x" not in logged()
    assert unforeseen.log_file().with_suffix(".old.log").stat().st_size > unforeseen.MOST_BYTES


def no_home() -> Path:
    raise RuntimeError("Could not determine home directory.")


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("trouble", ["file in the way", "link", "pipe", "folder", "no home", "full", "short"])  # fmt: skip
def test_a_log_that_cannot_be_written_stops_nothing(
    trouble: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = unforeseen.log_file()
    match trouble:
        case "file in the way":
            home.mkdir(parents=True)
            log.parent.write_text("in the way", "utf-8")
        case "link":
            log.parent.mkdir(parents=True)
            log.symlink_to(home / "elsewhere")
        case "pipe":
            log.parent.mkdir(parents=True)
            os.mkfifo(log)
        case "folder":
            log.mkdir(parents=True)
        case "no home":
            monkeypatch.setattr(Path, "home", no_home)
        case "full":
            monkeypatch.setattr(os, "write", full)
        case "short":
            monkeypatch.setattr(os, "write", lambda *_: 1)
    error = raised(ValueError("张三"))
    assert not unforeseen.record("x", error)
    assert not (home / "elsewhere").exists()
    told = unforeseen.sentence(error, logged=False)
    assert "详情没能记下来（ValueError test_unforeseen.py:" in told
    assert "张三" not in told


def test_an_exception_that_cannot_even_be_described_is_logged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unforeseen, "details", lambda _: 1 / 0)
    assert unforeseen.record("x", ValueError("张三"))
    assert "ValueError" in logged()


# What is said.


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "内存不够"),
        (RecursionError(), "内容套得太深"),
        (OSError(9999, "?"), "读写文件或设备时出错"),
        (KeyError("张三"), "程序内部出错"),
    ],
)
def test_the_sentence_is_one_and_says_three_things(error: Exception, said: str) -> None:
    told = unforeseen.sentence(error, logged=True)
    assert told.startswith(f"出了意外（{said}），")
    assert "已经写好的文件都是完整的" in told
    assert str(unforeseen.log_file()) in told
    assert told.count("。") == 1


@pytest.mark.parametrize("number", sorted(unforeseen.FORESEEN))
def test_what_may_happen_to_any_file_is_a_problem_in_chinese(number: int) -> None:
    error = OSError(number, os.strerror(number), "表.xlsx")
    problem = unforeseen.foreseen(error)
    assert problem is not None
    assert problem.place == Place(file="表.xlsx")
    assert not re.search("[A-Za-z]", problem.message)


def test_a_problem_without_a_file_has_no_place() -> None:
    problem = unforeseen.foreseen(OSError(errno.ENOSPC, "full"))
    assert problem == Problem("os_error", "磁盘已满，这一步没有做完")


def test_a_locked_file_is_a_problem() -> None:
    problem = unforeseen.foreseen(FileLockedError("表.xlsx"))
    assert problem is not None
    assert "正在被 Excel" in str(problem)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        OSError(),
        OSError(9999, "?"),
        FileNotFoundError(errno.ENOENT, "?", str(templates_dir() / "x.yaml")),
        FileNotFoundError(errno.ENOENT, "?", str(PACKAGE / "addin" / "x.bas")),
    ],
)
def test_the_programs_own_faults_are_no_problems_of_the_world(error: Exception) -> None:
    assert unforeseen.foreseen(error) is None


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_noted(text: str) -> None:
    assert unforeseen.note(text)
