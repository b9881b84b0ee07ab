"""Old kinds of workbooks in a process of their own, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.others import OTHERS, ods
from xladdin.intake import legacy
from xladdin.intake.legacy import read_legacy
from xladdin.intake.sheets import read_workbook
from xladdin.ooxml import limited_process
from xladdin.ooxml.refused import DamagedError, RefusedError, TooLargeError
from xladdin.problems import errors

XLS = Path(__file__).with_name("roster.xls").read_bytes()


def test_sheets_and_merged_cells() -> None:
    (sheet,) = read_legacy(XLS, hidden=False)
    assert (sheet.name, sheet.visible) == ("名册", True)
    assert sheet.rows
    assert sheet.rows[0][2] == "部门"
    assert sheet.merged


def test_kinds_that_json_has_not() -> None:
    value = "<table:table-cell office:value-type='{}' office:{}-value='{}'/>"
    cells = [("date", "date", "2026-10-31"), ("date", "date", "2026-10-31T08:30:00")]
    body = "".join(value.format(*each) for each in cells)
    (sheet,) = read_legacy(ods(f"<table:table-row>{body}</table:table-row>"), hidden=False)
    assert sheet.rows == [[dt.date(2026, 10, 31), dt.datetime(2026, 10, 31, 8, 30)]]
    told = {"date": "2026-01-02", "time": "08:30:00", "timedelta": 90.0}
    read = [legacy._value({kind: text}) for kind, text in told.items()]
    assert read == [dt.date(2026, 1, 2), dt.time(8, 30), dt.timedelta(seconds=90)]


@pytest.mark.parametrize(
    "name", ["xls_broken_off", "ods_rows_repeated", "ods_everything_repeated", "xlsb_of_nothing"]
)
def test_a_reader_that_dies_takes_nobody_along(name: str) -> None:
    grids, problems = read_workbook("a", OTHERS[name][0](), hidden=True)
    assert grids == []
    codes = {problem.code for problem in errors(problems)}
    assert codes <= {"file_corrupt", "file_too_large", "sheet_too_large"}
    assert codes or name == "xlsb_of_nothing"


def test_damage_and_a_password_look_alike_in_an_old_file() -> None:
    with pytest.raises(DamagedError, match="密码"):
        read_legacy(XLS[:3000], hidden=False)


def test_a_process_that_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: subprocess.CompletedProcess[bytes] = subprocess.CompletedProcess([], -6, b"", b"")
    monkeypatch.setattr(legacy, "_run", lambda *_: killed)
    with pytest.raises(TooLargeError):
        read_legacy(XLS, hidden=False)


def test_a_process_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_process, "PATIENCE", 0.001)
    with pytest.raises(TooLargeError):
        read_legacy(XLS, hidden=False)


def test_nothing_of_the_current_folder_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "io", "datetime", "python_calamine", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read_legacy(XLS, hidden=False)


@pytest.mark.parametrize(("name", "value"), [("executable", ""), ("frozen", True)])
def test_without_an_interpreter_nothing_is_started(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, name, value, raising=False)
    with pytest.raises(RefusedError) as found:
        read_legacy(XLS, hidden=False)
    assert found.value.code == "file_old"
