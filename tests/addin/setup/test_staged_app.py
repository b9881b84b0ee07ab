"""The folder that the setup unpacks."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.addin.windows.fake import tree, written
from xladdin.addin.setup import staged_app
from xladdin.addin.windows.setup_folder import CONSOLE, LISTED, damage
from xladdin.addin.wrapper import wrapper


def parts(root: Path) -> tuple[Path, Path]:
    python, site = root / "interpreter", root / "site"
    for name in ("python.exe", "python311.zip", "python311._pth"):
        written(python / name, b"of the package")
    written(site / "one" / "__init__.py", b"import os\n")
    written(site / "one" / "tests" / "test_one.py", b"")
    written(site / "one" / "__pycache__" / "x.pyc", b"of another machine")
    written(site / "one-1.dist-info" / "METADATA", b"Name: one\n")
    written(site / "one-1.dist-info" / "direct_url.json", b"where it was built")
    written(site / "pywin32_system32" / "pythoncom311.dll", b"com")
    written(site / "xlwings64-0.dll", b"dll")
    written(site / "bin" / "xladdin", b"")
    written(site / "xlwings" / "__init__.py", b"")
    written(site / "xlwings" / "pro" / "__init__.py", b"under another licence")
    return python, site


def staged(root: Path) -> Path:
    app = root / "app"
    staged_app.assemble(app, *parts(root))
    staged_app.list_files(app)
    return app


def test_all_that_is_needed_and_nothing_else(tmp_path: Path) -> None:
    app = staged(tmp_path)
    found = {path.relative_to(app).as_posix() for path in staged_app.files_of(app)}
    assert found == {
        LISTED,
        "command/xladdin.cmd",
        "command/xladdin-console.cmd",
        "python/python.exe",
        "python/python311.zip",
        "python/python311._pth",
        "python/pythoncom311.dll",
        "python/xlwings64-0.dll",
        "site/one/__init__.py",
        "site/one/__pycache__/__init__.cpython-311.pyc",
        "site/one-1.dist-info/METADATA",
        "site/xlwings/__init__.py",
        "site/xlwings/__pycache__/__init__.cpython-311.pyc",
    }


def test_modules_are_looked_for_beside_and_nowhere_else(tmp_path: Path) -> None:
    written_path = (staged(tmp_path) / "python" / "python311._pth").read_bytes()
    assert written_path == (
        b"python311.zip\r\n.\r\n..\\site\r\n..\\site\\win32\r\n..\\site\\win32\\lib\r\n"
    )


def test_xladdin_is_a_command(tmp_path: Path) -> None:
    """cmd reads them by any code page, and line by line."""
    app = staged(tmp_path)
    scripts = {path.name: path.read_bytes() for path in (app / staged_app.COMMAND).iterdir()}
    assert (app / CONSOLE).name in scripts
    for text in scripts.values():
        assert text.isascii()
        assert text.count(b"\n") == text.count(b"\r\n")
        assert text.startswith(b"@echo off\r\n")
    command = scripts["xladdin.cmd"].decode()
    assert '"%here%..\\python\\python.exe" -B -m xladdin.cli %*' in command
    assert "exit /b %errorlevel%" in command
    # Where Chinese goes into a pipe as GBK, the console must not be of another code page.
    assert "-X utf8" not in command.partition("setlocal")[2]
    console = scripts[(app / CONSOLE).name].decode()
    assert "setx" not in console.lower(), "nothing outside this window"
    assert 'chcp | "%SystemRoot%\\System32\\find.exe" "936" >nul || chcp 65001 >nul' in console


def test_the_same_wherever_it_is_made(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "another place"
    assert tree(staged(one)) == tree(staged(other))


def test_the_list_finds_every_damage(tmp_path: Path) -> None:
    app = staged(tmp_path)
    assert damage(app) == []
    (app / "python/python.exe").write_bytes(b"changed")
    (app / "site/one/__init__.py").unlink()
    assert dict(damage(app)) == {
        "python/python.exe": "被改动过",
        "site/one/__init__.py": "不见了",
    }
    assert LISTED not in json.loads((app / LISTED).read_text("utf-8"))


def test_names_that_windows_has_no_room_for(tmp_path: Path) -> None:
    for name in ("Same.py", "same.py", "n" * 160, "a$b.py", "good.py"):
        written(tmp_path / name)
    assert sorted(staged_app.odd_names(tmp_path)) == ["a$b.py", "n" * 160, "same.py"]


def test_functions_are_made_without_what_xlwings_sells(tmp_path: Path) -> None:
    """Its folder ``pro`` is under another licence, and is not passed on."""
    whole = Path(importlib.util.find_spec("xlwings").origin).parent  # type: ignore[union-attr,arg-type]
    for entry in whole.iterdir():
        if entry.name not in {"pro", "__pycache__"}:
            written(tmp_path / "xlwings" / "here", b"")
            (tmp_path / "xlwings" / entry.name).symlink_to(entry)
    asked = (
        "import xlwings; from xladdin.addin.wrapper import wrapper; "
        "print(xlwings.__pro__, len(wrapper().help))"
    )
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    environment = {**os.environ, "PYTHONPATH": paths}
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", str(len(wrapper().help))]
