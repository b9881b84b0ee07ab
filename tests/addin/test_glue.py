"""The patches of xlwings' own VBA: each finds its place once, and does what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from xladdin.addin import glue
from xladdin.addin.glue import GlueChangedError

PATCHES = (glue.named, glue.one_server, glue.own_settings_only)


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
