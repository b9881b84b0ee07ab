"""Shortcuts: where they are, what they start."""

from __future__ import annotations

from pathlib import Path

from xladdin.addin.windows.menu_entries import ENTRIES, links
from xladdin.addin.windows.setup_folder import SetupFolder


def test_every_shortcut(tmp_path: Path) -> None:
    setup = SetupFolder(tmp_path / "程序 文件")
    made = links(setup, lambda menu: tmp_path / menu.value)
    assert len(made) == len(ENTRIES)
    by_name = {link.path.relative_to(tmp_path).as_posix(): link for link in made}
    check = by_name["send_to/检查总表（绩效助手）.lnk"]
    assert (check.target, check.arguments) == (
        setup.windowed_python,
        "-B -X utf8 -m xladdin.explorer.front check",
    )
    removing = by_name["programs/绩效助手/卸载.lnk"]
    assert (removing.target, removing.arguments) == (setup.uninstaller, "")
    console = by_name["programs/绩效助手/xladdin 命令行.lnk"]
    assert (console.target, console.arguments) == (setup.console, "")
    assert all(link.tip for link in made)
