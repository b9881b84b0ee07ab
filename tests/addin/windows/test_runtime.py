"""What is looked for, held against the text of xlwings' own VBA."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.addin.glue import glue
from xladdin.addin.windows import conf, runtime

from . import fake


@pytest.fixture(scope="module")
def vba() -> str:
    return glue()


@pytest.mark.parametrize("bits", [32, 64])
def test_the_name_of_the_dll(vba: str, bits: int) -> None:
    assert f'XLPyDLLName As String = "xlwings{bits}-{runtime.XLWINGS}.dll"' in vba


def test_the_folders_of_the_dll(vba: str) -> None:
    load = vba[vba.index("Private Sub XLPyLoadDLL()") :]
    load = load[: load.index("End Sub")]
    assert 'LoadLibrary(ParentFolder(PYTHON_WIN) + "\\" + XLPyDLLName)' in load
    assert 'LoadLibrary(ParentFolder(ParentFolder(PYTHON_WIN)) + "\\" + XLPyDLLName)' in load
    assert load.count("LoadLibrary(") == 2


def test_the_place_and_the_name_of_the_setting(vba: str, tmp_path: Path) -> None:
    assert 'Environ("USERPROFILE") & "\\." & PROJECT_NAME & "\\" & PROJECT_NAME & ".conf"' in vba
    assert f'GetConfig("{conf.NAME.decode()}", "")' in vba
    assert 'PROJECT_NAME As String = "xladdin"' in vba
    assert fake.machine(tmp_path).conf.parts[-2:] == (".xladdin", "xladdin.conf")


def test_the_settings_file_is_read_value_by_value(vba: str) -> None:
    assert "Input #iFileNum, sVarName, sVarValue" in vba
    assert "If LCase(sVarName) = LCase(sName) Then" in vba
