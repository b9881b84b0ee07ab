"""The port: what it gives here, and how it asks a registry that is only pretended."""

from __future__ import annotations

import importlib.util
import locale
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest import mock

import pytest

from tests.addin.windows.fake import Server
from xladdin.addin.windows import machine as port
from xladdin.paths import user_folder


def test_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("APPDATA", str(tmp_path))
    found = port.this_machine()
    assert found.is_windows == (sys.platform == "win32")
    assert found.python == sys.executable
    assert found.code_page == locale.getencoding()
    assert found.xlwings == metadata.version("xlwings")
    assert found.conf == user_folder() / "xladdin.conf"
    assert found.add_in == tmp_path / "Microsoft" / "Excel" / "XLSTART" / "xladdin.xlam"


def test_without_its_variable_the_folder_is_where_windows_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("APPDATA", raising=False)
    assert port.this_machine().app_data == Path.home() / "AppData" / "Roaming"


@pytest.mark.skipif(sys.platform == "win32", reason="there it is")
def test_there_is_no_registry_elsewhere() -> None:
    assert port.registry(r"HKCU\Software") == {}
    assert not port.this_machine().has_pywin32


def test_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> str:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr("xladdin.addin.windows.machine.metadata.version", missing)
    assert port.this_machine().xlwings is None


def test_values_are_found_by_names_in_any_letters() -> None:
    values = {"vbawarnings": 4, "": "default"}
    machine = port.Machine(
        True,
        "python",
        "cp936",
        Path(),
        Path(),
        None,
        True,
        {r"HKCU\x": values}.__getitem__,
        Server(),
    )
    assert machine.value(r"HKCU\x", "VBAWarnings") == 4
    assert machine.value(r"HKCU\x") == "default"
    assert machine.value(r"HKCU\x", "other") is None


# Windows' registry, pretended.

KEYS = {("HKCU!", r"Software\One"): [("Name", "value", 1), ("", 7, 4)]}


class Key(list[tuple[str, object, int]]):
    def __enter__(self) -> Key:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def opened(root: str, below: str, _: int, access: int) -> Key:
    assert access == 0x20019 | 0x100
    if (root, below) not in KEYS:
        raise FileNotFoundError(2, below)
    return Key(KEYS[root, below])


WINREG = SimpleNamespace(
    HKEY_CURRENT_USER="HKCU!",
    HKEY_LOCAL_MACHINE="HKLM!",
    HKEY_CLASSES_ROOT="HKCR!",
    KEY_READ=0x20019,
    KEY_WOW64_64KEY=0x100,
    OpenKey=opened,
    QueryInfoKey=lambda key: (0, len(key), 0),
    EnumValue=lambda key, number: key[number],
)


@contextmanager
def on_windows() -> Iterator[ModuleType]:
    """The port's text, run anew where the system says that it is Windows."""
    assert port.__file__ is not None
    spec = importlib.util.spec_from_file_location("windows_port", port.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    added = {"winreg": WINREG, "windows_port": module}
    with (
        mock.patch.object(sys, "platform", "win32"),
        mock.patch.dict(sys.modules, added),
    ):
        spec.loader.exec_module(module)
        yield module


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (r"HKCU\Software\One", {"name": "value", "": 7}),
        (r"HKCU\Software\Two", {}),
        (r"HKLM\Software\One", {}),
        (r"HKCR\Software\One", {}),
    ],
)
def test_the_registry_is_read_key_by_key(key: str, values: dict[str, object]) -> None:
    with on_windows() as windows:
        assert windows.registry(key) == values
        assert windows.this_machine().is_windows
