"""The command line as a contract: exit codes, Chinese messages, JSON, and no traceback ever."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.app.command import Done, xladdin
from xladdin import __version__
from xladdin.paths import templates_dir
from xladdin.scoring import keys

FAULTS = Path(__file__).parent / "faults" / "app"
CASES: list[dict[str, Any]] = yaml.safe_load((FAULTS / "cases.yaml").read_text("utf-8"))
EXAMPLE = templates_dir() / "example_company"
CHINESE = re.compile("[\u4e00-\u9fff]")
FORM = "out/客服一部/2026-11_C001_张三_月度绩效考核表.xlsx"
GENERATE = "generate --period 2026-11 --out out --roster roster.csv --employee C001"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the sound and the broken files."""
    work = tmp_path / "work"
    shutil.copytree(FAULTS / "files", work)
    monkeypatch.chdir(work)
    return work


def run(command: str) -> Done:
    return xladdin(*shlex.split(command.replace("{templates}", str(templates_dir()))))


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_command(case: dict[str, Any], folder: Path) -> None:
    done = run(case["run"])
    assert done.code == case["code"], done
    assert [text for text in case.get("out", ()) if text not in done.out] == [], done.out
    # Messages of wrong usage stand in a box that may break them into lines.
    told = done.err + re.sub(r"[\s│]", "", done.err)
    assert [
        t for t in case.get("err", ()) if t not in told and t.replace(" ", "") not in told
    ] == []
    assert "Traceback" not in done.out + done.err
    if "files" in case:
        assert len(list((folder / "out").rglob("*.xlsx"))) == case["files"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["code"] == 1], ids=lambda c: c["name"]
)
def test_every_problem_is_told_in_chinese_on_a_line_of_its_own(
    case: dict[str, Any], folder: Path
) -> None:
    del folder
    lines = run(case["run"]).err.splitlines()
    assert any(line.startswith("错误 ") for line in lines)
    assert all(re.match("(错误|提醒) ", line) and CHINESE.search(line[3:]) for line in lines)


def test_names_files_and_texts_are_shown_as_they_are_without_markup(folder: Path) -> None:
    (folder / "[red]odd.csv").write_text("甲,乙\n1,2\n", "utf-8")
    done = run("check --roster '[red]odd.csv'")
    assert "[red]odd.csv" in done.err


# JSON for machines.


def test_version_is_the_version_of_the_package() -> None:
    assert run("--version").out.strip() == f"xladdin {__version__}"


def test_problems_as_json(folder: Path) -> None:
    del folder
    done = run("check --roster broken_roster.csv --json")
    assert done.code == 1
    problems = json.loads(done.out)["problems"]
    assert {"code", "severity", "place", "message"} == set(problems[0])
    assert len([problem for problem in problems if problem["severity"] == "error"]) == 3
    assert any("第3行" in problem["place"] for problem in problems)


def test_a_sound_check_as_json_has_exit_code_0(folder: Path) -> None:
    del folder
    done = run("check --roster roster.csv --json")
    assert done.code == 0
    problems = json.loads(done.out)["problems"]
    assert {one["severity"] for one in problems} == {"warning"}
    assert [one["code"] for one in problems][-1] == "unknown_superior"


def test_scores_as_json_are_numbers(folder: Path) -> None:
    del folder
    (line,) = json.loads(run("score online_shop_monthly --actuals actuals.csv --json").out)[
        "scores"
    ]
    assert (line["employee"], line["period"], line["scheme"]) == (
        "C001",
        "2026-11",
        "online_shop_monthly",
    )
    assert line["total"] == sum(line["subtotals"].values()) == 83
    assert line["items"]["sales_target"] == 18
    assert (line[keys.GRADE], line[keys.COEFFICIENT], line["incomplete"]) == ("良好", 1.0, None)


def test_what_is_missing_is_null_and_said(folder: Path) -> None:
    text = (folder / "actuals.csv").read_text("utf-8")
    (folder / "actuals.csv").write_text(text.replace("2026-11,C001,学习能力,,0\n", ""), "utf-8")
    (line,) = json.loads(run("score online_shop_monthly --actuals actuals.csv --json").out)[
        "scores"
    ]
    assert (line["total"], line["incomplete"], line["items"]["learning"]) == (
        None,
        "缺1项：学习能力",
        None,
    )
    assert line["missing"] == ["学习能力"]


@pytest.mark.parametrize("command", ["templates list", "templates show online_shop_monthly"])
def test_templates_as_json(command: str) -> None:
    assert json.loads(run(f"{command} --json").out)


