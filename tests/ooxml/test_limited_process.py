"""A script of ours in a process with little memory and time."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from xladdin.ooxml import limited_process
from xladdin.ooxml.limited_process import run_limited
from xladdin.ooxml.refused import RefusedError, TooLargeError

ECHO = "import sys\nsys.stdout.write(sys.argv[1] + sys.stdin.read())\n"


def run(folder: Path, script: str, **limits: int) -> subprocess.CompletedProcess[bytes]:
    path = folder / "script.py"
    path.write_text(script, "utf-8")
    limits = {"memory": 300_000_000, "seconds": 5} | limits
    return run_limited(path, ["a"], b"b", packages=[folder / "packages"], **limits)


def test_arguments_and_data_go_in_and_the_answer_comes_out(tmp_path: Path) -> None:
    done = run(tmp_path, ECHO)
    assert (done.returncode, done.stdout) == (0, b"ab"), done.stderr


def test_packages_are_found_last(tmp_path: Path) -> None:
    (tmp_path / "packages").mkdir()
    for name in ("ours", "json"):
        (tmp_path / "packages" / f"{name}.py").write_text("HERE = True\n")
    script = "import ours, json\nprint(ours.HERE, hasattr(json, 'HERE'))\n"
    assert run(tmp_path, script).stdout == b"True False\n"


@pytest.mark.parametrize(
    ("script", "limits"),
    [
        ("while True: pass", {"seconds": 1}),
        ("held = bytes(500_000_000)", {}),
        ("raise SystemExit(3)", {}),
    ],
)
def test_what_is_too_much_ends_the_process_alone(
    tmp_path: Path, script: str, limits: dict[str, int]
) -> None:
    assert run(tmp_path, script, **limits).returncode != 0


def test_who_never_answers_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_process, "PATIENCE", 0.001)
    with pytest.raises(TooLargeError):
        run(tmp_path, ECHO)


def test_a_process_that_cannot_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "gone"))
    with pytest.raises(RefusedError) as found:
        run(tmp_path, ECHO)
    assert found.value.code == "file_unreadable"
