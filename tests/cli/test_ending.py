"""How the program ends whatever happens: an exit code, one Chinese sentence, never a traceback."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.command import Done, xladdin
from xladdin import cli, console, unforeseen
from xladdin.app import catalog
from xladdin.cli import ending
from xladdin.files import FileLockedError

ROOT = Path(__file__).parents[2]
DETAILS = "详情记在"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, also for other processes."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Done:
    """``templates list`` where its own code raises."""

    def raises() -> None:
        raise error

    monkeypatch.setattr(catalog, "entries", raises)
    return xladdin("templates", "list")


def logged() -> str:
    return unforeseen.log_file().read_text("utf-8")


@pytest.mark.parametrize(
    "error",
    [
        ValueError("张三 83.5"),
        KeyError("张三"),
        MemoryError(),
        RecursionError("张三"),
        UnicodeEncodeError("ascii", "张三", 0, 1, "张三"),
        EOFError("张三"),
        OSError("张三"),
        OSError(9999, "张三"),
        NotImplementedError(),
        type("PanicException", (BaseException,), {})("张三"),
        GeneratorExit(),
    ],
    ids=repr,
)
def test_an_unforeseen_fault(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    done = failing(monkeypatch, error)
    assert done.code == 70
    # Typer begins a new line where a file ends too early: as after a question at a prompt.
    told = done.err.removeprefix("\n") if isinstance(error, EOFError) else done.err
    assert told.count("\n") == 1
    assert told.startswith("出了意外")
    assert "已经写好的文件都是完整的" in done.err
    assert f"{DETAILS} {unforeseen.log_file()}" in done.err
    assert "张三" not in done.err + done.out + logged()
    assert type(error).__name__ in logged()
    assert " xladdin templates list\n" in logged()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.ENAMETOOLONG])
def test_what_a_disk_is_at_fault_for(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    done = failing(monkeypatch, OSError(number, os.strerror(number), "\u202e表.xlsx"))
    assert done.code == 1
    assert done.err.startswith("错误 \ufffd表.xlsx：")
    assert os.strerror(number) not in done.err
    assert not unforeseen.log_file().exists()


def test_a_file_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    done = failing(monkeypatch, FileLockedError("表.xlsx"))
    assert done.code == 1
    assert "表.xlsx：文件打不开或正在被 Excel、WPS 使用" in done.err


@pytest.mark.parametrize(("raised", "code"), [(0, 0), (3, 3), (None, 0), ("words", 1)], ids=str)
def test_an_exit_is_an_exit(
    monkeypatch: pytest.MonkeyPatch, raised: int | str | None, code: int
) -> None:
    done = failing(monkeypatch, SystemExit(raised))
    assert (done.code, done.err) == (code, "")


def chained(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), chained(RuntimeError("in an import"), KeyboardInterrupt())]
)
def test_an_interruption(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    done = failing(monkeypatch, error)
    assert done == Done(130, "", f"{cli.STOPPED}\n")


def test_an_interruption_while_there_is_a_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(console, "err", console.Console(stderr=True, force_terminal=True))

    def raises() -> None:
        with console.Bar("正在生成") as bar:
            bar(1, 2, "张三")
            raise KeyboardInterrupt

    monkeypatch.setattr(catalog, "entries", raises)
    done = xladdin("templates", "list")
    assert done.code == 130
    assert done.err.rstrip().endswith(cli.STOPPED)


def test_ctrl_c_while_the_fault_is_told_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> bool:
        os.kill(os.getpid(), signal.SIGINT)
        return True

    monkeypatch.setattr(unforeseen, "record", interrupted)
    before = signal.getsignal(signal.SIGINT)
    done = failing(monkeypatch, ValueError())
    assert done.code == 70
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("broken", ["record", "sentence", "foreseen", "note"])
@pytest.mark.parametrize("error", [ZeroDivisionError, MemoryError, OSError, KeyboardInterrupt])
def test_a_fault_in_telling_of_the_fault(
    monkeypatch: pytest.MonkeyPatch, broken: str, error: type[BaseException]
) -> None:
    def raises(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(unforeseen, broken, raises)
    done = failing(monkeypatch, ValueError("张三"))
    assert done.code == 70
    assert "张三" not in done.err


def test_a_log_that_cannot_be_written_is_said(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    home.write_text("in the way", "utf-8")
    done = failing(monkeypatch, ValueError("张三"))
    assert done.code == 70
    assert "详情没能记下来（ValueError " in done.err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--roster", "张三.csv", "--employee=C001"], "xladdin generate --roster --employee"),
        (["--period", "2026-11", "--out", "工资", "工资.xlsx"], "xladdin generate --period --out"),
        (["--department", "--张三", "-x", "83.5"], "xladdin generate --department"),
    ],
)
def test_the_log_tells_the_command_without_its_values(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], told: str
) -> None:
    from xladdin.cli.running import about  # noqa: PLC0415 - as late as the program itself

    monkeypatch.setattr(sys, "argv", ["/opt/zhang/bin/xladdin", "generate", *typed])
    assert about() == told


def test_a_thread_that_fails_is_logged_and_not_shown() -> None:
    def work() -> int:
        thread = threading.Thread(target=lambda: {}["张三"])
        thread.start()
        thread.join()
        return 0

    assert ending.ended(work, lambda: "x") == 0
    assert "KeyError" in logged()


# As a process of its own: what only the system shows.


def program(*arguments: str, **streams: object) -> subprocess.CompletedProcess[bytes]:
    settings: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "xladdin.cli", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
        **settings,
    )


def test_nobody_reads_on() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = program("templates", "list", "--json", stdout=writing)
    finally:
        os.close(writing)
    assert done.returncode == 1
    assert done.stderr == b""


def test_nobody_reads_the_problems() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = program("check", "nothing.yaml", stderr=writing)
    finally:
        os.close(writing)
    assert done.returncode == 1
    assert "错误 1 个" in done.stdout.decode()


@pytest.mark.parametrize("typed", [["templates", "list"], ["templates", "list", "--json"]])
def test_results_that_go_to_a_full_disk(typed: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = program(*typed, stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode() == "错误 磁盘已满，这一步没有做完\n"


def test_everything_goes_to_a_full_disk() -> None:
    with Path("/dev/full").open("wb") as full:
        done = program("check", "nothing.yaml", stdout=full, stderr=full)
    assert done.returncode == 1


CLOSED = "import os, sys; os.close({}); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"


@pytest.mark.parametrize("stream", [1, 2])
def test_a_stream_that_is_closed(stream: int) -> None:
    typed = ["-m", "xladdin.cli", "check", "nothing.yaml"]
    done = subprocess.run(
        [sys.executable, "-c", CLOSED.format(stream), *typed],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("statement", "code", "said"),
    [
        ("raise KeyboardInterrupt", 130, cli.STOPPED),
        ("raise ImportError('张三')", 70, DETAILS),
        ("import os, signal; os.kill(os.getpid(), signal.SIGINT)", 130, cli.STOPPED),
    ],
)
@pytest.mark.parametrize("module", ["typer", "rich", "pydantic", "xlsxwriter", "yaml"])
def test_in_the_middle_of_imports(
    tmp_path: Path, module: str, statement: str, code: int, said: str
) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / f"{module}.py").write_text(statement, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "xladdin.cli", "generate", "--help"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "first"), str(ROOT)])},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code
    told = done.stderr.decode()
    assert said in told
    assert told.count("\n") == 1
    assert done.stdout == b""


def test_an_interruption_before_anything_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: Callable[[], object]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(ending, "ended", stops)
    assert xladdin("templates", "list") == Done(130, "", f"{cli.STOPPED}\n")