def test_json_goes_out_as_utf_8_whatever_the_terminal_speaks(folder: Path) -> None:
    done = program(folder, "templates", "list", "--json", PYTHONIOENCODING="gbk")
    assert any("绩效" in line["name"] for line in json.loads(done.stdout.decode("utf-8")))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-8"])
def test_no_terminal_is_too_poor(folder: Path, encoding: str) -> None:
    done = program(folder, "check", "nothing.yaml", PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    spoken = "gbk" if encoding == "gbk" else "utf-8"
    assert "找不到这个文件" in done.stderr.decode(spoken)


def test_a_table_in_a_pipe_is_not_cut_off(folder: Path) -> None:
    del folder
    done = run("templates list")
    assert "…" not in done.out
    assert "training_service_specialist" in done.out


# Files that exist already.


def test_a_second_run_changes_nothing_and_says_so(folder: Path) -> None:
    run(GENERATE)
    before = (folder / FORM).stat().st_mtime_ns
    done = run(GENERATE)
    assert "新生成 0 份，没有变化 1 份" in done.out
    assert (folder / FORM).stat().st_mtime_ns == before


def test_a_run_with_new_figures_updates_a_form_that_nobody_touched(folder: Path) -> None:
    run(GENERATE)
    before = (folder / FORM).read_bytes()
    assert "新生成 0 份，更新 1 份，文件夹" in run(f"{GENERATE} --actuals actuals.csv").out
    assert (folder / FORM).read_bytes() != before


@pytest.mark.parametrize("owner", ["~$26-11_C001_张三_月度绩效考核表.xlsx",
                                   ".~lock.2026-11_C001_张三_月度绩效考核表.xlsx#"])  # fmt: skip
def test_a_form_that_is_open_is_left_alone_and_named(folder: Path, owner: str) -> None:
    run(GENERATE)
    before = (folder / FORM).read_bytes()
    (folder / FORM).with_name(owner).touch()
    done = run(f"{GENERATE} --actuals actuals.csv --overwrite")
    assert done.code == 1
    assert "张三（C001）的表打不开或正在被 Excel、WPS 使用" in done.err
    assert (folder / FORM).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"notes"])
def test_a_file_that_is_no_form_of_ours_is_not_overwritten(folder: Path, content: bytes) -> None:
    (folder / FORM).parent.mkdir(parents=True)
    (folder / FORM).write_bytes(content)
    done = run(GENERATE)
    assert done.code == 0
    assert "--overwrite" in done.err
    assert (folder / FORM).read_bytes() == content
    run(f"{GENERATE} --overwrite")
    assert (folder / FORM).read_bytes() != content


def test_a_folder_in_the_place_of_a_form_stops_nobody_else(folder: Path) -> None:
    (folder / FORM).mkdir(parents=True)
    done = run("generate --period 2026-11 --out out --roster roster.csv")
    assert done.code == 1
    assert "新生成 2 份" in done.out


# Interruptions.


def program(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "xladdin.cli", *arguments],
        cwd=folder,
        env=_environment(environment),
        capture_output=True,
        timeout=60,
        check=False,
    )


def _environment(more: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **more}


@pytest.fixture
def interrupted(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Generating forms for a whole company, stopped by Ctrl-C once some are there."""
    command = [sys.executable, "-m", "xladdin.cli", "generate", "--period", "2026-11"]
    command += ["--out", "out", "--roster", str(EXAMPLE / "roster.csv")]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=_environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        end = time.monotonic() + 30
        while len(list((folder / "out").rglob("*.xlsx"))) < 3 and time.monotonic() < end:
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        yield process
        process.kill()


def test_ctrl_c_leaves_whole_forms_only_and_another_run_finishes(
    folder: Path, interrupted: subprocess.Popen[bytes]
) -> None:
    out, err = interrupted.communicate(timeout=30)
    assert interrupted.returncode == 130
    assert out == b""
    assert "已中断" in err.decode()
    assert b"Traceback" not in err
    made = files(folder / "out")
    assert {path.suffix for path in made} == {".xlsx"}
    before = {path: path.read_bytes() for path in made}

    done = xladdin(
        "generate", "--period", "2026-11", "--out", "out", "--roster", EXAMPLE / "roster.csv"
    )
    assert done.code == 0
    told = re.search(r"新生成 (\d+) 份，没有变化 (\d+) 份", done.out)
    assert told
    assert int(told[2]) == len(before) >= 3
    assert int(told[1]) > 0
    assert len(files(folder / "out")) == int(told[1]) + int(told[2])
    assert all(path.read_bytes() == content for path, content in before.items())
