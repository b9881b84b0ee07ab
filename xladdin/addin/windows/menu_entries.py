"""What a clerk finds of ours outside Excel: entries of the Start menu and of Explorer's 发送到."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from pathlib import Path

from .setup_folder import SetupFolder
from .shortcut import Link

NAME = "绩效助手"
FRONT = "xladdin.explorer.front"
"""The module that runs behind every entry."""


class Menu(StrEnum):
    """Where an entry stands, as Windows calls the folder."""

    PROGRAMS = "programs"
    SEND_TO = "send_to"


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry: the job of ``xladdin.explorer`` that it runs, or else the program that it starts."""

    menu: Menu
    label: str
    tip: str
    job: str = ""
    program: Callable[[SetupFolder], Path] = attrgetter("windowed_python")

    @property
    def file(self) -> str:
        """Below the menu's folder.  In 发送到 it stands among others' entries and has to say whose it is."""
        if self.menu is Menu.SEND_TO:
            return f"{self.label}（{NAME}）.lnk"
        return rf"{NAME}\{self.label}.lnk"


ENTRIES = (
    MenuEntry(Menu.PROGRAMS, "检查", "检查加载项能不能用，列出问题和解决办法", "doctor"),
    MenuEntry(Menu.PROGRAMS, "修复", "核对安装的文件，重新装加载项，补上菜单", "repair"),
    MenuEntry(Menu.PROGRAMS, "帮助", "打开使用说明", "help"),
    MenuEntry(
        Menu.PROGRAMS,
        "xladdin 命令行",
        "打开一个窗口，在里面可以输入 xladdin 的命令",
        program=attrgetter("console"),
    ),
    MenuEntry(
        Menu.PROGRAMS,
        "卸载",
        "卸载绩效助手；您自己的表都会留下",
        program=attrgetter("uninstaller"),
    ),
    MenuEntry(Menu.SEND_TO, "检查总表", "检查总表，另存一份带批注的副本", "check"),
    MenuEntry(Menu.SEND_TO, "生成本月考核表", "由总表生成每个员工这个月的考核表", "generate"),
    MenuEntry(Menu.SEND_TO, "收回考核表", "把交回来的表收进总表，写一份收表清单", "collect"),
)


def links(setup: SetupFolder, folder_of: Callable[[Menu], Path]) -> list[Link]:
    """The shortcuts of an installation; ``folder_of`` says where this user's menus lie."""
    return [_link(entry, setup, folder_of(entry.menu)) for entry in ENTRIES]


def _link(entry: MenuEntry, setup: SetupFolder, folder: Path) -> Link:
    path = folder.joinpath(*entry.file.split("\\"))
    arguments = f"-B -X utf8 -m {FRONT} {entry.job}" if entry.job else ""
    return Link(path, entry.program(setup), arguments, entry.tip, setup.uninstaller)
