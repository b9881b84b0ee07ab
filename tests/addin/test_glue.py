"""The patches of xlwings' own VBA: each finds its place once, and does what it says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from xladdin.addin import glue
from xladdin.addin.glue import GlueChangedError

PATCHES = (
    glue.named,
    glue.one_server,
    glue.no_strange_code,
    glue.no_strange_python,
    glue.own_settings_only,
)


def function(text: str, signature: str) -> str:
    start = text.index(signature)
    return text[start : text.index("\nEnd Function\n", start)]


@pytest.fixture(scope="module")
def patched() -> str:
    return glue.glue()


def test_the_licence_stays_in_place(patched: str) -> None:
    assert patched.index("BSD 3-clause") < patched.index("#If VBA7")


def test_settings_are_those_of_this_add_in(patched: str) -> None:
    assert 'PROJECT_NAME As String = "xladdin"' in patched
    assert "myaddin" not in patched


def test_the_command_of_the_server_names_no_workbook(patched: str) -> None:
    command = function(patched, "Function XLPyCommand()")
    assert "ActiveWorkbook" not in command
    assert "ThisWorkbook" not in command
    assert 'AddExcelDir & ";;;" & GetConfig("ONEDRIVE_CONSUMER_WIN")' in command


def test_python_imports_nothing_from_the_current_folder(patched: str, tmp_path: Path) -> None:
    """The command is run as it stands, in a folder with modules that nobody wants."""
    command = function(patched, "Function XLPyCommand()")
    assert '" -P -B -c ' in command
    code = command[command.index('-c ""') + 5 : command.index("xlwings.serve(")]
    code = code.replace('" & LicenseKeyEnvString & "', "")
    code = code.replace('\\""" & PYTHONPATH & "\\""', "'False;;;;;;'")
    for name in ("xlwings", "xladdin"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('strange code')")
    script = f"{code}import xladdin; print(sys.path.count(''))"
    run = [sys.executable, "-P", "-c", script]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "0"), done.stderr


def test_no_python_is_started_by_its_name_alone(patched: str) -> None:
    start = patched.index("Private Sub XLPyLoadDLL()")
    loads = patched[start : patched.index("End Sub", start)]
    assert "Err.Raise 1000" in loads
    assert 'GetConfig("INTERPRETER"' not in loads


def test_no_workbook_chooses_the_interpreter(patched: str) -> None:
    read = function(patched, "Private Function ReadConfig(")
    assert "ActiveWorkbook" not in read
    assert "GetDirectoryConfigFilePath" not in read
    assert "SheetExists(ThisWorkbook" in read
    assert "GetConfigFilePath()" in read


def test_what_is_left_of_a_function_still_has_pairs(patched: str) -> None:
    lines = [line.strip() for line in function(patched, "Private Function ReadConfig(").split("\n")]
    for opening, closing in (("If ", "End If"), ("#If ", "#End If")):
        opened = [line for line in lines if line.startswith(opening) and line.endswith("Then")]
        assert len(opened) == lines.count(closing) > 0


def test_settings_are_read_once_until_python_is_restarted(patched: str) -> None:
    assert patched.index("Private ConfigCache As Object") < patched.index("Public Function")
    assert "GetConfig =" not in function(patched, "Private Function ReadConfig(")
    assert "ReadConfig(configKey, default, source)" in function(patched, "Function GetConfig(")
    kill = patched[patched.index("Sub KillPy()") :]
    assert kill.index("XLPyDLLActivateAuto") < kill.index("Set ConfigCache = Nothing")
    assert kill.index("Set ConfigCache = Nothing") < kill.index("End Sub")


@pytest.mark.parametrize("patch", PATCHES)
def test_a_patch_finds_its_place_once(patch: Callable[[str], str]) -> None:
    text = glue.installed()
    with pytest.raises(GlueChangedError):
        patch(patch(text))
    with pytest.raises(GlueChangedError):
        patch(text + text)


def test_settings_are_cached_where_there_is_one_place_for_it() -> None:
    text = glue.named(glue.installed())
    with pytest.raises(GlueChangedError):
        glue.cached(text + text)
    with pytest.raises(GlueChangedError):
        glue.cached(glue.installed())  # without its own name, there is no place


def test_another_version_is_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xladdin.addin.glue.metadata.version", lambda _: "0.99")
    with pytest.raises(GlueChangedError):
        glue.installed()
