"""The patches of xlwings' own VBA: each finds its place once, and does what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from xladdin.addin import glue
from xladdin.addin.glue import GlueChangedError, replaced
from xladdin.addin.vba.source import read

from .server_command import SERVE, code, tail

OWN = glue.own_source(glue.PYTHON)
ONCE = [patch for patch in glue.PATCHES if patch is not glue.cached]


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


def test_python_imports_nothing_from_the_current_folder(tmp_path: Path) -> None:
    """The command is run as it stands, in a folder with modules that nobody wants."""
    assert tail().startswith(" -P -B -c ")
    for name in ("xlwings", "xladdin"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('strange code')")
    script = f"{code(until=SERVE)}import xladdin; print(sys.path.count(''))"
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
    opened = [line for line in lines if line.startswith("If ") and line.endswith("Then")]
    assert len(opened) == lines.count("End If") > 0


def test_settings_are_read_once_until_excel_ends(patched: str) -> None:
    assert patched.index("Private ConfigCache As Object") < patched.index("Private Function")
    assert "GetConfig =" not in function(patched, "Private Function ReadConfig(")
    assert "ReadConfig(configKey, default, source)" in function(patched, "Function GetConfig(")
    assert patched.count("Set ConfigCache") == 1


def test_python_ends_no_excel_that_it_did_not_start(patched: str) -> None:
    """Before anything else of xlwings: whatever fails afterwards, nobody's Excel is ended."""
    command = function(patched, "Function XLPyCommand()")
    spared = command.index("import xladdin.safe_xlwings, xlwings.utils;")
    assert command.count("import xladdin.safe_xlwings") == 1
    assert "xlwings" not in command[:spared].partition("tail =")[2]


def test_cells_of_the_settings_are_those_of_their_sheet(patched: str) -> None:
    """Whatever workbook or chart is in front, or none."""
    assert 'In sht.Range(sht.Range("A1"), lastCell)' in patched
    assert not re.search(r"(?<![\w.])(?:Range|Cells|Sheets|Worksheets)\(", patched)
    assert not re.search(r"\bActive(?:Workbook|Sheet|Cell)\b", patched)


def test_excel_is_as_before_however_a_click_ends() -> None:
    """Clicks into cells while Python works would make Excel refuse what it asks: none are taken."""
    parts = {each.name: each.text for each in read(OWN).procedures}

    def given(name: str) -> set[str]:
        return set(re.findall(r"^\s*Application\.(\w+) = ", parts[name], re.M))

    assert {"Interactive", "DisplayAlerts"} <= given("Prepare")
    # Esc itself Excel takes back when a macro ends.
    assert given("Prepare") - {"EnableCancelKey"} <= given("Restore")
    assert "Application.Interactive = False" in parts["Prepare"]
    assert "Application.Interactive = True" in parts["Restore"]
    lines = [line.strip() for line in parts["Click"].splitlines()]
    assert lines[lines.index("Exit Sub") - 1] == "Restore"
    assert lines[lines.index("End Sub") - 1] == "Restore"


# What is left.


def test_what_we_call_is_left_and_nothing_else(patched: str) -> None:
    theirs = {each.name.lower() for each in read(glue.for_windows(glue.installed())).procedures}
    ours = {each.name.lower() for each in read(OWN).procedures}
    left = {each.name.lower() for each in read(patched).procedures}
    assert len(theirs) == 43
    assert left - ours == glue.KEPT
    assert len(patched) < 17_000


def test_everything_but_what_we_add_is_private(patched: str) -> None:
    assert {each.name for each in read(patched).procedures if each.is_public} == {
        "CallUDF",
        "Click",
    }
    declarations = [each.text.strip() for each in read(patched).statements if each.name]
    assert declarations
    assert all(text.startswith("Private ") for text in declarations)


def test_no_procedure_runs_without_an_object(patched: str) -> None:
    for procedure in read(patched).procedures:
        second = procedure.text.splitlines()[1].strip()
        assert (second == glue.GUARD.strip()) is (procedure.name != glue.BEGIN), procedure.name


def test_nothing_for_another_system_is_left(patched: str) -> None:
    for word in ("Mac", "AppleScriptTask", "ExecuteWindows", "cmd.exe /C", "Kill", "MsgBox "):
        assert word not in patched


def changed(old: str, new: str) -> str:
    return replaced(patched_text(), old, new)


def patched_text() -> str:
    text = glue.installed()
    for patch in glue.PATCHES:
        text = patch(text)
    return text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "    XLPyLoadDLL\n    If 0 <> XLPyDLLActivateAuto(XLPy,",
            "    If 0 <> XLPyDLLActivateAuto(XLPy,",
            "xlpyloaddll",
        ),
        ("Function XLPy()\n", 'Function XLPy()\n    x = ReadFile("a")\n', "readfile"),
        ("Function XLPy()\n", 'Function XLPy()\n    Application.Run "ReadFile"\n', "run"),
        ("Function XLPy()\n", 'Function XLPy()\n    x = Evaluate("a")\n', "evaluate"),
    ],
)
def test_other_procedures_than_before_are_looked_at_first(old: str, new: str, why: str) -> None:
    with pytest.raises(GlueChangedError, match=why):
        glue.class_of(changed(old, new), OWN)


@pytest.mark.parametrize("patch", ONCE)
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
