"""What comes of an entry: words and an exit code, whatever happens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from xladdin.explorer import entry_jobs, front
from xladdin.explorer.command_process import console_python, done, run
from xladdin.explorer.entry_jobs import JOBS, Ask, Command, Job
from xladdin.problems import Problem, ProblemsFound


def nobody(_: str) -> None:
    return None


def job(*commands: Command) -> Job:
    return Job("试", lambda _, __: commands)


def test_words_and_exit_code_of_a_real_command(tmp_path: Path) -> None:
    path = tmp_path / "名字 有空格.xlsx"
    path.write_bytes(b"no workbook")
    ended = done(JOBS["check"], [path], nobody)
    assert ended.code == 1
    assert "名字 有空格.xlsx" in ended.text
    assert ended.opens is None


def test_the_highest_code_counts_and_the_result_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"a": (1, "one"), "b": (0, "two")}
    monkeypatch.setattr("xladdin.explorer.command_process.run", lambda typed: answers[typed[0]])
    ended = done(job(Command(("a",), "said"), Command(("b",), opens=tmp_path)), [], nobody)
    assert (ended.code, ended.text, ended.opens) == (1, "said\none\ntwo", tmp_path)
    missing = tmp_path / "missing"
    assert done(job(Command(("b",), opens=missing)), [], nobody).opens is None


def raising(error: Exception) -> Job:
    def commands(_: Sequence[Path], __: Ask) -> Iterable[Command]:
        raise error

    return Job("试", commands)


def test_what_nobody_foresaw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert done(raising(RuntimeError("x")), [], nobody).code == 70
    assert "出了意外" in done(raising(RuntimeError("x")), [], nobody).text
    assert done(raising(OSError(28, "full")), [], nobody).code == 1
    problem = ProblemsFound([Problem("p", "说明")])
    assert done(raising(problem), [], nobody).text == "错误 说明"


@pytest.mark.parametrize("name", ["check", "generate", "collect"])
def test_nothing_was_sent(name: str) -> None:
    ended = done(JOBS[name], [], nobody)
    assert (ended.code, ended.text) == (1, f"错误 {entry_jobs.NO_FILE}")


def test_collect_asks_for_a_master_where_none_is_near(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a" / "b" / "收到"
    folder.mkdir(parents=True)
    typed: list[Sequence[str]] = []
    monkeypatch.setattr(
        "xladdin.explorer.command_process.run", lambda words: typed.append(words) or (0, "")
    )
    assert entry_jobs.NO_MASTER in done(JOBS["collect"], [folder], nobody).text
    chosen = tmp_path / "总表.xlsx"
    assert done(JOBS["collect"], [folder], lambda _: chosen).code == 0
    assert typed == [("collect", str(chosen), str(folder))]


def test_a_record_and_no_window(tmp_path: Path) -> None:
    record = tmp_path / "记录.txt"
    assert front.main(["check", "--quiet", "--record", str(record)]) == 1
    text = record.read_bytes().decode("utf-8-sig")
    assert text.splitlines()[0] == "检查总表"
    assert text.endswith("退出码 1\r\n")


@pytest.mark.parametrize("typed", [[], ["nothing"], ["--quiet"]])
def test_wrong_usage(typed: list[str]) -> None:
    assert front.main(typed) == front.WRONG_USAGE


def test_a_command_has_nobody_to_ask() -> None:
    code, text = run(["init"])
    assert code == 2
    assert "缺少" in text


def test_the_windowed_python_runs_the_one_with_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/x/pythonw.exe")
    assert console_python() == Path("/x/python.exe")
