"""What each entry does: the commands that it types for the clerk, and what it opens afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xladdin.addin.windows.setup_folder import APP
from xladdin.app import handbook
from xladdin.problems import Problem, ProblemsFound

from .sent_files import ANNOTATED, near, this_month, told_apart

Ask = Callable[[str], Path | None]
"""Asks the clerk for a workbook, by a title; None where they give up."""
START = "start"
"""The folder of a share that Excel is told to open workbooks from."""
NO_FILE = "没有选中文件：请在文件上点右键 → 发送到"
NO_MASTER = "没有选中总表；请选中总表（员工名册、岗位、考核方案都在里面的那个工作簿）再试"
WHICH = "这些表要收进哪个总表？"
NO_RETURNED = "没有选中交回来的表：请选中填好的表或放表的文件夹，可以和总表一起选"


@dataclass(frozen=True, slots=True)
class Command:
    """What is typed after ``xladdin``; what is said before; what can be opened when it is done."""

    arguments: tuple[str, ...]
    said: str = ""
    opens: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """An entry: its title, and the commands for the files that were sent."""

    title: str
    commands: Callable[[Sequence[Path], Ask], Iterable[Command]]


def _fixed(*arguments: str) -> Callable[[Sequence[Path], Ask], Iterable[Command]]:
    return lambda _, __: (Command(arguments),)


def check(paths: Sequence[Path], ask: Ask) -> Iterable[Command]:
    """Each master with a copy that shows its problems in the cells; all else as it is."""
    sent = told_apart(_some(paths))
    for master in sent.masters:
        copy = master.with_name(f"{master.stem}{ANNOTATED}")
        yield Command(("check", str(master), "--annotate", str(copy)), opens=copy)
    if sent.others:
        yield Command(("check", *map(str, sent.others)))


def generate(paths: Sequence[Path], ask: Ask) -> Iterable[Command]:
    """The month's forms of each master."""
    for master in _masters(paths):
        month = this_month(master)
        said = f"{master.name}：{month.period}，写到 {month.folder}\n{month.remark}".strip()
        told = ("--period", str(month.period), "--out", str(month.folder))
        yield Command(("generate", str(master), *told), said, month.folder)


def collect(paths: Sequence[Path], ask: Ask) -> Iterable[Command]:
    """What was sent into the master among it, else into the only one near, else into one that is asked for."""
    sent = told_apart(_some(paths))
    if not sent.others:
        raise ProblemsFound([Problem("no_returned", NO_RETURNED)])
    masters = sent.masters or near(sent.others)
    master = masters[0] if len(masters) == 1 else ask(WHICH)
    if master is None:
        raise ProblemsFound([Problem("no_master", NO_MASTER)])
    yield Command(
        ("collect", str(master), *map(str, sent.others)), f"收进 {master}", opens=master.parent
    )


def help_(paths: Sequence[Path], ask: Ask) -> Iterable[Command]:
    """The manual."""
    return (Command((), opens=handbook.PAGE),)


def share(paths: Sequence[Path], ask: Ask) -> Iterable[Command]:
    """The add-in of a setup that lies on a share: it names the Python there, and users need no settings."""
    root = _some(paths)[0]
    python, out = root / APP / "python" / "python.exe", root / START / "xladdin.xlam"
    out.parent.mkdir(exist_ok=True)
    told = ("--interpreter", str(python), "--out", str(out), "--overwrite")
    return (Command(("addin", "build", *told)),)


def _some(paths: Sequence[Path]) -> Sequence[Path]:
    if not paths:
        raise ProblemsFound([Problem("no_file", NO_FILE)])
    return paths


def _masters(paths: Sequence[Path]) -> tuple[Path, ...]:
    found = told_apart(_some(paths)).masters
    if not found:
        raise ProblemsFound([Problem("no_master", NO_MASTER)])
    return found


JOBS = {
    "check": Job("检查总表", check),
    "generate": Job("生成本月考核表", generate),
    "collect": Job("收回考核表", collect),
    "doctor": Job("检查", _fixed("addin", "doctor")),
    "repair": Job("修复", _fixed("addin", "repair")),
    "help": Job("帮助", help_),
    "share": Job("共享", share),
    "remove": Job("卸载", _fixed("addin", "uninstall")),
}
